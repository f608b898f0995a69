"""Copies of what was signed on paper: kept, replaced, read, and seen by a second person of the staff."""

from collections.abc import Callable
from datetime import datetime
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Exists, Q
from django.http import HttpRequest

from accompaniment.models import SignedCopy
from accounts.models import Counsellor, User
from private_files.kinds import PrivateFile

MIMETYPES = {".pdf": "application/pdf", ".png": "image/png", ".webp": "image/webp"}
JPEG = "image/jpeg"
KEPT = ("scan", "scanned_by", "scanned_at")


def for_second_person(user: User, *, counsellor: str, member: str) -> Q:
    """Not who signed for the association, nor who sent the copy, nor the member; `counsellor`, `member`: the lookups.

    Nor the member’s second account, which the address of their record tells.
    """
    themselves = Q(**{f"{member}__user": user})
    if user.email:
        themselves |= Q(**{f"{member}__email__iexact": user.email})
    waiting = Q(scanned_at__isnull=False, seen_at=None, **{f"{member}__erased_at": None})
    of_staff = Exists(Counsellor.objects.active().filter(user=user))
    return waiting & Q(of_staff) & ~Q(**{f"{counsellor}__user": user}) & ~Q(scanned_by=user) & ~themselves


def put(row: SignedCopy, content: bytes, *, extension: str, by: User, now: datetime) -> None:
    """The one before leaves with the transaction. The caller saves `KEPT`."""
    former, storage = row.scan.name, row.scan.storage
    row.scan.save(f"copie{extension}", ContentFile(content), save=False)
    row.scanned_by, row.scanned_at = by, now
    if former:
        transaction.on_commit(lambda: storage.delete(former))


def file_of(row: SignedCopy, name: str, *, on_sent: Callable[[HttpRequest], None] | None = None) -> PrivateFile:
    extension = PurePosixPath(str(row.scan.name)).suffix
    return PrivateFile(
        stored=row.scan, name=f"{name}{extension}", mimetype=MIMETYPES.get(extension, JPEG), on_sent=on_sent
    )
