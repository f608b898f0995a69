"""Candidates' pages: `make_profile()`, `make_approved(member, headline=…)`, `make_consent(member)`."""

import functools
from datetime import timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from accounts.models import Member, Organisation
from association.models import Sector, StructureKind
from candidates.models import Consent, Experience, Look, Profile, Version, Video
from tests import files
from tests.factories import make_departement
from tests.people import make_member

_numbers = count(1)


def make_sector(name: str = "Alimentation durable") -> Sector:
    return Sector.objects.get_or_create(name=name)[0]


def make_structure(name: str = "Association") -> StructureKind:
    return StructureKind.objects.get_or_create(name=name)[0]


def make_profile(member: Member | None = None) -> Profile:
    return Profile.objects.get_or_create(member=member or make_member())[0]


def make_version(profile: Profile | None = None, *, state: str = Version.State.DRAFT, **fields: Any) -> Version:
    """A version with all that a counsellor needs to read it."""
    decided = timezone.now() if state in {Version.State.APPROVED, Version.State.RETURNED} else None
    sent = timezone.now() if state == Version.State.SUBMITTED else None
    defaults: dict[str, Any] = {
        "headline": "Cuisinière, je cherche une cuisine collective",
        "summary": "J’ai cuisiné dix ans.",
        "availability": Version.Availability.NOW,
        "decided_at": decided,
        "submitted_at": sent,
    }
    version = Version.objects.create(profile=profile or make_profile(), state=state, **defaults | fields)
    version.sectors.set([make_sector()])
    version.structures.set([make_structure()])
    version.departements.set([make_departement("93")])
    return version


def make_approved(member: Member | None = None, **fields: Any) -> Version:
    return make_version(make_profile(member), state=Version.State.APPROVED, **fields)


def make_experience(version: Version, **fields: Any) -> Experience:
    position = version.experiences.count() + 1
    return Experience.objects.create(version=version, **{"position": position, "title": "Cuisinière"} | fields)


def make_consent(member: Member, organisation: Organisation | None = None, **fields: Any) -> Consent:
    """For every company, unless one is named."""
    defaults = {"ends_on": timezone.localdate() + timedelta(days=60), "text": "Je permets."}
    return Consent.objects.create(member=member, organisation=organisation, **defaults | fields)


def make_look(member: Member, **fields: Any) -> Look:
    return Look.objects.create(member=member, **{"what": Look.What.PAGE} | fields)


def portrait(*, size: tuple[int, int] = (800, 600), format: str = "JPEG", **options: Any) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, (181, 67, 42)).save(content, format, **options)
    return content.getvalue()


def give_portrait(version: Version) -> Version:
    version.portrait.save("portrait.jpg", ContentFile(portrait(size=(64, 64))))
    return version


@functools.cache
def small_film() -> bytes:
    return files.film(size=(320, 180))


def make_film(profile: Profile, **fields: Any) -> Video:
    """One that is ready; its bytes are none that a player reads."""
    video = Video(profile=profile, **{"state": Video.State.READY, "seconds": 60, "width": 1280, "height": 720} | fields)
    video.film.save("film.mp4", ContentFile(b"film" * 100), save=False)
    video.poster.save("affiche.webp", ContentFile(b"affiche"), save=False)
    video.save()
    return video
