"""Names that files have once they are ours."""

import re

from django.utils.text import slugify

LONGEST = 80


def safe_name(name: str, *, otherwise: str = "fichier") -> str:
    """Lower-case ASCII, one dot, at most `LONGEST` characters and the extension.

    What a person reads is the title; the name only makes an address.
    """
    stem = re.split(r"[/\\]", name)[-1].strip().rpartition(".")[0]
    kept = slugify(stem.replace(".", "-"))[:LONGEST].strip("-_")
    return f"{kept or otherwise}.{extension_of(name)}"


def extension_of(name: str) -> str:
    """`odt` for « Lettre.ODT »; empty where nothing but a plain word can be an extension."""
    _, dot, extension = name.strip().rpartition(".")
    extension = extension.lower()
    return extension if dot and re.fullmatch(r"[a-z0-9]{1,8}", extension) else ""
