"""What members find of their events: those to come, their places in them, the hours that these reserve."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accompaniment.models import PackageKind
from accounts.models import Member
from events import links, openings
from events.models import Booking, Guest, Kind, Meeting, MemberEvent
from events.seats import seats_left

PAST_SHOWN = 6


def context(member: Member | None, *, now: datetime) -> dict[str, Any]:
    """The events to come, each with this member's place, and the last ones to which they came."""
    coming = MemberEvent.objects.open_to_members(now).upcoming(now).soonest_first()
    places = _places(member)
    came = [place for place in places.values() if place.attendance == Booking.Attendance.CAME]
    labels = activity_labels()
    return {
        "events": [
            {"event": event, "place": places.get(event.pk), "activity": labels.get(event.activity, "")}
            for event in coming.select_related("place", "departement")
        ],
        "came": sorted(came, key=lambda place: place.session.starts_at, reverse=True)[:PAST_SHOWN],
        "reserved": reserved_hours(list(places.values()), now).total(),
    }


def one(event: MemberEvent, member: Member | None, *, now: datetime) -> dict[str, Any]:
    place = _places(member, of=event).get(event.pk)
    return {
        "event": event,
        "place": place,
        "link": links.path_of(place) if place and place.is_live else "",
        "seats_left": seats_left(event, now),
        "closed_because": openings.closed_to(event, member) if member else "",
        "activity": activity_labels().get(event.activity, ""),
        "guests": [guest for guest in event.guests.all() if guest.is_shown],
        "has_started": event.starts_at <= now,
        "has_ended": event.has_ended(now),
        "is_assembly": event.kind == Kind.ASSEMBLY,
    }


def reserved_hours(places: list[Booking], now: datetime) -> Counter[str]:
    """Hours by activity that confirmed places in events to come will spend, once signed: what a passport reserves."""
    hours: Counter[str] = Counter()
    for place in places:
        session = place.session
        is_to_come = not session.is_cancelled and not session.has_ended(now)
        if place.state == Booking.State.CONFIRMED and session.hours and is_to_come:
            hours[session.activity] += session.hours
    return hours


def activity_labels() -> dict[str, str]:
    """The name of each kind of activity, as its latest version says it."""
    return dict(PackageKind.objects.order_by("version__number", "pk").values_list("code", "label"))


def invite_guest(event: Meeting, guest: Guest) -> Guest:
    """One more guest, as long as a guest's seat is left."""
    with transaction.atomic():
        locked = Meeting.objects.select_for_update().get(pk=event.pk)
        if locked.guests.count() >= locked.guest_seats:
            told = "Toutes les places d’invités sont prises : ajoutez-en dans la fiche de l’événement."
            raise ValidationError(told, code="full")
        guest.session = locked
        guest.full_clean()
        guest.save()
    return guest


def _places(member: Member | None, *, of: MemberEvent | None = None) -> dict[int, Booking]:
    """This member's last booking of each event."""
    if member is None:
        return {}
    rows = Booking.objects.filter(member=member).exclude(session__kind=Kind.INFO)
    rows = rows.filter(session=of) if of else rows
    return {row.session_id: row for row in rows.select_related("session").in_order()}
