"""What is written to people about their places: each in the transaction that makes it true.

By e-mail or, to whoever has only a telephone, as a short message where they
are on. Each thing is said once: the key of a message says what it speaks of.
"""

import re
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from events.calendars import booking_calendar
from events.links import address_of
from events.models import Booking, BookingQuerySet, Meeting
from notices import outbox
from notices.reminders import DAYS, HOURS, Reminder
from pages.addresses import absolute

# Whoever books types a name and somebody else's mailbox: what says more than a name is not sent on.
LONGEST_NAME = 40
MORE_THAN_A_NAME = re.compile(r"[/:@\d]|\w\.\w")


def please_confirm(booking: Booking) -> None:
    """The seat is held for half an hour: here is the link that confirms it."""
    _tell(booking, "booking_to_confirm", _stamp(booking.number, booking.held_until))


def confirmed(booking: Booking) -> None:
    """The seat is theirs: when, where, the calendar file, the link to change or cancel."""
    _tell(booking, "booking_confirmed", _stamp(booking.number, booking.confirmed_at), with_calendar=True)


def on_waiting_list(booking: Booking, rank: int) -> None:
    """All seats are taken: their rank in the list."""
    _tell(booking, "booking_waiting", _stamp(booking.number), rank=rank)


def offered(booking: Booking) -> None:
    """A seat is free for them, until `booking.offered_until`."""
    _tell(booking, "booking_offered", _stamp(booking.number, booking.offered_until))


def lapsed(booking: Booking, *, was: str) -> None:
    """A hold or an offer (`was`, a `Booking.State`) has expired: how to come back."""
    was_offered = was == Booking.State.OFFERED
    _tell(booking, "booking_lapsed", _stamp(booking.number, booking.ended_at), was_offered=was_offered)


def cancelled(booking: Booking) -> None:
    """Their place is cancelled, by them or by the association: the calendar file that takes it out."""
    was_sure = booking.confirmed_at is not None
    _tell(booking, "booking_cancelled", _stamp(booking.number, booking.ended_at), with_calendar=was_sure)


def already_booked(booking: Booking, now: datetime | None = None) -> None:
    """Somebody asked again with the same address: the link of the place that they have. Once an hour."""
    _tell(booking, "booking_already", f"{booking.state} {now or timezone.now():%Y-%m-%dT%H}")


def meeting_changed(session: Meeting, *, before: Meeting, now: datetime | None = None) -> None:
    """To all who have a place or wait: another time or place. What is said so late needs no reminder after it."""
    changes = {
        "new_time": (session.starts_at, session.ends_at) != (before.starts_at, before.ends_at),
        "new_place": _where(session) != _where(before),
        "new_link": session.is_online and before.is_online and session.online_url != before.online_url,
    }
    if not any(changes.values()):
        return
    moment = now or timezone.now()
    for booking in _those(session, session.bookings.live()):
        is_sure = booking.state == Booking.State.CONFIRMED
        told = _tell(booking, "meeting_changed", str(session.sequence), with_calendar=is_sure, before=before, **changes)
        if told and is_sure:
            _skip_past_reminders(booking, moment)


def _where(session: Meeting) -> tuple[bool, str]:
    """An address that is corrected is another place."""
    place = session.place
    return session.is_online, f"{place.name}, {place.address}, {place.postcode} {place.city}" if place else ""


def meeting_cancelled(session: Meeting) -> None:
    """To all who had a place or were waiting."""
    for booking in _those(session, session.bookings.live()):
        _tell(booking, "meeting_cancelled", str(session.sequence), with_calendar=booking.confirmed_at is not None)


def meeting_restored(session: Meeting) -> None:
    """To all who were told that it was cancelled: it takes place after all."""
    for booking in _those(session, session.bookings.live()):
        is_sure = booking.state == Booking.State.CONFIRMED
        _tell(booking, "meeting_restored", str(session.sequence), with_calendar=is_sure)


def came(booking: Booking) -> None:
    """To somebody who came, once the sheet is closed: choose a diagnostic appointment, and three questions."""
    diagnostic = address_of(booking, "diagnostic_slots") if booking.session.is_for_all else ""
    opinion = address_of(booking, "booking_opinion")
    _tell(booking, "booking_came", "", diagnostic_address=diagnostic, opinion_address=opinion)


def reminder(booking: Booking, which: Reminder) -> bool:
    """Two days or three hours before; whether there was somebody to write to."""
    return _tell(booking, "booking_reminder", f"{which} {_stamp(booking.session.starts_at)}", which=which)


def no_seat(booking: Booking) -> bool:
    """The list was of no use to them: they need not come; whether there was somebody to write to."""
    schedule = absolute(reverse("info_sessions" if booking.session.is_for_all else "member_events"))
    return _tell(booking, "booking_no_seat", _stamp(booking.session.starts_at), schedule=schedule)


def _tell(booking: Booking, template: str, key: str, *, with_calendar: bool = False, **said: Any) -> bool:
    """By the way that reaches them; False where none does: a counsellor calls them."""
    member = booking.member
    message: dict[str, Any] = {
        "kind": template,
        "template": template,
        "person": member.user if member else None,
        "key": f"{template} {booking.reference} {key}".strip(),
        "about": booking.reference,
        "context": _context(booking) | said,
    }
    if booking.mailbox:
        calendar = booking_calendar(booking) if with_calendar else None
        outbox.put(to=booking.mailbox, calendar=calendar, **message)
        return True
    return outbox.put_sms(telephone=booking.phone, **message) is not None


def _context(booking: Booking) -> dict[str, Any]:
    return {
        "booking": booking,
        "session": booking.session,
        "place": booking.session.place,
        "first_name": _greeted(booking.member.first_name if booking.member else booking.first_name),
        "address": address_of(booking),
    }


def _greeted(name: str) -> str:
    return "" if len(name) > LONGEST_NAME or MORE_THAN_A_NAME.search(name) else name


def _those(session: Meeting, bookings: BookingQuerySet) -> list[Booking]:
    """In order, each with this session: as it is now, changed or cancelled."""
    found = list(bookings.filter(anonymised_at=None).select_related("member__user", "booked_for").in_order())
    for booking in found:
        booking.session = session
    return found


def _skip_past_reminders(booking: Booking, now: datetime) -> None:
    """The new start is known: a reminder whose moment is over would say the same a minute later."""
    starts_at = booking.session.starts_at
    over = {"reminded_days_for": now >= starts_at - DAYS, "reminded_hours_for": now >= starts_at - HOURS}
    if past := dict.fromkeys((name for name, is_over in over.items() if is_over), starts_at):
        Booking.objects.filter(pk=booking.pk).update(**past)


def _stamp(*said: int | datetime | None) -> str:
    """What tells one message from another of its kind: numbers, and moments to the microsecond."""
    return " ".join(f"{value.timestamp():.6f}" if isinstance(value, datetime) else str(value) for value in said)
