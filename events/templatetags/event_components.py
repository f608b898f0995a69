from typing import Any

from django import template
from django.utils import timezone
from django.utils.text import capfirst

from events.models import Booking, InfoSession, Meeting, MemberEvent
from pages.templatetags.french import count_of

register = template.Library()


@register.inclusion_tag("components/session_card.html")
def session_card(session: InfoSession, level: int = 3) -> dict[str, Any]:
    """A session in a list, as a stamp."""
    chips = [{"title": session.departement.name}] if session.departement else []
    chips.append({"title": capfirst(session.get_audience_display())})
    return {
        "session": session,
        "place": place_in_words(session),
        "chips": chips,
        "state": state(session),
        "level": level,
    }


@register.filter
def place_in_words(session: Meeting) -> str:
    if session.place:
        return str(session.place)
    return "En ligne" if session.is_online else "Lieu communiqué bientôt"


def state(session: Meeting) -> str:
    """ "cancelled", "past", "full" or nothing."""
    if session.is_cancelled:
        return "cancelled"
    if session.ends_at <= timezone.now():
        return "past"
    return "full" if session.is_full else ""


PLACES = {
    Booking.State.CONFIRMED: "Votre place est réservée",
    Booking.State.WAITING: "Vous êtes en liste d’attente",
    Booking.State.OFFERED: "Une place vous est proposée",
}


@register.inclusion_tag("components/member_event_card.html")
def member_event_card(
    event: MemberEvent, place: Booking | None = None, activity: str = "", level: int = 3
) -> dict[str, Any]:
    """One of the members' events in a list: what it is, the hours it takes, the place that the member has."""
    chips = [{"title": capfirst(event.get_kind_display())}]
    if event.hours:
        chips.append({"title": f"{count_of(event.hours, 'vignette')} {activity.lower()}".strip()})
    if place and place.state in PLACES:
        chips.append({"title": PLACES[Booking.State(place.state)]})
    now_off = state(event)
    return {
        "event": event,
        "where": place_in_words(event),
        "chips": chips,
        "state": now_off or ("full" if event.is_full and not place else ""),
        "level": level,
    }
