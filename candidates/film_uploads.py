"""Films that arrive in pieces: from the member, or from the volunteer who prepares one (`about` says which page)."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import User
from candidates import films, seeing
from candidates.models import Profile
from private_files import uploads
from private_files.models import Upload

PURPOSE = "candidate-video"
NOT_YOURS = "Vous ne pouvez plus envoyer cette vidéo."


def may_send(user: User) -> bool:
    return Profile.objects.of(user).exists() or seeing.prepared_by(user).exists()


def take(user: User, upload: Upload) -> str:
    """Where its sender goes next."""
    sendable = seeing.prepared_by(user).filter(reference=upload.about) if upload.about else Profile.objects.of(user)
    profile = sendable.select_related("member").first()
    if profile is None:
        raise ValidationError(NOT_YOURS, code="not_yours")
    with uploads.received(upload) as file:
        films.send(profile, upload=file, by=user)
    return reverse("volunteer_video", args=[upload.about]) if upload.about else reverse("my_page_video")
