"""What becomes of a place that somebody has: confirmed, given back, moved to another date."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from events import arrivals, journal, messages, openings, reserving, seats
from events import asked as typed
from events.arrivals import AlreadyBookedError
from events.models import Arrangement, Booking, Meeting
from events.offers import lapse, settle_locked

State = Booking.State
CHANGED = ("first_name", "last_name", "telephone", "tells_prescriber", "refuses_reminders")
OF_A_RECORD = frozenset({"first_name", "last_name", "telephone"})
COPIED = (
    *("member", "first_name", "last_name", "email", "telephone", "departement", "audience", "heard_from"),
    *("sent_by", "tells_prescriber", "booked_for", "booked_by", "refuses_reminders"),
)
REFUSALS = {
    State.HELD: "Cette place n’est pas encore confirmée.",
    State.CONFIRMED: "Cette place est déjà confirmée.",
    State.WAITING: "Toutes les places sont prises : cette demande est en liste d’attente.",
    State.OFFERED: "Cette place est proposée : acceptez-la ou refusez-la.",
    State.CANCELLED: "Cette réservation est annulée.",
    State.LAPSED: "Le délai est passé : la place n’est plus retenue. Vous pouvez rejoindre la liste d’attente.",
}
ALREADY = "Une autre place est déjà demandée à votre nom pour cette réunion."
FULL = "Cette réunion est complète : vous gardez la place que vous avez."


def confirm(booking: Booking, *, by: User | None = None, now: datetime | None = None) -> Booking:
    """By the link, or by a counsellor who called. One that has lapsed takes a seat if one is free and nobody waits."""
    moment = now or timezone.now()
    with _alone(booking) as session:
        if booking.state == State.CONFIRMED:
            return booking
        if booking.state == State.OFFERED:
            return _accept(booking, moment, by=by)
        _check_state(booking, State.HELD, State.LAPSED)
        (openings.check_not_ended if by else openings.check_not_started)(session, moment)
        if booking.state == State.LAPSED:
            settle_locked(session, moment)  # what is over still stands in the way of another
        if not booking.holds_a_seat(moment) and not seats.room(session, moment).left(booking.booked_for_id):
            raise _refusal(State.LAPSED)
        return _confirm(booking, moment, by=by)


def accept(booking: Booking, now: datetime | None = None, *, by: User | None = None) -> Booking:
    """The seat that was offered is theirs, until the end of the offer."""
    with _alone(booking):
        return booking if booking.state == State.CONFIRMED else _accept(booking, now or timezone.now(), by=by)


def decline(booking: Booking, now: datetime | None = None) -> Booking:
    """The seat goes to the next in the list."""
    moment = now or timezone.now()
    with _alone(booking) as session:
        if booking.state != State.LAPSED:
            _check_state(booking, State.OFFERED)
            lapse(booking, moment)
            _settle(session, moment)
    return booking


def cancel(booking: Booking, *, by: User | None = None, now: datetime | None = None) -> Booking:
    """Until the meeting ends; what is given back is offered to the next. A second time changes nothing."""
    moment = now or timezone.now()
    with _alone(booking) as session:
        if booking.is_live:
            openings.check_can_still_change(session, moment)
            give_back(booking, moment)
            messages.cancelled(booking)
            if by:
                journal.note(session, "cancel_place", by=by)
            _settle(session, moment)
    return booking


def rejoin(booking: Booking, now: datetime | None = None) -> Booking:
    """Come back, after all who came meanwhile: with a new number, on a seat or at the end of the list."""
    moment = now or timezone.now()
    with _alone(booking) as session:
        if booking.is_live:
            return booking
        openings.check_not_started(session, moment)
        openings.check_membership(session, booking.member)
        _check_alone(booking)
        _changed, room = settle_locked(session, moment)
        arrivals.number(session, booking, room)
        booking.is_walk_in = False
        arrivals.seat(booking, room, moment, state=State.CONFIRMED)
        booking.changes += 1
        booking.save()
        arrivals.tell(booking)
        seats.note_fullness(session, room)
    return booking


def move(booking: Booking, *, to: Meeting, now: datetime | None = None) -> Booking:
    """Another meeting instead: a seat there and none here any more, or nothing is changed."""
    moment = now or timezone.now()
    with seats.locked(booking.session, to) as [here, there]:
        _read_again(booking, here)
        copy = Booking(is_walk_in=False, booked_at=moment, **{name: getattr(booking, name) for name in COPIED})
        if found := arrivals.same_person(there, copy):
            if here != there and not booking.is_live:
                return found  # the same demand, sent twice
            raise AlreadyBookedError(found)
        openings.check_can_still_change(here, moment)
        openings.check_not_started(there, moment)
        if here.kind != there.kind:
            openings.check_open_to_all(there)
        openings.check_membership(there, booking.member)
        _changed, room = settle_locked(there, moment)
        if not room.left(copy.booked_for_id):
            raise ValidationError(FULL, code="full")
        if booking.is_live:
            give_back(booking, moment)
            messages.cancelled(booking)
            _settle(here, moment)
        arrivals.number(there, copy, room)
        arrivals.seat(copy, room, moment, state=State.CONFIRMED)
        copy.save(force_insert=True)
        Arrangement.objects.filter(booking=booking).update(booking=copy)
        arrivals.tell(copy)
        seats.note_fullness(there, room)
        reserving.changed(booking)
        reserving.changed(copy)
    return copy


def change(booking: Booking, *, now: datetime | None = None, **details: Any) -> Booking:
    """What they said of themselves; a member's names and telephone are corrected in their record."""
    if unknown := set(details) - {*CHANGED, "needs"}:
        raise TypeError(f"nothing is changed in a booking by {sorted(unknown)}")
    needs = typed.check_needs(tuple(details.pop("needs"))) if "needs" in details else None
    with _alone(booking) as session:
        openings.check_can_still_change(session, now or timezone.now())
        if booking.member_id:
            details = {name: value for name, value in details.items() if name not in OF_A_RECORD}
        for name, value in details.items():
            setattr(booking, name, value.strip() if isinstance(value, str) else value)
        telephone, booking.telephone = booking.telephone, typed.one_form_of(booking.telephone)
        typed.check(booking, telephone=telephone)
        if booking.is_live:
            _check_alone(booking)
        booking.save(update_fields=list(details))
        if needs is not None:
            keep_needs(booking, needs)
    return booking


def keep_needs(booking: Booking, needs: list[str]) -> None:
    if needs:
        Arrangement.objects.update_or_create(booking=booking, defaults={"needs": needs})
    else:
        Arrangement.objects.filter(booking=booking).delete()


def give_back(booking: Booking, now: datetime) -> None:
    """Cancelled, under the lock of its meeting; who attended keeps their seat."""
    if booking.attendance:
        raise ValidationError("La présence est déjà notée : cette place ne s’annule plus.", code="attended")
    booking.state, booking.ended_at = State.CANCELLED, now
    booking.changes += 1
    booking.save(update_fields=["state", "ended_at", "changes"])


def _accept(booking: Booking, now: datetime, *, by: User | None) -> Booking:
    _check_state(booking, State.OFFERED)
    (openings.check_not_ended if by else openings.check_not_started)(booking.session, now)
    if not booking.holds_a_seat(now):
        raise _refusal(State.LAPSED)
    return _confirm(booking, now, by=by)


def _confirm(booking: Booking, now: datetime, *, by: User | None) -> Booking:
    _check_alone(booking)
    booking.state, booking.confirmed_at, booking.ended_at = State.CONFIRMED, now, None
    booking.save(update_fields=["state", "confirmed_at", "ended_at"])
    messages.confirmed(booking)
    if by:
        journal.note(booking.session, "confirm_place", by=by)
    _settle(booking.session, now)
    return booking


def _check_state(booking: Booking, *expected: str) -> None:
    if booking.state not in expected:
        raise _refusal(booking.state)


def _refusal(state: str) -> ValidationError:
    return ValidationError(REFUSALS[State(state)], code=State(state).name.lower())


def _check_alone(booking: Booking) -> None:
    if arrivals.same_person(booking.session, booking):
        raise ValidationError(ALREADY, code="already")


def _settle(session: Meeting, now: datetime) -> None:
    _changed, room = settle_locked(session, now)
    seats.note_fullness(session, room)


@contextmanager
def _alone(booking: Booking) -> Iterator[Meeting]:
    """Under the lock of its meeting, and as it is now."""
    with seats.locked(booking.session) as [session]:
        _read_again(booking, session)
        yield session
        reserving.changed(booking)


def _read_again(booking: Booking, session: Meeting) -> None:
    booking.refresh_from_db()
    if booking.anonymised_at:
        raise ValidationError("Cette réservation n’est plus à personne.", code="anonymised")
    booking.session = session
