"""Calendar files: one session, a calendar to subscribe to, somebody's place. RFC 5545, on the association's clocks."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.html import strip_tags
from icalendar import Event

from events.links import address_of
from events.models import Booking, Meeting
from notices import invites
from pages.addresses import absolute

PRODUCT = "-//Actess//Reunions d'information//FR"
STATUSES = {
    Booking.State.CONFIRMED: "CONFIRMED",
    Booking.State.CANCELLED: "CANCELLED",
    Booking.State.LAPSED: "CANCELLED",
}


def calendar(sessions: Iterable[Meeting], *, name: str) -> bytes:
    """A whole calendar. An event keeps its UID for ever; its SEQUENCE grows when it is moved or cancelled."""
    calendar = invites.new(PRODUCT, method="PUBLISH", name=name)
    for session in sessions:
        calendar.add_component(_event(session))
    return invites.written(calendar)


def subscription(path: str) -> str:
    """The address that a calendar program opens to follow the file at `path`, instead of reading it once."""
    return f"webcal:{absolute(path).partition(':')[2]}"


def booking_calendar(booking: Booking, *, method: str = "PUBLISH", now: datetime | None = None) -> bytes:
    """Somebody's place, for their own calendar; once it is cancelled, the file that takes it out."""
    event = booking_event(booking, now=now)
    calendar = invites.new(PRODUCT, method="CANCEL" if event["STATUS"] == "CANCELLED" else method)
    calendar.add_component(event)
    return invites.written(calendar)


def booking_event(booking: Booking, *, now: datetime | None = None) -> Event:
    """Its UID stays for ever; its SEQUENCE grows with each change of the session or of the place in it.

    The address of an online meeting is there for whoever has a confirmed place.
    """
    session = booking.session
    is_sure = booking.state == Booking.State.CONFIRMED and not session.is_cancelled
    event = _dated(session)
    event.add("uid", f"{booking.reference}@reservations.actess")
    event.add("sequence", session.sequence + booking.changes)
    event.add("dtstamp", (now or timezone.now()).astimezone(UTC))
    event.add("organizer", invites.organiser())
    event.add("description", invites.text(_description_for(booking)))
    event.add("location", invites.text(_location(session, with_link=is_sure)))
    event.add("url", address_of(booking))
    event.add("status", _status(booking))
    return event


def _event(session: Meeting) -> Event:
    event = _dated(session)
    event.add("uid", f"{session.reference}@reunions.actess")
    event.add("sequence", session.sequence)
    event.add("dtstamp", session.updated_at.astimezone(UTC))
    event.add("description", invites.text(_description(session)))
    event.add("location", invites.text(_location(session)))
    event.add("url", absolute(session.get_absolute_url()))
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    return event


def _dated(session: Meeting) -> Event:
    event = Event()
    invites.put_hours(event, session.starts_at, session.ends_at)
    event.add("summary", invites.text(session.title))
    return event


def _status(booking: Booking) -> str:
    if booking.session.is_cancelled:
        return "CANCELLED"
    return STATUSES.get(Booking.State(booking.state), "TENTATIVE")


def _description_for(booking: Booking) -> str:
    session = booking.session
    directions = session.place.directions if session.place else ""
    lines = [_cancellation(session), session.summary, directions]
    lines.append(f"Votre réservation\N{NO-BREAK SPACE}: {address_of(booking)}")
    return "\n\n".join(line for line in lines if line)


def _description(session: Meeting) -> str:
    programme = strip_tags(session.programme.replace("</li>", "\n").replace("</p>", "\n")).strip()
    lines = [_cancellation(session), session.summary, programme]
    return "\n\n".join(line for line in lines if line)


def _cancellation(session: Meeting) -> str:
    if not session.is_cancelled:
        return ""
    what = "Réunion annulée." if session.is_for_all else "Événement annulé."
    return f"{what} {session.cancelled_because}".strip()


def _location(session: Meeting, *, with_link: bool = False) -> str:
    if session.place:
        place = session.place
        return f"{place.name}, {place.address}, {place.postcode} {place.city}"
    if not session.is_online:
        return ""
    return f"En ligne\N{NO-BREAK SPACE}: {session.online_url}" if with_link else "En ligne"
