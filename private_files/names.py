"""Names that nobody guesses: of what has an address, and of files where they are kept."""

import re
import unicodedata
from pathlib import PurePosixPath

from django.db import models
from django.utils.crypto import get_random_string

# Nothing that is mistaken for something else when read aloud or typed again.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 16
LONGEST_NAME = 100
LONGEST_EXTENSION = len("webmanifest")


def new_reference() -> str:
    """Sixteen characters, 79 bits."""
    return get_random_string(LENGTH, ALPHABET)


def unguessable(_instance: models.Model, filename: str) -> str:
    """Where a file is stored: nothing of the name that somebody gave it but its extension."""
    extension = PurePosixPath(filename).suffix.lower()
    kept = extension if extension[1:].isalnum() and len(extension) <= LONGEST_EXTENSION + 1 else ""
    return f"{get_random_string(2, ALPHABET)}/{get_random_string(30, ALPHABET)}{kept}"


def readable(name: str, *, otherwise: str = "fichier") -> str:
    """The name that somebody gave a file, as it can be shown and written in a header: accents stay, tricks go."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C" and letter not in '"<>:|?*')
    stem, dot, extension = " ".join(kept.split()).rstrip(" .").rpartition(".")
    if not dot:
        return (extension or otherwise)[:LONGEST_NAME]
    return f"{(stem.strip(' .') or otherwise)[:LONGEST_NAME]}.{extension[:LONGEST_EXTENSION]}"
