"""What several people attended together: one attendance gives each their own cheque, which each signs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction

from accompaniment.models import PackageKind
from accounts.models import Counsellor, Member
from passport import rules, visits
from passport.models import Cheque, Passport
from passport.visits import Said

NO_PASSPORT = "Cette personne n’a pas de passeport ouvert."
NO_KIND = "Son forfait n’a pas cette activité."
ALREADY = "Sa visite est déjà proposée."
TOO_LONG = "Cet événement dure plus de huit heures\N{NO-BREAK SPACE}: écrivez ses visites une à une."


@dataclass(frozen=True)
class Gathering:
    """An event that took place. `activity` is the code of a kind of the package, or its look."""

    activity: str
    starts_at: datetime
    ends_at: datetime
    hours: int
    what: str
    origin: str
    place: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a person gets: cheques, or why none. `is_done`: they had theirs before."""

    member: Member
    cheques: list[Cheque] = field(default_factory=list)
    refusal: str = ""
    is_done: bool = False


def propose_for_all(
    gathering: Gathering,
    members: Iterable[Member],
    *,
    counsellor: Counsellor,
    key: UUID,
    means: str,
    now: datetime | None = None,
) -> list[Outcome]:
    """Each by itself: who is refused is told why, the others go on. `key` is that of the form."""
    return [
        _propose_for(gathering, member, counsellor=counsellor, key=uuid5(key, member.reference), means=means, now=now)
        for member in sorted(members, key=lambda member: member.pk)
    ]


def rehearse_for_all(
    gathering: Gathering, members: Iterable[Member], *, counsellor: Counsellor, key: UUID, now: datetime | None = None
) -> list[Outcome]:
    """What each would get: nothing stays written. One after the other, so that nobody's passport is held meanwhile."""
    found: list[Outcome] = []
    for member in sorted(members, key=lambda member: member.pk):
        with transaction.atomic():
            found += propose_for_all(gathering, [member], counsellor=counsellor, key=key, means="", now=now)
            transaction.set_rollback(True)
    return found


def already(origin: str, members: Iterable[Member]) -> dict[int, list[Cheque]]:
    """The cheques of this event that wait or count, by member."""
    rows = Cheque.objects.counting().filter(origin=origin, passport__member__in=list(members)).in_order()
    found: dict[int, list[Cheque]] = {}
    for cheque in rows.select_related("passport", "counsellor"):
        found.setdefault(cheque.passport.member_id, []).append(cheque)
    return found


def _propose_for(
    gathering: Gathering, member: Member, *, counsellor: Counsellor, key: UUID, means: str, now: datetime | None
) -> Outcome:
    if made := already(gathering.origin, [member]).get(member.pk):
        return Outcome(member, made, ALREADY, is_done=True)
    passport = Passport.objects.filter(member=member, state=Passport.State.OPEN).select_related("version").first()
    if passport is None:
        return Outcome(member, refusal=NO_PASSPORT)
    kind = kind_of(passport, gathering.activity)
    if kind is None:
        return Outcome(member, refusal=NO_KIND)
    try:
        said = _said(gathering, kind)
        cheques = visits.propose(passport, said, counsellor=counsellor, key=key, means=means, now=now)
    except ValidationError as refused:
        return Outcome(member, refusal=" ".join(refused.messages))
    return Outcome(member, cheques)


def kind_of(passport: Passport, activity: str) -> PackageKind | None:
    kinds = list(passport.version.kinds.all())
    by_code = (kind for kind in kinds if kind.code == activity)
    return next(by_code, None) or next((kind for kind in kinds if kind.look == activity), None)


def _said(gathering: Gathering, kind: PackageKind) -> Said:
    """The afternoon ends when the event does."""
    if gathering.hours > visits.LONGEST_DAY:
        raise ValidationError(TOO_LONG, code="too_long")
    resumes_at = None
    if gathering.hours > rules.LONGEST_VISIT:
        morning = (gathering.hours + 1) // 2
        noon = gathering.starts_at + timedelta(hours=morning)
        resumes_at = max(noon, gathering.ends_at - timedelta(hours=gathering.hours - morning))
    return Said(
        kind.code,
        gathering.starts_at,
        gathering.hours,
        gathering.what,
        place=gathering.place,
        origin=gathering.origin,
        resumes_at=resumes_at,
        is_collective=True,
    )
