"""Calendar files: one session, or a calendar to subscribe to. RFC 5545, in the association's time zone."""

from collections.abc import Iterable
from datetime import UTC

from django.utils import timezone
from django.utils.html import strip_tags
from icalendar import Calendar, Event, vText

from events.models import InfoSession
from pages.addresses import absolute

PRODUCT = "-//Actess//Reunions d'information//FR"


def calendar(sessions: Iterable[InfoSession], *, name: str) -> bytes:
    """A whole calendar. An event keeps its UID for ever; its SEQUENCE grows when it is moved or cancelled."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for session in sessions:
        calendar.add_component(_event(session))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def subscription(path: str) -> str:
    """The address that a calendar program opens to follow the file at `path`, instead of reading it once."""
    return f"webcal:{absolute(path).partition(':')[2]}"


def _event(session: InfoSession) -> Event:
    event = Event()
    event.add("uid", f"{session.reference}@reunions.actess")
    event.add("sequence", session.sequence)
    event.add("dtstamp", session.updated_at.astimezone(UTC))
    event.add("dtstart", timezone.localtime(session.starts_at))
    event.add("dtend", timezone.localtime(session.ends_at))
    event.add("summary", session.title)
    event.add("description", _description(session))
    event.add("location", vText(_location(session)))
    event.add("url", absolute(session.get_absolute_url()))
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    return event


def _description(session: InfoSession) -> str:
    lines = [session.summary, strip_tags(session.programme.replace("</li>", "\n").replace("</p>", "\n")).strip()]
    if session.is_cancelled:
        lines.insert(0, f"Réunion annulée. {session.cancelled_because}".strip())
    return "\n\n".join(line for line in lines if line)


def _location(session: InfoSession) -> str:
    if session.place:
        place = session.place
        return f"{place.name}, {place.address}, {place.postcode} {place.city}"
    return "En ligne" if session.is_online else ""
