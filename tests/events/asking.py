"""People who ask for places, by the rules: `book(session, "ada")`, `booked(session, 3)`, `told(booking)`."""

from datetime import UTC, datetime, timedelta
from typing import Any

from accounts.models import Member
from events import bookings
from events.bookings import Asked
from events.models import Booking, Meeting
from notices.models import Notice
from tests.factories import make_session
from tests.people import make_member, make_membership

State = Booking.State
NOW = datetime(2026, 10, 1, 10, tzinfo=UTC)  # a Thursday
A_WEEK = timedelta(days=7)


def session_of(seats: int = 2, *, starts_in: timedelta = A_WEEK, **fields: Any) -> Meeting:
    """Seen from `NOW`."""
    return make_session(seats=seats, starts_at=NOW + starts_in, **fields)


def member_then(**fields: Any) -> Member:
    """Seen from `NOW`: their membership runs for a year."""
    member = make_member(current=False, **fields)
    make_membership(member, starts_on=NOW.date() - A_WEEK, ends_on=NOW.date() + 51 * A_WEEK)
    return member


def asked(name: str = "nour", **fields: Any) -> Asked:
    known = {} if "telephone" in fields else {"email": f"{name}@example.org"}
    return Asked(name.capitalize(), "Belkacem", **known | fields)


def book(session: Meeting, name: str = "nour", *, now: datetime = NOW, **fields: Any) -> Booking:
    return bookings.book(session, asked(name, **fields), now=now)


def booked(session: Meeting, number: int, *, now: datetime = NOW) -> list[Booking]:
    """Confirmed by their links."""
    return [bookings.confirm(book(session, f"p{index}", now=now), now=now) for index in range(number)]


def states(*found: Booking) -> list[str]:
    """As the database has them."""
    return [Booking.objects.get(pk=booking.pk).state for booking in found]


def told(booking: Booking) -> list[str]:
    """The kinds of messages that this person was sent about it, in order."""
    return list(Notice.objects.filter(about=booking.reference).order_by("pk").values_list("kind", flat=True))
