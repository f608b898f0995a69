"""The roadmap: what is planned with a member, never beyond the hours of a package."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accompaniment import agreements, packages
from accompaniment.models import Diagnostic, PackageKind, PackageVersion, Roadmap, RoadmapLine
from accounts.models import Counsellor, User

MOST_LINES = 80
PROPOSED = "Un contrat est proposé sur cette feuille de route : retirez-le avant de la modifier."
STALE = "Cette feuille de route a été changée ailleurs entre-temps. Ce que vous avez écrit est encore ici : relisez-le."


@dataclass(frozen=True)
class Line:
    """One activity as it is typed."""

    kind: PackageKind
    hours: int
    what: str
    when: str = ""


def start(diagnostic: Diagnostic, *, version: PackageVersion, by: User, now: datetime | None = None) -> Roadmap:
    """With all the hours of the package, in usual sessions; the one that there is, where there is one."""
    with transaction.atomic():
        locked = Diagnostic.objects.select_for_update().get(pk=diagnostic.pk)
        if present := Roadmap.objects.filter(diagnostic=locked).first():
            return present
        if locked.finished_at is None:
            raise ValidationError("Terminez d’abord le diagnostic.", code="not_finished")
        if version not in packages.in_force(now):
            raise ValidationError("Ce forfait n’est plus proposé : choisissez-en un autre.", code="not_live")
        moment = now or timezone.now()
        roadmap = Roadmap.objects.create(
            member=locked.member,
            diagnostic=locked,
            version=version,
            counsellor=Counsellor.objects.get(user=by),
            made_at=moment,
        )
        _put(roadmap, usual_lines(version))
    return roadmap


def usual_lines(version: PackageVersion) -> list[Line]:
    """All the hours of each kind in sessions of the usual length, the last maybe shorter; in one if they are many."""
    lines = []
    for kind in version.kinds.all():
        sessions = [kind.usual_hours] * (kind.hours // kind.usual_hours)
        sessions += [rest] if (rest := kind.hours % kind.usual_hours) else []
        many = len(sessions) > 1
        lines += [
            Line(kind, hours, f"{kind.label}, séance {number}" if many else kind.label)
            for number, hours in enumerate(sessions, start=1)
        ]
    if len(lines) > MOST_LINES:
        return [Line(kind, kind.hours, kind.label) for kind in version.kinds.all()]
    return lines


def write(roadmap: Roadmap, *, aim: str, lines: Iterable[Line], seen: str) -> Roadmap:
    """All that it says, in the place of what it said; not while it is annexed to a proposed agreement."""
    rows = list(lines)
    with transaction.atomic():
        locked = Roadmap.objects.select_for_update().get(pk=roadmap.pk)
        if agreements.is_proposed(locked):
            raise ValidationError(PROPOSED, code="proposed")
        if seen != seen_of(locked):
            raise ValidationError(STALE, code="stale")
        check_hours(locked.version, rows)
        locked.aim = aim.strip()
        locked.full_clean()
        locked.save()
        locked.lines.all().delete()
        _put(locked, rows)
    return locked


def seen_of(roadmap: Roadmap) -> str:
    """What a form gives back to say which roadmap it showed."""
    return roadmap.changed_at.isoformat()


def check_hours(version: PackageVersion, lines: list[Line]) -> None:
    """Never more hours of a kind than the package has; each refusal names the kind."""
    if len(lines) > MOST_LINES:
        raise ValidationError(f"Une feuille de route a {MOST_LINES} activités au plus.", code="too_many")
    kinds = {kind.pk: kind for kind in version.kinds.all()}
    if any(line.kind.pk not in kinds for line in lines):
        raise ValidationError("Une de ces activités n’est pas dans le forfait.", code="kind")
    planned: Counter[int] = Counter()
    for line in lines:
        planned[line.kind.pk] += line.hours
    told = [
        f"« {kinds[pk].label} » : vous prévoyez {hours} h, le forfait en a {kinds[pk].hours}. "
        f"Retirez {hours - kinds[pk].hours} h."
        for pk, hours in planned.items()
        if hours > kinds[pk].hours
    ]
    if told:
        raise ValidationError([ValidationError(sentence, code="hours") for sentence in told])


def _put(roadmap: Roadmap, lines: Iterable[Line]) -> None:
    rows = [
        RoadmapLine(
            roadmap=roadmap, kind=line.kind, hours=line.hours, what=line.what.strip(), when=line.when, position=place
        )
        for place, line in enumerate(lines)
    ]
    for row in rows:
        row.full_clean()
    RoadmapLine.objects.bulk_create(rows)
