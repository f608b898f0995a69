"""Versions made from others: each has its own portrait, which leaves the disk with the version."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from candidates.models import Experience, Version

PORTRAIT = "portrait.jpg"
COPIED = ("headline", "summary", "skills", "languages", "links", "availability", "changed_at")
COPIED_MANY = ("sectors", "structures", "departements")
COPIED_OF_EXPERIENCE = ("position", "title", "employer", "sector_id", "starts", "ends", "years", "text")


def of(version: Version) -> Version:
    """A draft that says the same."""
    draft = Version(profile=version.profile, **{name: getattr(version, name) for name in COPIED})
    if version.portrait:
        with version.portrait.open() as file:
            draft.portrait.save(PORTRAIT, ContentFile(file.read()), save=False)
    draft.save()
    for name in COPIED_MANY:
        getattr(draft, name).set(getattr(version, name).all())
    Experience.objects.bulk_create(
        Experience(version=draft, **{name: getattr(experience, name) for name in COPIED_OF_EXPERIENCE})
        for experience in version.experiences.all()
    )
    return draft


def retire(version: Version) -> None:
    """Another version takes its place: what it said is kept, without its portrait."""
    forget(version.portrait)
    version.state, version.portrait = Version.State.REPLACED, ""
    version.save()


def forget(file: FieldFile) -> None:
    """Delete the file once the present transaction is written, and not before."""
    if file:
        storage, name = file.storage, str(file.name)
        transaction.on_commit(lambda: storage.delete(name))


def put_portrait(version: Version, content: bytes) -> None:
    """A new reference too: an address that was kept shows neither the old one nor this one."""
    forget(version.portrait)
    version.portrait.save(PORTRAIT, ContentFile(content), save=False)
    version.portrait_reference = Version._meta.get_field("portrait_reference").get_default()


def remove_portrait(version: Version) -> None:
    forget(version.portrait)
    version.portrait = ""
