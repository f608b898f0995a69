"""Names that nobody guesses: of what has an address, and of files where they are kept."""

from pathlib import PurePosixPath

from django.db import models
from django.utils.crypto import get_random_string

# Nothing that is mistaken for something else when read aloud or typed again.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 16


def new_reference() -> str:
    """Sixteen characters, 79 bits."""
    return get_random_string(LENGTH, ALPHABET)


def unguessable(_instance: models.Model, filename: str) -> str:
    """Where a file is stored: nothing of the name that somebody gave it but its extension."""
    extension = PurePosixPath(filename).suffix.lower()
    kept = extension if extension[1:].isalnum() and len(extension) <= len(".webmanifest") else ""
    return f"{get_random_string(2, ALPHABET)}/{get_random_string(30, ALPHABET)}{kept}"
