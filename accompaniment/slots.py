"""When counsellors can be met: the slots of their availabilities that nothing else takes. Time is an argument.

Availabilities are written in clock hours of Paris, and slots are moments: one
lasts as long on the days when clocks change as on the others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from accompaniment.models import Availability, DaysOff
from accounts.models import Counsellor
from association.clocks import moment_of

NOTICE = timedelta(hours=24)
HORIZON = timedelta(days=30)
# As long as a slot may last.
LONGEST = timedelta(hours=4)
DAY = timedelta(days=1)

Busy = tuple[datetime, datetime]


@dataclass(frozen=True)
class Slot:
    """A time at which this counsellor can be met, in a place or by video."""

    counsellor: Counsellor
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    video_url: str = ""

    @property
    def key(self) -> str:
        """What a form says of it: whose it is and when it starts."""
        return f"{self.counsellor.number}-{self.starts_at.astimezone(UTC):%Y%m%dT%H%M}"

    def overlaps(self, busy: Iterable[Busy]) -> bool:
        return any(starts < self.ends_at and self.starts_at < ends for starts, ends in busy)


def midnight(day: date) -> datetime:
    """When a day begins: no clock of Paris changes then."""
    return timezone.make_aware(datetime.combine(day, time())).astimezone(UTC)


def open_slots(
    rules: Iterable[Availability],
    *,
    first: datetime,
    last: datetime,
    days_off: Iterable[DaysOff] = (),
    busy: Mapping[int, Sequence[Busy]] | None = None,
) -> list[Slot]:
    """What can be chosen between two moments, soonest first. `busy`: what takes each counsellor, by primary key."""
    absences = list(days_off)
    found: dict[str, Slot] = {}
    for rule in rules:
        taken = (busy or {}).get(rule.counsellor_id, ())
        for day in _days(rule, timezone.localdate(first), timezone.localdate(last)):
            if any(_covers(absence, rule, day) for absence in absences):
                continue
            for slot in of_day(rule, day):
                if first <= slot.starts_at <= last and not slot.overlaps(taken):
                    found.setdefault(slot.key, slot)
    return sorted(found.values(), key=lambda slot: (slot.starts_at, slot.counsellor.number))


def of_day(rule: Availability, day: date) -> Iterator[Slot]:
    """The slots of an availability on one of its days: an hour that clocks skip has none, and none overlaps another."""
    length, step = timedelta(minutes=rule.length), timedelta(minutes=rule.length + rule.pause)
    written, end = datetime.combine(day, rule.starts), datetime.combine(day, rule.ends)
    free_from: datetime | None = None
    while written + length <= end:
        starts_at = moment_of(day, written.time())
        if starts_at is not None and (free_from is None or starts_at >= free_from):
            free_from = starts_at + step
            yield Slot(rule.counsellor, starts_at, starts_at + length, rule.place, rule.video_url)
        written += step


def _days(rule: Availability, first: date, last: date) -> Iterator[date]:
    """Its days of the week between these two, both included, while it runs."""
    first = max(first, rule.since)
    last = min(last, rule.until or last)
    day = first + DAY * ((rule.weekday - first.weekday()) % 7)
    while day <= last:
        yield day
        day += 7 * DAY


def _covers(absence: DaysOff, rule: Availability, day: date) -> bool:
    return absence.counsellor_id == rule.counsellor_id and absence.starts_on <= day <= absence.ends_on
