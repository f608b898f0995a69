"""The only door to the worker that opens files which nobody has checked yet."""

import json
import subprocess
import sys
import tempfile
from contextlib import suppress
from typing import Any

from django.core.files import File

from pages.library.refusal import RefusedError

# The worker has ten seconds of a processor; a busy machine takes longer to give them.
SECONDS = 20
UNREADABLE = "Ce fichier ne s’ouvre pas : il est abîmé, incomplet, ou n’est pas ce que dit son nom."


def read(kind: str, file: File[Any], *, seconds: float = SECONDS) -> dict[str, Any]:
    """What the worker read in the file; `RefusedError`, with the reason, where it did not take it.

    The file is copied aside: its storage may have no path, and the worker sees nothing else.
    """
    with tempfile.NamedTemporaryFile(prefix="actess-") as copy:
        file.seek(0)
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        answer = _ask(kind, copy.name, seconds)
    if reason := answer.pop("refused", None):
        raise RefusedError(reason)
    return answer


def read_or_nothing(kind: str, file: File[Any]) -> dict[str, Any]:
    """The same for a file that is already in the library: what cannot be read is left out."""
    with suppress(RefusedError):
        return read(kind, file)
    return {}


def _ask(kind: str, path: str, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", "pages.library.worker", kind, path]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=seconds, check=True, stdin=subprocess.DEVNULL, env={}
        )
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"refused": UNREADABLE}
