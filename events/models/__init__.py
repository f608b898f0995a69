from events.models.bookings import Arrangement, Booking, BookingQuerySet, HeardFrom, Need
from events.models.kept_seats import Guest, KeptSeats
from events.models.meetings import (
    HOME,
    REFERENCE_ALPHABET,
    SCHEDULE,
    Kind,
    Meeting,
    MeetingQuerySet,
    State,
    new_reference,
)
from events.models.opinions import Opinion
from events.models.places import Place
from events.models.proxies import InfoSession, MemberEvent

__all__ = [
    "HOME",
    "REFERENCE_ALPHABET",
    "SCHEDULE",
    "Arrangement",
    "Booking",
    "BookingQuerySet",
    "Guest",
    "HeardFrom",
    "InfoSession",
    "KeptSeats",
    "Kind",
    "Meeting",
    "MeetingQuerySet",
    "MemberEvent",
    "Need",
    "Opinion",
    "Place",
    "State",
    "new_reference",
]
