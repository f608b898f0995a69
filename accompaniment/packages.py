"""What is sold, version by version: a draft is written, then put in force, and never changes again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from accompaniment.models import Package, PackageKind, PackageVersion

FROZEN = "Cette version a été en vigueur : elle ne change plus. Faites-en une nouvelle version."
MOST_KINDS = 12
# What a version says besides its activities.
FACTS = ("window_months", "reflection_days", "price", "extension_motives", "longest_extension_days")
COPIED = ("code", "label", "look", "hours", "usual_hours", "goes_beyond_window", "position")


def in_force(now: datetime | None = None) -> list[PackageVersion]:
    """The version of each package that is sold now, by the name of the package."""
    live = PackageVersion.objects.live(now).select_related("package").prefetch_related("kinds")
    newest: dict[int, PackageVersion] = {}
    for version in live.latest_first():
        newest.setdefault(version.package_id, version)
    return sorted(newest.values(), key=lambda version: version.package.name)


def create(name: str) -> PackageVersion:
    """A package, and the draft of its first version."""
    with transaction.atomic():
        package = Package(code=_free_code(name), name=name.strip())
        package.full_clean()
        package.save()
        return PackageVersion.objects.create(package=package, number=1)


def new_version(version: PackageVersion) -> PackageVersion:
    """A draft that begins as this version is; the draft that the package already has, where there is one."""
    with transaction.atomic():
        package = Package.objects.select_for_update().get(pk=version.package_id)
        if draft := PackageVersion.objects.filter(package=package, live_from=None).first():
            return draft
        last = PackageVersion.objects.filter(package=package).aggregate(last=Max("number"))["last"]
        draft = PackageVersion.objects.create(
            package=package, number=last + 1, **{name: getattr(version, name) for name in FACTS}
        )
        kinds = version.kinds.all()
        PackageKind.objects.bulk_create(
            PackageKind(version=draft, **{name: getattr(kind, name) for name in COPIED}) for kind in kinds
        )
    return draft


def write(version: PackageVersion, *, kinds: Iterable[dict[str, Any]], **facts: Any) -> PackageVersion:
    """All that a draft says, in the place of what it said. `facts` are some of FACTS."""
    with transaction.atomic():
        draft = _draft(version)
        for name in FACTS:
            setattr(draft, name, facts.get(name, getattr(draft, name)))
        draft.full_clean()
        draft.save()
        draft.kinds.all().delete()
        rows = [PackageKind(version=draft, position=place, **kind) for place, kind in enumerate(kinds)]
        _name(rows)
        for row in rows:
            row.full_clean(validate_unique=False)
        PackageKind.objects.bulk_create(rows)
    return draft


def go_live(version: PackageVersion, *, now: datetime | None = None) -> PackageVersion:
    """From now on it is what is sold; what was sold before keeps the version it has."""
    with transaction.atomic():
        draft = _draft(version)
        kinds = list(draft.kinds.all())
        if not kinds:
            raise ValidationError("Un forfait a au moins une activité : ajoutez-la d’abord.", code="no_kind")
        for kind in kinds:
            if kind.usual_hours > kind.hours:
                told = f"« {kind.label} » : une séance ne dure pas plus que toutes les heures de l’activité."
                raise ValidationError(told, code="too_long")
        draft.live_from = now or timezone.now()
        draft.save(update_fields=["live_from"])
    return draft


def remove(version: PackageVersion) -> None:
    """A draft only; the package goes with its only version."""
    with transaction.atomic():
        draft = _draft(version)
        package = draft.package
        draft.delete()
        if not package.versions.exists():
            package.delete()


def _draft(version: PackageVersion) -> PackageVersion:
    """The row as it is now, locked, if it may still change."""
    draft = PackageVersion.objects.select_for_update().get(pk=version.pk)
    if draft.live_from:
        raise ValidationError(FROZEN, code="frozen")
    return draft


def _name(kinds: list[PackageKind]) -> None:
    """Each kind has a word of its own in the version, the one that it had where it can."""
    taken: set[str] = set()
    for kind in kinds:
        wished = kind.code or slugify(kind.label)[:16] or "activite"
        kind.code = next(code for code in (wished, *(f"{wished}-{n}" for n in range(2, 99))) if code not in taken)
        taken.add(kind.code)


def _free_code(name: str) -> str:
    wished = slugify(name)[:26] or "forfait"
    taken = set(Package.objects.values_list("code", flat=True))
    return next(code for code in (wished, *(f"{wished}-{n}" for n in range(2, 999))) if code not in taken)
