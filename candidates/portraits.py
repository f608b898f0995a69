"""Portraits: what is kept is the picture alone, drawn again; the file itself is shown by permission of the page."""

import base64
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Member, User
from candidates.models import Version
from candidates.seeing import readable_by
from pages.library import sandbox
from pages.library.forms import checked
from private_files.kinds import PrivateFile

KIND = "portrait"
MIMETYPE = "image/jpeg"
LARGEST = 10 * 1024 * 1024


class PortraitField(forms.FileField):
    """Gives the bytes of the picture that was drawn again."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"})

    def clean(self, data: Any, initial: Any = None) -> bytes:
        upload = super().clean(data, initial)
        if (upload.size or 0) > LARGEST:
            raise ValidationError("Cette image est trop lourde : 10 Mo au plus.", code="large")
        drawn: dict[str, Any] = {}

        def draw(file: UploadedFile) -> None:
            drawn.update(sandbox.read("portrait", file))

        checked(draw, upload)
        return base64.b64decode(drawn["content"])


def find(user: User, reference: str) -> PrivateFile | None:
    """The portrait of a page, for who may see that version of it."""
    kept = Version.objects.exclude(portrait="").filter(portrait_reference=reference)
    approved = kept.approved().filter(profile__in=readable_by(user))
    version = approved.first() or kept.in_progress().filter(profile__member__user=user).first()
    version = version or kept.submitted().filter(profile__member__in=Member.objects.followed_by(user)).first()
    if version is None:
        return None
    return PrivateFile(stored=version.portrait, name="portrait.jpg", mimetype=MIMETYPE)
