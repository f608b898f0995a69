"""A booking as its row is, whatever the rules that lead to it: `make_booking(session, attendance="venu")`."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.db.models import Max
from django.utils import timezone

from events.models import Booking, Kind, Meeting, MemberEvent
from tests.factories import make_session

_numbers = count(1)


def make_booking(session: Meeting | None = None, **fields: Any) -> Booking:
    """Confirmed, with an e-mail, unless told otherwise; next in the order of arrival."""
    meeting = session or make_session()
    number = next(_numbers)
    last = meeting.bookings.aggregate(last=Max("number"))["last"] or 0
    defaults: dict[str, Any] = {
        "number": last + 1,
        "state": Booking.State.CONFIRMED,
        "first_name": "Nour",
        "last_name": f"Belkacem {number}",
        "email": f"nour{number}@example.org",
    }
    state = fields.get("state", Booking.State.CONFIRMED)
    soon = timezone.now() + timedelta(days=1)
    if state == Booking.State.HELD:
        defaults["held_until"] = soon
    if state == Booking.State.OFFERED:
        defaults["offered_until"] = soon
    if state == Booking.State.CONFIRMED:
        defaults["confirmed_at"] = timezone.now()
    return Booking.objects.create(session=meeting, **defaults | fields)


def make_session_of_today(*, started: timedelta = timedelta(minutes=10), **fields: Any) -> Meeting:
    """One that began a moment ago."""
    return make_session(starts_at=timezone.now() - started, **fields)


def make_session_over(**fields: Any) -> Meeting:
    """One that ended an hour ago."""
    return make_session(starts_at=timezone.now() - timedelta(hours=3), **fields)


def make_event(*, in_days: float = 7, **fields: Any) -> MemberEvent:
    """One of the members' events: a workshop of two hours that they see, unless told otherwise."""
    now = timezone.now()
    start = now + timedelta(days=in_days)
    defaults: dict[str, Any] = {
        "title": "Écrire sa lettre",
        "kind": Kind.WORKSHOP,
        "seats": 2,
        "publish_at": now - timedelta(days=30),
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
    }
    return MemberEvent.objects.create(**defaults | fields)
