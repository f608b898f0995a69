"""Somebody comes to a meeting that is locked: they get a number, and a seat or a place in the waiting list."""

from datetime import datetime

from django.db.models import Q

from events import messages
from events.models import Booking, Meeting
from events.seats import Room, held_until, rank

State = Booking.State


class AlreadyBookedError(Exception):
    """They have a place here, or wait for one: `booking`. A visitor was told so by a message, and is shown nothing."""

    def __init__(self, booking: Booking) -> None:
        super().__init__(f"already booked: {booking.reference}")
        self.booking = booking


def number(session: Meeting, booking: Booking, room: Room) -> None:
    """The next one of this meeting: the order of arrival."""
    room.last_number += 1
    booking.session, booking.number = session, room.last_number


def seat(booking: Booking, room: Room, now: datetime, *, state: str) -> None:
    """In this state where a seat is left for them, otherwise at the end of the list."""
    booking.ended_at = booking.held_until = booking.offered_until = None
    if not room.left(booking.booked_for_id):
        booking.state = State.WAITING
        room.waiting += 1
        return
    booking.state = state
    room.take(booking.booked_for_id)
    if state == State.HELD:
        booking.held_until = held_until(booking, now)
    else:
        booking.confirmed_at = now


def tell(booking: Booking) -> None:
    """What became of their demand."""
    if booking.state == State.HELD:
        messages.please_confirm(booking)
    elif booking.state == State.WAITING:
        messages.on_waiting_list(booking, rank(booking))
    else:
        messages.confirmed(booking)


def same_person(session: Meeting, booking: Booking) -> Booking | None:
    """The place that this person already has or waits for: known by their record, mailbox or telephone."""
    if booking.member_id:
        known = Q(member=booking.member_id)
    elif booking.email:
        known = Q(email__iexact=booking.email)
    elif booking.telephone:
        known = Q(email="", telephone=booking.telephone)
    else:
        return None
    others = Booking.objects.filter(known, session=session).live().exclude(pk=booking.pk)
    # Nearly always there is none: a booking is read whole only where there is one.
    found = others.values_list("pk", flat=True).first()
    return Booking.objects.get(pk=found) if found else None
