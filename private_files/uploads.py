"""Files that arrive in pieces, from telephones whose network comes and goes.

    accepts("film", largest=300 * MEGABYTE, may=can_send, finish=take)    in AppConfig.ready

`finish(user, upload)` is given the whole file (`received(upload)`, which a form
takes like any uploaded file, and which a storage moves instead of copying) once
it holds no known virus. It raises `ValidationError` to refuse the file, and may
return the address where its sender goes next. Nothing stays of a file that was
refused, abandoned or left for a day.
"""

import logging
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from mimetypes import guess_file_type
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from private_files import virus
from private_files.models import Upload
from private_files.names import readable

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LARGEST_PIECE = 4 * MEGABYTE
MOST_A_DAY = 30
A_DAY = timedelta(days=1)
# Longer than any scan and any `finish`.
LEASE = timedelta(minutes=5)
# What the disk keeps for the rest of the site.
KEPT_FREE = 500 * MEGABYTE

TOO_LARGE = "Ce fichier est trop lourd : {size} Mo au plus."
EMPTY = "Ce fichier est vide."
TOO_MANY = "Vous avez envoyé beaucoup de fichiers aujourd’hui : revenez demain."
NO_ROOM = "Il n’y a plus de place pour ce fichier en ce moment : réessayez plus tard."
LONGER_THAN_SAID = "Le fichier envoyé est plus grand qu’annoncé : recommencez."
ENDED = "Cet envoi est terminé ou abandonné : recommencez."


class NoRoomError(Exception):
    """The disk is full; the sentence that people read."""


class WrongOffsetError(Exception):
    """A piece that does not follow the last one."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


@dataclass(frozen=True)
class Purpose:
    largest: int
    may: Callable[[Any], bool]
    finish: Callable[[Any, Upload], str | None]


class ReceivedFile(UploadedFile):
    """The whole file, where it arrived; already looked at by the virus scanner."""

    scanned = True

    def __init__(self, upload: Upload) -> None:
        super().__init__(upload.path.open("r+b"), upload.name, guess_file_type(upload.name)[0], upload.size)
        self._path = upload.path

    def temporary_file_path(self) -> str:
        """By which a storage on the same disk moves it."""
        return str(self._path)


_known: dict[str, Purpose] = {}


def accepts(
    purpose: str, *, largest: int, may: Callable[[Any], bool], finish: Callable[[Any, Upload], str | None]
) -> None:
    """Files of this purpose, up to so many bytes, from whoever `may` send them."""
    _known[purpose] = Purpose(largest, may, finish)


def purpose_for(user: Any, purpose: str) -> Purpose | None:
    """None alike for what does not exist and for what this person may not send."""
    known = _known.get(purpose)
    return known if known and known.may(user) else None


def received(upload: Upload) -> ReceivedFile:
    return ReceivedFile(upload)


def start(
    user: Any, purpose: str, *, name: str, size: int, mark: str = "", about: str = "", now: datetime | None = None
) -> Upload:
    """A new upload in the place of the one that was running; the same one where its file is known again."""
    moment = now or timezone.now()
    _check_size(size, _known[purpose].largest)
    of_user = Upload.objects.filter(owner=user)
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)  # one start at a time
        running = of_user.running().filter(purpose=purpose).first()
        if running and mark and (running.mark, running.size, running.about) == (mark, size, about):
            return running
        if of_user.filter(started_at__gt=moment - A_DAY).count() >= MOST_A_DAY:
            raise ValidationError(TOO_MANY, code="too_many")
        if _free() < size + KEPT_FREE:
            raise NoRoomError(NO_ROOM)
        if running:
            _drop(running, moment)
        facts = {"name": readable(name), "size": size, "mark": mark, "about": about}
        upload = Upload.objects.create(owner=user, purpose=purpose, started_at=moment, touched_at=moment, **facts)
    upload.path.touch()
    return upload


def add(upload: Upload, piece: bytes, *, offset: int, now: datetime | None = None) -> Upload:
    """Write the piece where the last one ended. A piece that cannot be written leaves what was there."""
    with transaction.atomic():
        current = Upload.objects.select_for_update().get(pk=upload.pk)
        if not current.is_running:
            raise ValidationError(ENDED, code="ended")
        if offset != (arrived := current.arrived):
            raise WrongOffsetError(arrived)
        if offset + len(piece) > current.size:
            raise ValidationError(LONGER_THAN_SAID, code="too_long")
        _write(current.path, piece, offset)
        current.offset = offset + len(piece)
        current.touched_at = now or timezone.now()
        current.save(update_fields=["offset", "touched_at"])
    return current


def finish(upload: Upload, user: Any, now: datetime | None = None) -> Upload:
    """Have the file looked at and taken, once; what another process is taking is left to it.

    After `NotScannedError`, or the death of the process, it can be asked again.
    """
    moment = now or timezone.now()
    if not _take(upload, moment):
        return Upload.objects.get(pk=upload.pk)
    try:
        with received(upload) as file:
            virus.scan(file)
        with transaction.atomic():
            way_on = _known[upload.purpose].finish(user, upload) or ""
            Upload.objects.filter(pk=upload.pk).update(finished_at=moment, way_on=way_on)
    except (ValidationError, virus.InfectedError):
        abandon(upload, moment)
        raise
    finally:
        Upload.objects.filter(pk=upload.pk).update(taken_until=None)
    _remove(upload.path)
    return Upload.objects.get(pk=upload.pk)


def _take(upload: Upload, now: datetime) -> bool:
    """One statement, so that one process alone takes a file that is whole."""
    free = Q(taken_until__isnull=True) | Q(taken_until__lte=now)
    whole = Upload.objects.running().filter(free, pk=upload.pk, offset=F("size"))
    return upload.arrived == upload.size and bool(whole.update(taken_until=now + LEASE))


def abandon(upload: Upload, now: datetime | None = None) -> None:
    with transaction.atomic():
        current = Upload.objects.select_for_update().get(pk=upload.pk)
        if current.is_running:
            _drop(current, now or timezone.now())


def sweep(now: datetime) -> int:
    """Forget the uploads of the day before, and the files that belong to none; how many of both."""
    old = Upload.objects.untouched_since(now - A_DAY)
    swept = 0
    for upload in old.order_by("pk"):
        _remove(upload.path)
        upload.delete()
        swept += 1
    root = Path(settings.UPLOADS_ROOT)
    for path in sorted(root.iterdir()) if root.is_dir() else []:
        is_old = path.stat().st_mtime < (now - A_DAY).timestamp()
        if is_old and not Upload.objects.filter(reference=path.name).exists():
            _remove(path)
            swept += 1
    return swept


def _check_size(size: int, largest: int) -> None:
    if size <= 0:
        raise ValidationError(EMPTY, code="empty")
    if size > largest:
        raise ValidationError(TOO_LARGE.format(size=largest // MEGABYTE), code="too_large")


def _free() -> int:
    root = Path(settings.UPLOADS_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return shutil.disk_usage(root).free


def _write(path: Path, piece: bytes, offset: int) -> None:
    try:
        with path.open("r+b" if path.exists() else "w+b") as file:
            file.truncate(offset)
            file.seek(offset)
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        logger.exception("A piece of an upload could not be written.")
        with suppress(OSError):
            os.truncate(path, offset)
        raise NoRoomError(NO_ROOM) from error


def _drop(upload: Upload, now: datetime) -> None:
    upload.dropped_at = now
    upload.save(update_fields=["dropped_at"])
    path = upload.path
    transaction.on_commit(lambda: _remove(path))


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)
