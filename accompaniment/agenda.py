"""What a counsellor's days hold: their appointments, and what other applications say that they host."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accompaniment import slots
from accompaniment.models import Appointment, Availability, DaysOff
from accompaniment.permissions import known_to
from accounts.models import Counsellor


@dataclass(frozen=True)
class Hosted:
    """Something else than an appointment that takes a counsellor's time."""

    counsellor_id: int
    key: str
    starts_at: datetime
    ends_at: datetime
    title: str
    url: str = ""


# Given primary keys of counsellors and two moments: what they host between.
Source = Callable[[Collection[int], datetime, datetime], Iterable[Hosted]]

sources: list[Source] = []


def hosted(counsellors: Collection[int], first: datetime, last: datetime) -> list[Hosted]:
    found = [thing for source in sources for thing in source(counsellors, first, last)]
    return sorted(found, key=lambda thing: (thing.starts_at, thing.key))


def busy(
    counsellors: Collection[int], first: datetime, last: datetime, *, besides: Appointment | None = None
) -> dict[int, list[slots.Busy]]:
    """What takes each of them between two moments; `besides` is about to move."""
    found: dict[int, list[slots.Busy]] = {pk: [] for pk in counsellors}
    planned = Appointment.objects.planned().filter(counsellor__in=counsellors, starts_at__lt=last, ends_at__gt=first)
    if besides is not None:
        planned = planned.exclude(pk=besides.pk)
    for pk, starts_at, ends_at in planned.values_list("counsellor", "starts_at", "ends_at"):
        found[pk].append((starts_at, ends_at))
    for thing in hosted(counsellors, first, last):
        found[thing.counsellor_id].append((thing.starts_at, thing.ends_at))
    return found


@dataclass(frozen=True)
class Day:
    date: date
    appointments: list[Appointment] = field(default_factory=list)
    hosted: list[Hosted] = field(default_factory=list)
    receives: list[Availability] = field(default_factory=list)
    is_off: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.appointments or self.hosted or self.receives or self.is_off)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(counsellor: Counsellor, monday: date, now: datetime | None = None) -> list[Day]:
    """The seven days from this one on, with what was not cancelled.

    `is_named` on an appointment: it is to come or to mark, or its member is still known to the counsellor.
    """
    dates = [monday + timedelta(days=number) for number in range(7)]
    first, last = slots.midnight(monday), slots.midnight(monday + timedelta(days=7))
    shown = Appointment.objects.filter(counsellor=counsellor, starts_at__gte=first, starts_at__lt=last)
    kept = shown.exclude(state=Appointment.State.CANCELLED).select_related("member").soonest_first()
    known = Q(member__in=known_to(counsellor.user, now).values("pk"))
    appointments = list(kept.annotate(is_named=Q(state=Appointment.State.PLANNED) | known))
    meetings = hosted([counsellor.pk], first, last)
    rules = list(Availability.objects.running(monday, dates[-1]).filter(counsellor=counsellor))
    off = list(DaysOff.objects.filter(counsellor=counsellor, starts_on__lte=dates[-1], ends_on__gte=monday))
    return [
        Day(
            day,
            [row for row in appointments if timezone.localdate(row.starts_at) == day],
            [thing for thing in meetings if timezone.localdate(thing.starts_at) == day],
            [rule for rule in rules if rule.weekday == day.weekday() and _runs(rule, day)],
            any(row.starts_on <= day <= row.ends_on for row in off),
        )
        for day in dates
    ]


def to_mark(counsellor: Counsellor, now: datetime) -> list[Appointment]:
    """Begun, and nobody has said yet whether the member came."""
    begun = Appointment.objects.planned().filter(counsellor=counsellor, starts_at__lte=now)
    return list(begun.select_related("member").soonest_first())


def _runs(rule: Availability, day: date) -> bool:
    return rule.since <= day and (rule.until is None or day <= rule.until)


def planned_between(counsellor: Counsellor, first: date, last: date) -> list[Appointment]:
    """The planned ones of these days, both included."""
    begin, end = slots.midnight(first), slots.midnight(last + timedelta(days=1))
    inside = Q(starts_at__lt=end, ends_at__gt=begin)
    return list(
        Appointment.objects.planned().filter(inside, counsellor=counsellor).select_related("member").soonest_first()
    )
