"""The copy of what was signed on paper: a photograph, drawn again, or a PDF, checked by what it holds."""

import base64
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from pages.library import sandbox
from pages.library.forms import checked

LARGEST = 10 * 1024 * 1024
PDF = b"%PDF-"
EXTENSIONS = {b"\xff\xd8": ".jpg", b"\x89P": ".png", b"RI": ".webp"}


@dataclass(frozen=True)
class Copy:
    content: bytes
    extension: str


class CopyField(forms.FileField):
    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"})

    def clean(self, data: Any, initial: Any = None) -> Copy:
        upload = super().clean(data, initial)
        if (upload.size or 0) > LARGEST:
            raise ValidationError("Ce fichier est trop lourd\N{NO-BREAK SPACE}: 10\N{NO-BREAK SPACE}Mo au plus.")
        found: list[Copy] = []

        def read(file: UploadedFile) -> None:
            file.seek(0)
            if file.read(len(PDF)) == PDF:
                sandbox.read("pdf", file)
                file.seek(0)
                found.append(Copy(file.read(), ".pdf"))
                return
            content = base64.b64decode(sandbox.read("image", file)["content"])
            found.append(Copy(content, EXTENSIONS.get(content[:2], ".jpg")))

        checked(read, upload)
        return found[0]
