"""Places in a meeting: asked for, confirmed, given back, waited for.

Each function here locks the meeting's row first, so that all that is decided
of its seats is decided by one after the other. `settle` is part of each of
them: what is over is put away before anything is counted. A refusal is a
ValidationError whose sentence is read by the person; what was refused left
nothing behind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Member, Organisation, User
from events import arrivals, messages, openings, reserving
from events import asked as typed
from events.arrivals import AlreadyBookedError
from events.asked import Asked
from events.changes import accept, cancel, change, confirm, decline, keep_needs, move, rejoin
from events.models import Booking, Meeting
from events.offers import settle, settle_due, settle_locked
from events.retention import anonymise, anonymise_old, erase_arrangements
from events.seats import Room, locked, note_fullness, rank, seats_left

__all__ = [
    "AlreadyBookedError",
    "Asked",
    "accept",
    "anonymise",
    "anonymise_old",
    "book",
    "book_for",
    "book_member",
    "cancel",
    "change",
    "confirm",
    "decline",
    "erase_arrangements",
    "move",
    "rank",
    "rejoin",
    "seats_left",
    "settle",
    "settle_due",
    "walk_in",
]

State = Booking.State


@dataclass(frozen=True)
class _Demand:
    """What is about to become a booking, and by which rules."""

    booking: Booking
    needs: list[str]
    state: str
    check: Callable[[Meeting, datetime], None]


def book(session: Meeting, asked: Asked, *, form_token: UUID | None = None, now: datetime | None = None) -> Booking:
    """A visitor: a seat is held until they confirm it, or they wait. The same `form_token` gives the same booking."""

    def check(locked: Meeting, moment: datetime) -> None:
        openings.check_open_to_all(locked)
        openings.check_not_started(locked, moment)

    booking = asked.booking()
    booking.form_token = form_token
    return _enter(session, _Demand(booking, _checked(asked, booking), State.HELD, check), now)


def book_for(
    session: Meeting,
    asked: Asked,
    *,
    organisation: Organisation | None = None,
    by: User,
    form_token: UUID | None = None,
    now: datetime | None = None,
) -> Booking:
    """A prescriber, of the seats kept for their body first, or a counsellor: nothing is left to confirm."""

    def check(locked: Meeting, moment: datetime) -> None:
        openings.check_open_to_all(locked)
        (openings.check_not_started if organisation else openings.check_not_ended)(locked, moment)

    booking = asked.booking()
    booking.form_token, booking.booked_by, booking.booked_for = form_token, by, organisation
    return _enter(session, _Demand(booking, _checked(asked, booking), State.CONFIRMED, check), now)


def book_member(session: Meeting, member: Member, *, by: User, now: datetime | None = None) -> Booking:
    """A member on that day, by themselves until the start, by who accompanies them until the end."""
    by_themselves = member.user_id == by.pk

    def check(locked: Meeting, moment: datetime) -> None:
        (openings.check_not_started if by_themselves else openings.check_not_ended)(locked, moment)
        openings.check_membership(locked, member)

    return _enter(session, _Demand(Booking(member=member, booked_by=by), [], State.CONFIRMED, check), now)


def walk_in(
    session: Meeting, asked: Asked, *, by: User, form_token: UUID | None = None, now: datetime | None = None
) -> Booking:
    """Somebody came without a seat: noted among those who are there, they take nobody's. Who waited waits no more."""
    moment = now or timezone.now()
    booking = asked.booking()
    booking.form_token, booking.booked_by, booking.is_walk_in = form_token, by, True
    needs = _checked(asked, booking)
    with locked(session) as [meeting]:
        openings.check_day_of(meeting, moment)
        _changed, room = settle_locked(meeting, moment)
        if found := _sent_before(meeting, booking):
            return found
        if found := arrivals.same_person(meeting, booking):
            if found.state == State.CONFIRMED:
                raise AlreadyBookedError(found)
            booking = found
            booking.is_walk_in = found.state == State.WAITING
        else:
            arrivals.number(meeting, booking, room)
        booking.state, booking.confirmed_at = State.CONFIRMED, moment
        booking.save()
        if needs:
            keep_needs(booking, needs)
        note_fullness(meeting, settle_locked(meeting, moment)[1])
    return booking


def _checked(asked: Asked, booking: Booking) -> list[str]:
    typed.check(booking, telephone=asked.telephone.strip())
    return typed.check_needs(asked.needs)


def _enter(session: Meeting, demand: _Demand, now: datetime | None) -> Booking:
    moment, booking = now or timezone.now(), demand.booking
    with locked(session) as [meeting]:
        if found := _sent_before(meeting, booking):
            return found
        demand.check(meeting, moment)
        _changed, room = settle_locked(meeting, moment)
        already = arrivals.same_person(meeting, booking)
        if already is None:
            _keep(meeting, demand, room, moment)
        elif booking.booked_by is None:
            already.session = meeting
            messages.already_booked(already, moment)
        note_fullness(meeting, room)
    if already:
        raise AlreadyBookedError(already)
    return booking


def _keep(meeting: Meeting, demand: _Demand, room: Room, now: datetime) -> None:
    booking = demand.booking
    # An erasure that has begun holds their record, and is waited for.
    if booking.member_id and Member.objects.select_for_update().get(pk=booking.member_id).erased_at:
        raise ValidationError("Ce membre a été effacé.", code="erased")
    booking.booked_at = now
    arrivals.number(meeting, booking, room)
    arrivals.seat(booking, room, now, state=demand.state)
    try:
        with transaction.atomic():
            booking.save(force_insert=True)
    except IntegrityError as error:
        raise (_of_another_session() if _sent_elsewhere(booking) else error) from error
    if demand.needs:
        keep_needs(booking, demand.needs)
    arrivals.tell(booking)
    reserving.changed(booking)


def _sent_before(meeting: Meeting, booking: Booking) -> Booking | None:
    """What the same form, sent twice, has made. One typed anew for somebody else is another demand."""
    if booking.form_token is None:
        return None
    sent = Booking.objects.filter(form_token=booking.form_token)
    if not sent.exists():
        return None
    found = sent.get()
    if found.session_id != meeting.pk:
        raise _of_another_session()
    if (found.email, found.telephone) != (booking.email, booking.telephone):
        booking.form_token = None
        return None
    found.session = meeting
    return found


def _sent_elsewhere(booking: Booking) -> bool:
    """By the same form at the same moment, for another meeting, which has another lock."""
    return booking.form_token is not None and Booking.objects.filter(form_token=booking.form_token).exists()


def _of_another_session() -> ValidationError:
    return ValidationError("Ce formulaire a déjà servi pour une autre réunion : rouvrez-le.", code="other_session")
