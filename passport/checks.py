from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError

from passport import keys


def key_is_there(**_kwargs: Any) -> list[CheckMessage]:
    """Where its first use does not make it, the key is in its file, nobody else’s to read, and that of the database."""
    if settings.PASSPORT_KEY_IS_MADE:
        return []
    try:
        private = keys.read_file(settings.PASSPORT_KEY_FILE)
        _check_present(keys.public_of(private))
    except keys.KeyFileError as error:
        return [Error(f"PASSPORT_KEY_FILE: {error}", id="passport.E001")]
    return []


def _check_present(public: str) -> None:
    try:
        present = keys.current()
    except DatabaseError:  # not migrated yet, or away: another thing says so
        return
    if present is not None and present.public != public:
        raise keys.KeyFileError(f"it is not the present key of this database, {present.name}.")
