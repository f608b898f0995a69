"""The seats of a meeting, counted under its lock: what is taken, kept and left, for whom and how long."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from accounts.models import Organisation
from events.models import Booking, KeptSeats, Meeting
from events.models.bookings import over, taking_a_seat
from events.working_days import end_of_working_day

State = Booking.State
HELD_BY_MAIL = timedelta(minutes=30)
DAYS_TO_CALL_BACK = 2
# What a `Room` says of the bookings of a meeting.
COUNTED = ("taken", "over", "waiting", "last_number")


@dataclass
class Room:
    """How a meeting is filled at a moment. `kept` is what each body has not used yet of the seats kept for it."""

    seats: int
    taken: int
    over: int  # holds and offers whose time is over: they take nothing any more
    waiting: int
    last_number: int
    kept: dict[int, int]

    @property
    def empty(self) -> int:
        return max(0, self.seats - self.taken)

    @property
    def free(self) -> int:
        """For anybody: neither taken nor kept."""
        return max(0, self.empty - sum(self.kept.values()))

    def left(self, organisation_id: int | None = None) -> int:
        """For a newcomer, whom this body books or nobody: where people wait, only what is kept for that body."""
        own = min(self.empty, self.kept.get(organisation_id, 0)) if organisation_id else 0
        return own + (0 if self.waiting else self.free)

    def take(self, organisation_id: int | None = None) -> None:
        """One seat more is taken: first of those kept for this body."""
        self.taken += 1
        if organisation_id and self.kept.get(organisation_id):
            self.kept[organisation_id] -= 1


def room(session: Meeting, now: datetime) -> Room:
    return rooms([session], now)[session.pk]


def rooms(sessions: Iterable[Meeting], now: datetime) -> dict[int, Room]:
    """How each of these is filled, by its key: in as many queries for all as for one."""
    listed = {session.pk: session for session in sessions}
    rows = Booking.objects.filter(session__in=listed).order_by().values("session")
    counted = rows.annotate(
        taken=Count("pk", filter=taking_a_seat() & ~over(now)),
        over=Count("pk", filter=over(now)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        last_number=Max("number", default=0),
    )
    counts = {row[0]: dict(zip(COUNTED, row[1:], strict=True)) for row in counted.values_list("session", *COUNTED)}
    nobody = dict.fromkeys(COUNTED, 0)
    kept = _kept(listed, now)
    return {
        pk: Room(seats=session.seats, kept=kept.get(pk, {}), **counts.get(pk, nobody)) for pk, session in listed.items()
    }


def _kept(sessions: Iterable[int], now: datetime) -> dict[int, dict[int, int]]:
    """Of each session, what each body has not used of the seats that are still kept for it."""
    rows = KeptSeats.objects.filter(session__in=sessions, until__gte=timezone.localdate(now)).order_by("pk")
    seats = list(rows.values_list("session", "organisation", "seats"))
    if not seats:
        return {}
    booked = Booking.objects.filter(session__in=sessions, booked_for__isnull=False).taking_a_seat().order_by()
    used = {
        (session, body): number
        for session, body, number in booked.values_list("session", "booked_for").annotate(Count("pk"))
    }
    kept: dict[int, dict[int, int]] = {}
    for session, body, number in seats:
        kept.setdefault(session, {})[body] = max(0, number - used.get((session, body), 0))
    return kept


def seats_left(session: Meeting, now: datetime | None = None, *, for_organisation: Organisation | None = None) -> int:
    """For a newcomer, or for one whom this body books; none for a newcomer where somebody waits."""
    return room(session, now or timezone.now()).left(for_organisation.pk if for_organisation else None)


def rank(booking: Booking) -> int:
    """Where it stands in the waiting list: 1 is next; 0 where it does not wait."""
    if booking.state != State.WAITING:
        return 0
    before = Booking.objects.filter(session=booking.session_id, number__lt=booking.number)
    return before.waiting().count() + 1


def call_back_by(session: Meeting, now: datetime) -> datetime:
    """Until when we call whoever asks now and has no mailbox: two working days, never beyond the start."""
    return min(end_of_working_day(now, DAYS_TO_CALL_BACK), session.starts_at)


def held_until(booking: Booking, now: datetime) -> datetime:
    """Half an hour to open the link of the message, or until we have called."""
    session = booking.session
    return min(now + HELD_BY_MAIL, session.starts_at) if booking.mailbox else call_back_by(session, now)


def note_fullness(session: Meeting, room: Room) -> None:
    """Lists say « Complet » by `is_full`; it is written only when it changes, for it makes the public pages stale."""
    full = not room.left()
    if full != session.is_full:
        Meeting.objects.filter(pk=session.pk).update(is_full=full)
        session.is_full = full


@contextmanager
def locked(*sessions: Meeting) -> Iterator[list[Meeting]]:
    """These meetings as they are, in that order: nobody else writes their bookings before the end.

    Their rows are locked in the order of their keys, so that two processes never wait for each other.
    """
    with transaction.atomic():
        rows = Meeting.objects.select_for_update(of=("self",)).select_related("place", "departement")
        found = {row.pk: row for row in rows.filter(pk__in={session.pk for session in sessions}).order_by("pk")}
        yield [found[session.pk] for session in sessions]
