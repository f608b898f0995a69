"""The only door to the process that makes a film of what a candidate sent."""

import base64
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj

from django.conf import settings
from django.core.files import File
from django.db.models.fields.files import FieldFile

from pages.library.refusal import RefusedError

# The encoder has three quarters of an hour of a processor; a busy machine takes longer to give them.
SECONDS = 90 * 60
# Sooner than a lease runs out.
ASKED_EVERY = 20
STOPPED_WITH_THE_SITE = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}
NOT_MADE = (
    "Cette vidéo n’a pas pu être préparée. Enregistrez-la en MP4, en 1920 × 1080 points au plus, puis renvoyez-la."
)


class InterruptedWorkError(Exception):
    """The machine stops: the film will be made later."""


class MadeFile(File):
    """A file that a storage on the same disk moves instead of copying."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), path.name)
        self._path = str(path)

    def temporary_file_path(self) -> str:
        return self._path


@dataclass(frozen=True)
class Made:
    film: MadeFile
    poster: bytes
    seconds: float
    width: int
    height: int


@contextmanager
def made_of(original: FieldFile, *, mark: str, is_wanted: Callable[[], bool]) -> Iterator[Made | None]:
    """The film, for as long as the block lasts; None as soon as nobody wants it any more.

    `is_wanted` is asked from time to time. What is written meanwhile has the
    name of `mark` among the uploads: a second attempt writes over the first,
    and what nobody comes back to is swept with them.
    """
    root = Path(settings.UPLOADS_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    target, copy = root / f"film-{mark}.mp4", root / f"original-{mark}"
    try:
        answer = _answer(_source(original, copy), target, is_wanted)
        if answer is None:
            yield None
        elif reason := answer.get("refused"):
            raise RefusedError(reason)
        else:
            with MadeFile(target) as film:
                poster = base64.b64decode(answer["poster"])
                yield Made(film, poster, answer["seconds"], answer["width"], answer["height"])
    finally:
        for path in (target, copy):
            path.unlink(missing_ok=True)


def _source(original: FieldFile, copy: Path) -> Path:
    """Where the original is; a storage without paths has it copied first."""
    try:
        return Path(original.path)
    except NotImplementedError:
        with original.open("rb") as opened, copy.open("wb") as written:
            copyfileobj(opened, written)
        return copy


def _answer(source: Path, target: Path, is_wanted: Callable[[], bool]) -> dict | None:
    command = [sys.executable, "-P", "-m", "candidates.encoder", str(source), str(target)]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd=settings.ROOT,
        start_new_session=True,
    )
    limit = time.monotonic() + SECONDS
    try:
        while time.monotonic() < limit:
            if not is_wanted():
                return None
            with suppress(subprocess.TimeoutExpired):
                said, _errors = process.communicate(timeout=ASKED_EVERY)
                return _read(said, process.returncode)
        return {"refused": NOT_MADE}
    finally:
        process.kill()
        process.communicate()


def _read(said: bytes, status: int) -> dict:
    if status in STOPPED_WITH_THE_SITE:
        raise InterruptedWorkError
    try:
        return json.loads(said) if status == 0 else {"refused": NOT_MADE}
    except ValueError:
        return {"refused": NOT_MADE}
