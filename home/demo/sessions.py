"""The demonstration's places and information sessions."""

from datetime import date, time, timedelta
from typing import Any

from django.utils.text import slugify

from association.models import Departement
from events.models import InfoSession, Place
from home.demo import content
from home.demo.content import Item
from home.demo.dates import at, on_weekday

DAYS_AHEAD = 90
MORNING = time(9)


def load_places() -> dict[str, Place]:
    """Each place by its key."""
    places = {}
    for item in content.items("places"):
        fields = {name: item[name] for name in ("name", "address", "postcode", "city")}
        details = {
            "departement": Departement.objects.get(code=item["departement"]),
            "directions": item.get("directions", ""),
            "accessible": item.get("accessible", False),
            "access_note": item.get("access_note", ""),
        }
        places[item["key"]] = Place.objects.get_or_create(**fields, defaults=details)[0]
    return places


def load_sessions(places: dict[str, Place], today: date) -> int:
    """All the sessions, where there is none yet: two of them may well bear the same title."""
    if InfoSession.objects.exists():
        return 0
    items = content.items("sessions")
    for item in items:
        session = InfoSession(**_fields(item, places, today))
        session.full_clean()
        session.save()
    return len(items)


def _fields(item: Item, places: dict[str, Place], today: date) -> dict[str, Any]:
    day = on_weekday(today + timedelta(days=item["in_days"]), item.get("weekday"))
    starts_at = at(day, time.fromisoformat(item["start"]))
    opens_on = today + timedelta(days=item["publish_in_days"]) if "publish_in_days" in item else None
    cancelled_on = min(day - timedelta(days=3), today - timedelta(days=1))
    return {
        "title": item["title"],
        "summary": item.get("summary", ""),
        "programme": item.get("programme", ""),
        "audience": item["audience"],
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=item["minutes"]),
        "place": places.get(item.get("place", "")),
        "departement": Departement.objects.filter(code=item.get("departement", "")).first(),
        "online_url": f"https://example.org/visio/{slugify(item['title'])}" if item.get("online") else "",
        "seats": item["seats"],
        "organiser": item.get("organiser", ""),
        "publish_at": at(opens_on or min(day, today) - timedelta(days=DAYS_AHEAD), MORNING),
        "cancelled_at": at(cancelled_on, MORNING) if "cancelled" in item else None,
        "cancelled_because": item.get("cancelled", ""),
    }
