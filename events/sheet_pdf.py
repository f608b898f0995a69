"""The sheet of a meeting on A4, to be signed: names and départements, never a telephone nor what somebody needs."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from association.models import Identity
from events import attendance_sheets
from events.models import Booking, Meeting
from pages.printing import printed as typeset
from pages.templatetags.french import hours_until, long_date

SOURCE = Path(__file__).with_name("sheet.typ")
# For people who come without having booked.
BLANK_LINES = 6


def printed(session: Meeting) -> bytes:
    return typeset(SOURCE, _sheet(session))


def _sheet(session: Meeting) -> dict[str, Any]:
    identity = Identity.objects.first() or Identity()
    return {
        "association": identity.name,
        "title": session.title,
        "day": long_date(timezone.localdate(session.starts_at)).capitalize(),
        "hours": hours_until(session.starts_at, session.ends_at),
        "place": _place(session),
        "host": str(session.host or session.organiser),
        "people": [_person(booking) for booking in attendance_sheets.to_sign(session)],
        "blank": BLANK_LINES,
    }


def _place(session: Meeting) -> str:
    if session.place:
        return f"{session.place.name}, {session.place.address}, {session.place.postcode} {session.place.city}"
    return "En ligne" if session.is_online else "Lieu à préciser"


def _person(booking: Booking) -> list[str]:
    departement = (booking.member and booking.member.departement) or booking.departement
    return [booking.name, str(departement or "")]
