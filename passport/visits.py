"""A visit as a counsellor writes it: what the form proposes, and its cheques, told before they are signed.

Over four hours, a visit is two cheques: the morning and the afternoon. Both are
signed, or neither.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accompaniment.looks import drawing_of
from accompaniment.models import Appointment, PackageKind
from accounts.models import Counsellor
from passport import appointments, ledger, rules
from passport import paper as leaves
from passport.balances import balance
from passport.ledger import Visit
from passport.models import Cheque, PaperCheque, Passport, Reservation, day_of

LONGEST_DAY = 2 * rules.LONGEST_VISIT
AN_HOUR = timedelta(hours=1)
ROUND = 15 * 60
ON_PAPER = "Un chèque papier porte 4 heures au plus\N{NO-BREAK SPACE}: il en faut deux."


@dataclass(frozen=True)
class Said:
    """What is typed of a visit. `resumes_at`: the afternoon begins, where it is not an hour after the morning."""

    kind: str
    starts_at: datetime
    hours: int
    what: str
    place: str = ""
    origin: str = ""
    resumes_at: datetime | None = None
    is_collective: bool = False


@dataclass(frozen=True)
class Left:
    """Once all is signed: hours of the kind, and in all."""

    label: str
    of_kind: int
    quota: int
    in_all: int
    of_package: int


@dataclass(frozen=True)
class Offer:
    """A kind of activity, and the hours of it that a visit may spend."""

    kind: PackageKind
    free: int
    reserved: int
    proposed: int

    @property
    def drawing(self) -> str:
        return drawing_of(self.kind.look)

    @property
    def open(self) -> int:
        return self.free + self.reserved


@dataclass(frozen=True)
class Planned:
    """Something that was reserved, has begun, and has no cheque yet."""

    reservation: Reservation
    label: str
    place: str = ""

    @property
    def is_appointment(self) -> bool:
        return self.reservation.origin.startswith("appointment:")


def parts(said: Said) -> list[Visit]:
    """One cheque up to four hours, two over them. Hours are counted as they pass, not as clocks show them."""
    starts_at = said.starts_at.astimezone(UTC)
    facts = {"kind": said.kind, "what": said.what, "place": said.place, "origin": said.origin}
    collective = said.is_collective
    if said.hours <= rules.LONGEST_VISIT:
        return [Visit(starts_at=starts_at, hours=said.hours, is_collective=collective, **facts)]
    morning = (said.hours + 1) // 2
    noon = starts_at + morning * AN_HOUR
    resumes_at = said.resumes_at.astimezone(UTC) if said.resumes_at else noon + AN_HOUR
    if resumes_at < noon:
        raise rules.refused("resumes", "L’après-midi commence après la fin du matin.", code="resumes")
    return [
        Visit(starts_at=starts_at, hours=morning, is_collective=collective, **facts),
        Visit(starts_at=resumes_at, hours=said.hours - morning, is_collective=collective, **facts),
    ]


def propose(
    passport: Passport,
    said: Said,
    *,
    counsellor: Counsellor,
    key: UUID,
    means: str,
    paper: PaperCheque | None = None,
    now: datetime | None = None,
) -> list[Cheque]:
    """All of its cheques or none; the same `key` gives the same ones again. `paper` holds the cheque signed by hand."""
    visits = parts(said)
    if paper is not None and len(visits) > 1:
        raise rules.refused("hours", ON_PAPER, code="paper")
    with transaction.atomic():
        made = [
            ledger.propose(passport, visit, counsellor=counsellor, key=_key(key, number), means=means, now=now)
            for number, visit in enumerate(visits)
        ]
        if paper is not None:
            leaves.hold(paper, made[0])
    return made


def rehearse(
    passport: Passport,
    said: Said,
    *,
    counsellor: Counsellor,
    key: UUID,
    paper: PaperCheque | None = None,
    now: datetime | None = None,
) -> tuple[list[Cheque], Left]:
    """What would be signed, and what would be left: nothing stays written. Raises what `propose` would."""
    with transaction.atomic():
        cheques = propose(passport, said, counsellor=counsellor, key=key, means="", paper=paper, now=now)
        left = left_after(passport, cheques)
        transaction.set_rollback(True)
    return cheques, left


def left_after(passport: Passport, cheques: Iterable[Cheque]) -> Left:
    """Hours that are not used, these cheques' being so."""
    waiting = [cheque for cheque in cheques if cheque.state == Cheque.State.PROPOSED]
    spent = sum(cheque.hours for cheque in waiting)
    hours = balance(passport)
    mine = hours[next(iter(cheques)).kind]
    quota, used = (sum(getattr(one, name) for one in hours.values()) for name in ("quota", "used"))
    return Left(mine.kind.label, mine.quota - mine.used - spent, mine.quota, quota - used - spent, quota)


def offers(passport: Passport) -> list[Offer]:
    return [Offer(hours.kind, hours.free, hours.reserved, hours.proposed) for hours in balance(passport).values()]


def planned(passport: Passport, now: datetime) -> list[Planned]:
    """What was reserved these seven days, the latest first."""
    today = day_of(now)
    begun = passport.reservations.filter(ended_at=None, starts_at__lte=now).order_by("-starts_at")
    rows = [row for row in begun if day_of(row.starts_at) + rules.SIGNED_WITHIN >= today]
    written = set(passport.cheques.counting().exclude(origin="").values_list("origin", flat=True))
    labels = {kind.code: kind.label for kind in passport.version.kinds.all()}
    places = _places(rows)
    return [Planned(row, labels[row.kind], places.get(row.origin, "")) for row in rows if row.origin not in written]


def usual(kind: PackageKind, *, counsellor: Counsellor, open_hours: int, now: datetime) -> Said:
    """A visit that has just ended, as long as usual, where this counsellor receives."""
    hours = max(1, min(kind.usual_hours, open_hours, LONGEST_DAY))
    pause = AN_HOUR if hours > rules.LONGEST_VISIT else timedelta()
    ended = now.timestamp() // ROUND * ROUND
    starts_at = datetime.fromtimestamp(ended, UTC) - hours * AN_HOUR - pause
    return Said(kind.code, starts_at, hours, "", place=_receives_at(counsellor, starts_at))


def of_planned(thing: Planned) -> Said:
    row = thing.reservation
    return Said(row.kind, row.starts_at, min(row.hours, LONGEST_DAY), "", place=thing.place, origin=row.origin)


def _key(key: UUID, number: int) -> UUID:
    return uuid5(key, str(number)) if number else key


def _places(rows: Iterable[Reservation]) -> dict[str, str]:
    """Of appointments, by origin."""
    references = [row.origin.partition(":")[2] for row in rows if row.origin.startswith("appointment:")]
    found = Appointment.objects.filter(reference__in=references) if references else []
    return {appointments.origin_of(row): row.place or ("À distance" if row.video_url else "") for row in found}


def _receives_at(counsellor: Counsellor, moment: datetime) -> str:
    """Where they receive that day, else where they receive at all."""
    day = day_of(moment)
    rows = counsellor.availabilities.exclude(place="").filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))
    places = list(rows.values_list("weekday", "place"))
    mine = [place for weekday, place in places if weekday == timezone.localtime(moment).weekday()]
    return next(iter(mine or [place for _weekday, place in places]), "")
