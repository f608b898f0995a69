"""Rows without their file and files without their row, in the private storage: what a killed process leaves."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

from private_files.storage import private_storage

SPARED = timedelta(days=1)


def known_names() -> dict[str, str]:
    """Each file that a row names, and which row it is."""
    return {
        name: f"{model._meta.label} {pk} {field.name}"
        for model, field in _private_fields()
        for pk, name in model._base_manager.exclude(**{field.name: ""}).values_list("pk", field.name)
        if name
    }


def lost() -> list[str]:
    """The rows whose file is not there."""
    storage = private_storage()
    return [f"{row}: {name}" for name, row in known_names().items() if not storage.exists(name)]


def ownerless(now: datetime) -> list[Path]:
    """Files that no row names, but those of the last day: their row may be about to be written."""
    root = Path(settings.PRIVATE_ROOT)
    known = known_names()
    before = (now - SPARED).timestamp()
    return [
        path
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.stat().st_mtime < before and str(path.relative_to(root)) not in known
    ]


def _private_fields() -> Iterator[tuple[type[models.Model], models.FileField]]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField) and field.deconstruct()[3].get("storage") is private_storage:
                yield model, field
