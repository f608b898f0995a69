"""Everything the site keeps about somebody, in one archive that they alone download, for a week."""

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import Any

from django.core.files.base import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from accounts.models import Member, User
from errands import work
from notices import outbox
from private_files.kinds import PrivateFile
from spaces.models import Export
from spaces.personal_data import Holding, Person, files_of, readable

ERRAND = "export"
KIND = "export"
STAYS = timedelta(days=7)
DATA = "vos-donnees.json"


def person_of(user: User) -> Person:
    return Person(user=user, member=Member.objects.not_erased().of(user).first())


def ask(user: User, *, now: datetime | None = None) -> Export:
    """Have an archive made; one that is being made is the answer to whoever asks again."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        waiting = Export.objects.filter(user=user, ready_at=None).first()
        export = waiting or Export.objects.create(user=user, asked_at=now or timezone.now())
        work.ask(ERRAND, about=export.reference)
    return export


def make(reference: str, *, now: datetime | None = None) -> None:
    """Write the archive and tell its owner; nothing where that was done."""
    export = Export.objects.select_related("user").filter(reference=reference, ready_at=None).first()
    if export is None:
        return
    with TemporaryFile() as archive:
        write(person_of(export.user), archive)
        export.file.save("export.zip", File(archive), save=False)
    announce(export, now=now or timezone.now())


def announce(export: Export, *, now: datetime) -> None:
    """Give its owner the archive that was just written, unless they have one or are gone: then it leaves the disk."""
    stored, path = export.file.storage, str(export.file.name)
    with transaction.atomic():
        done = Export.objects.filter(pk=export.pk, ready_at=None)
        if not done.update(file=path, ready_at=now, expires_at=now + STAYS):
            stored.delete(path)  # its owner was erased, or another process was quicker
            return
        outbox.put(
            kind="export_ready",
            to=export.user.email,
            template="export_ready",
            person=export.user,
            key=f"export {export.reference}",
        )


def write(person: Person, archive: Any) -> None:
    """A JSON of all rows under their titles, and the files that they keep."""
    said: dict[str, list[dict[str, Any]]] = {}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for holding in readable():
            rows = list(holding.rows(person))
            if rows:
                said.setdefault(holding.title, []).extend(_row(row, holding) for row in rows)
            for row in rows:
                _add_files(zipped, row)
        zipped.writestr(DATA, json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))


def find(user: User, reference: str, now: datetime | None = None) -> PrivateFile | None:
    """Their own archive, until it expires."""
    mine = Export.objects.filter(user=user, reference=reference, expires_at__gt=now or timezone.now())
    export = mine.exclude(file="").first()
    if export is None:
        return None
    return PrivateFile(stored=export.file, name="mes-donnees.zip", mimetype="application/zip", attachment=True)


def delete_expired(now: datetime) -> int:
    """How many archives left the disk."""
    expired = list(Export.objects.filter(expires_at__lte=now))
    for export in expired:
        export.file.delete(save=False)
        export.delete()
    return len(expired)


def _row(row: models.Model, holding: Holding) -> dict[str, Any]:
    """Each column under its French name; a row of another table by its own words; lists of choices as words."""
    fields = [*row._meta.concrete_fields, *row._meta.many_to_many]
    return {str(field.verbose_name): _value(row, field) for field in fields if field.name not in holding.hidden}


def _value(row: models.Model, field: Any) -> Any:
    if field.many_to_many:
        return [str(other) for other in getattr(row, field.name).all()]
    if isinstance(field, models.FileField):
        return _path(row, getattr(row, field.attname)) if getattr(row, field.attname) else None
    if field.is_relation and field.related_model in (User, Member):
        return getattr(row, field.attname)
    if field.is_relation:
        return str(getattr(row, field.name)) if getattr(row, field.attname) else None
    return getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.attname)


def _add_files(zipped: zipfile.ZipFile, row: models.Model) -> None:
    if isinstance(row, Export):
        return  # an archive of archives says nothing more
    for stored in files_of(row):
        path = _path(row, stored)
        if path not in zipped.namelist() and stored.storage.exists(str(stored.name)):
            with stored.open("rb") as opened, zipped.open(path, "w") as target:
                for piece in _pieces(opened):
                    target.write(piece)


def _path(row: models.Model, stored: Any) -> str:
    return f"{row._meta.model_name}-{row.pk}-{stored.field.name}{PurePosixPath(stored.name).suffix}"


def _pieces(opened: Any) -> Iterator[bytes]:
    while piece := opened.read(1024 * 1024):
        yield piece
