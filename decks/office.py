"""LibreOffice, where the machine has it: slides made into a PDF, in a process that can do nothing else.

It has a profile and a folder of its own, no network, and limits on memory,
time and what it writes. Without the means to hold it so, it is not started.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.files import File
from django.db.models.fields.files import FieldFile

from pages.library.slides import DRAWN

MEMORY = 3 * 1024**3
SECONDS = 60
LARGEST_PDF = 100 * 1024**2
FILTER = f'pdf:impress_pdf_Export:{{"PageRange":{{"type":"string","value":"1-{DRAWN}"}}}}'
PATH = "/usr/local/bin:/usr/bin:/bin"


def limits() -> list[str] | None:
    """What every command is started through: limits, and no network. None where the machine refuses it."""
    soffice, prlimit, unshare = (shutil.which(name, path=PATH) for name in ("soffice", "prlimit", "unshare"))
    if not (soffice and prlimit and unshare):
        return None
    apart = [unshare, "--map-root-user", "--net"]
    tried = subprocess.run([*apart, "true"], capture_output=True, check=False, env={"PATH": PATH})
    if tried.returncode:
        return None
    return [prlimit, f"--as={MEMORY}", f"--cpu={SECONDS}", f"--fsize={LARGEST_PDF}", "--core=0", *apart, soffice]


@contextmanager
def as_pdf(stored: FieldFile, kind: str) -> Iterator[File | None]:
    """The first slides as a PDF that nobody has checked yet, or None."""
    start = limits()
    if start is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="actess-deck-") as name:
        folder = Path(name)
        source, made = folder / f"deck.{kind}", folder / "deck.pdf"
        with stored.open("rb") as deck, source.open("wb") as copy:
            shutil.copyfileobj(deck, copy)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--convert-to", FILTER, "--outdir", name, str(source)]
        run([*start, profile, *options], folder)
        if not made.exists():
            yield None
            return
        with made.open("rb") as opened:
            yield File(opened, name=made.name)


def run(command: list[str], folder: Path, *, seconds: float = SECONDS) -> None:
    """Run to its end or to the end of its time; nothing that it started outlives it."""
    environment = {"PATH": PATH, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
