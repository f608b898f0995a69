from typing import Any

from django import template
from django.utils import timezone
from django.utils.text import capfirst

from events.models import InfoSession

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


def place_in_words(session: InfoSession) -> str:
    if session.place:
        return str(session.place)
    return "En ligne" if session.is_online else "Lieu communiqué bientôt"


def state(session: InfoSession) -> str:
    """ "cancelled", "past" or nothing."""
    if session.is_cancelled:
        return "cancelled"
    return "past" if session.ends_at <= timezone.now() else ""
