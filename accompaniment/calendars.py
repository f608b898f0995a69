"""Calendar files of appointments, made as `notices.invites` makes all of the site's."""

from datetime import UTC, datetime

from django.utils import timezone
from icalendar import Event

from accompaniment.links import address_of
from accompaniment.models import Appointment
from notices import invites

PRODUCT = "-//Actess//Rendez-vous//FR"
HOW_TO_CHANGE = "Pour le déplacer ou l’annuler, ouvrez son lien."


def new_event(*, uid: str, starts_at: datetime, ends_at: datetime, title: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now.astimezone(UTC))
    invites.put_hours(event, starts_at, ends_at)
    event.add("summary", invites.text(title))
    return event


def uid_of(appointment: Appointment) -> str:
    return f"{appointment.reference}@rendez-vous.actess"


def for_member(appointment: Appointment, now: datetime | None = None) -> bytes:
    """Its UID stays for ever, its SEQUENCE grows each time it is moved or cancelled; then it takes the event out."""
    is_cancelled = appointment.state == Appointment.State.CANCELLED
    event = new_event(
        uid=uid_of(appointment),
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        title=f"{appointment.get_kind_display().capitalize()} avec {appointment.counsellor}",
        now=now or timezone.now(),
    )
    event.add("sequence", appointment.changes)
    event.add("organizer", invites.organiser())
    event.add("location", invites.text(appointment.place or "En visioconférence"))
    event.add("description", invites.text(appointment.video_url or HOW_TO_CHANGE))
    event.add("url", address_of(appointment))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    calendar = invites.new(PRODUCT, method="CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(event)
    return invites.written(calendar)
