"""What becomes of a seat that was held or offered too long, and who is offered what is free."""

import logging
from datetime import datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from events import messages, seats
from events.models import Booking, BookingQuerySet, KeptSeats, Meeting
from events.seats import Room

logger = logging.getLogger(__name__)

State = Booking.State
LONGEST_OFFER = timedelta(hours=48)
SHORTEST_OFFER = timedelta(minutes=30)
# Nothing is offered so late that nobody could come.
TOO_LATE = timedelta(hours=2)


def offered_until(session: Meeting, now: datetime) -> datetime:
    """A quarter of the time that is left, so that others can be asked after."""
    return now + max(SHORTEST_OFFER, min(LONGEST_OFFER, (session.starts_at - now) / 4))


def may_offer(session: Meeting, now: datetime) -> bool:
    if session.is_cancelled or not session.is_published(now):
        return False
    return session.starts_at - now >= TOO_LATE


def settle(session: Meeting, now: datetime | None = None) -> int:
    """Put away what is over, offer what is free in order, and say whether it is full; how many places changed."""
    moment = now or timezone.now()
    with seats.locked(session) as [locked]:
        changed, room = settle_locked(locked, moment)
        seats.note_fullness(locked, room)
    session.is_full = locked.is_full
    return changed


def settle_locked(session: Meeting, now: datetime) -> tuple[int, Room]:
    """Of a meeting that the caller has locked; how many places changed, and how it is filled then."""
    room = seats.room(session, now)
    if session.is_cancelled:
        return 0, room
    changed = put_away(session, now) if room.over else 0
    room.over = 0
    if room.waiting and room.empty and may_offer(session, now):
        chosen = _next(session, room)
        for booking in chosen:
            _offer(session, booking, now)
            room.take(booking.booked_for_id)
        room.waiting -= len(chosen)
        changed += len(chosen)
    return changed, room


def put_away(session: Meeting, now: datetime) -> int:
    """Holds and offers whose time is over are lapsed, and their people told."""
    bookings = _of(session).over(now).in_order()
    for booking in bookings:
        booking.session = session
        lapse(booking, now)
    return len(bookings)


def lapse(booking: Booking, now: datetime) -> None:
    was, booking.state, booking.ended_at = booking.state, State.LAPSED, now
    booking.save(update_fields=["state", "ended_at"])
    messages.lapsed(booking, was=was)


def end_with_the_start(session: Meeting) -> None:
    """What was held beyond the start, before the meeting was moved, is held until it."""
    bookings, start = Booking.objects.filter(session=session), session.starts_at
    bookings.filter(state=State.HELD, held_until__gt=start).update(held_until=start)
    bookings.filter(state=State.OFFERED, offered_until__gt=start).update(offered_until=start)


def begin_again(session: Meeting, now: datetime) -> None:
    """The time to confirm or accept did not run while the meeting was cancelled: it starts anew."""
    for booking in _of(session).filter(state__in=(State.HELD, State.OFFERED)):
        booking.session = session
        if booking.state == State.HELD:
            booking.held_until = seats.held_until(booking, now)
        elif may_offer(session, now):
            booking.offered_until = offered_until(session, now)
        booking.save(update_fields=["held_until", "offered_until"])


def _next(session: Meeting, room: Room) -> list[Booking]:
    """Who is offered what is free: those whom a body booked, of its own seats; then the list, in order."""
    waiting, chosen = _of(session).waiting().in_order(), list[Booking]()
    for organisation, unused in room.kept.items():
        own = min(unused, room.empty - len(chosen))
        chosen += waiting.filter(booked_for=organisation)[:own]
    others = waiting.exclude(pk__in=[booking.pk for booking in chosen])
    return [*chosen, *others[: room.free]]


def _offer(session: Meeting, booking: Booking, now: datetime) -> None:
    booking.session = session
    booking.state, booking.offered_until = State.OFFERED, offered_until(session, now)
    booking.save(update_fields=["state", "offered_until"])
    messages.offered(booking)


def _of(session: Meeting) -> BookingQuerySet:
    return Booking.objects.filter(session=session).select_related("member__user", "booked_for")


def settle_due(now: datetime) -> int:
    """Each minute: only the meetings where something is due; one that fails does not hold the others back."""
    changed = 0
    for session in due(now):
        try:
            changed += settle(session, now)
        except Exception:
            logger.exception("A meeting could not be settled")
    return changed


def due(now: datetime) -> list[Meeting]:
    """Where a hold or an offer is over, or where seats that were kept are free since their last day."""
    over = Booking.objects.filter(session__cancelled_at=None).over(now).order_by().values("session")
    ended = KeptSeats.objects.filter(session=OuterRef("pk"), until__lt=timezone.localdate(now))
    taken = Booking.objects.filter(session=OuterRef("pk")).taking_a_seat().order_by().values("session")
    given_back = Q(
        Exists(ended), is_full=True, starts_at__gte=now + TOO_LATE, publish_at__lte=now, taken__lt=F("seats")
    )
    number = Coalesce(Subquery(taken.annotate(number=Count("pk")).values("number")), 0)
    sessions = Meeting.objects.filter(cancelled_at=None).annotate(taken=number)
    return list(sessions.filter(Q(pk__in=over) | given_back).soonest_first())
