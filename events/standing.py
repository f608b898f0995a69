"""Where a booking stands for the person whose it is, in words, and what they may do about it now."""

from dataclasses import dataclass
from datetime import datetime

from events import bookings
from events.models import Booking
from notices.models import Notice

TITLES = {
    "held": "Confirmez votre place",
    "to_call": "Nous allons vous appeler",
    "confirmed": "Votre place est confirmée",
    "waiting": "Vous êtes en liste d’attente",
    "offered": "Une place est libre pour vous",
    "lapsed": "Votre place n’est plus retenue",
    "cancelled": "Votre place est annulée",
    "session_cancelled": "La réunion est annulée",
    "came": "Merci d’être venu·e",
    "ended": "Cette réunion a eu lieu",
}
MAY = {
    "held": {"confirm", "change", "move", "cancel"},
    "to_call": {"confirm", "change", "move", "cancel"},
    "confirmed": {"change", "move", "cancel", "remind"},
    "waiting": {"change", "move", "leave", "remind"},
    "offered": {"accept", "decline", "change", "remind"},
    "lapsed": {"rejoin"},
    "cancelled": {"rejoin"},
}

# Who is on their way, as far as anybody knows.
EXPECTED = {"held", "to_call", "confirmed", "offered"}


@dataclass(frozen=True)
class Standing:
    """`name` is one of `TITLES`; `may` holds what the rules let this person do; `rank` is 0 but in the list.

    `moved_at` is when they were told that the meeting has another time or place.
    """

    name: str
    may: frozenset[str]
    rank: int = 0
    moved_at: datetime | None = None

    @property
    def title(self) -> str:
        return TITLES[self.name]


def standing(booking: Booking, now: datetime) -> Standing:
    name = _name(booking, now)
    may = set(MAY.get(name, ()))
    if booking.session.starts_at <= now:
        may -= {"confirm", "move", "accept", "rejoin"}
    if not booking.session.is_for_all:
        may -= {"move"}
    rank = bookings.rank(booking) if name == "waiting" else 0
    told = Notice.objects.about(booking.reference).filter(kind="meeting_changed").newest_first()
    moved_at = told.values_list("asked_at", flat=True).first() if name in EXPECTED else None
    return Standing(name, frozenset(may), rank, moved_at)


def _name(booking: Booking, now: datetime) -> str:
    session = booking.session
    if session.has_ended(now):
        return "came" if booking.attendance == Booking.Attendance.CAME else "ended"
    if booking.state == Booking.State.CANCELLED:
        return "cancelled"
    if session.is_cancelled:
        return "session_cancelled"
    if booking.state == Booking.State.WAITING:
        return "waiting"
    # Over before it is put away: a hold or an offer that holds nothing.
    if not booking.holds_a_seat(now):
        return "lapsed"
    if booking.state == Booking.State.HELD and booking.is_to_call_back:
        return "to_call"
    return {"retenue": "held", "proposee": "offered"}.get(booking.state, "confirmed")
