"""Who came to the sessions of the demonstration, and who has a place in the next ones.

Written as rows, with their dates in the past, so that nobody is sent a mail of it.
"""

from datetime import date, datetime, time, timedelta
from itertools import count, cycle
from typing import Any

from django.db.models import Min
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Counsellor, Member, Organisation
from association.models import Departement
from events.models import Arrangement, Booking, HeardFrom, InfoSession, KeptSeats, Meeting, Opinion
from home.demo import content
from home.demo.content import Item
from home.demo.dates import at

CAME, EXCUSED, ABSENT = Booking.Attendance.CAME, Booking.Attendance.EXCUSED, Booking.Attendance.ABSENT
# Of ten people who booked.
ATTENDANCE = [CAME, CAME, ABSENT, CAME, CAME, CAME, EXCUSED, CAME, CAME, CAME]
HEARD_FROM = [HeardFrom.PRESCRIBER, HeardFrom.INTERNET, HeardFrom.FRIENDS, HeardFrom.POSTER, HeardFrom.PRESCRIBER]
NOON = time(12, 5)
MODELS = (Opinion, Arrangement, Booking, KeptSeats)


def load(today: date) -> int:
    """Everybody who booked, once; how many they are."""
    if Booking.objects.exists():
        return 0
    Loading(today).run()
    return Booking.objects.count()


def remove() -> None:
    for model in MODELS:
        model._base_manager.all().delete()
    Meeting.objects.update(host=None)


class Loading:
    """One loading: the same people come round, never twice in a session, and nothing is left to chance."""

    def __init__(self, today: date) -> None:
        self.said = content.read("bookings")
        self.today = today
        self.departements = {place.code: place for place in Departement.objects.all()}
        self.people = cycle(self.said["names"])
        self.prescribers = cycle([*Organisation.objects.prescribers().by_name(), None])
        self.hosts = cycle(Counsellor.objects.by_name())
        self.opinions = cycle(self.said["opinions"])
        self.turn = count()

    def run(self) -> None:
        noon = at(self.today, NOON)
        past = list(InfoSession.objects.open_to_all(noon).past(noon).latest_first())
        came = self._who_came_first(past)
        for session in past:
            self._past(session, came.get(session.pk, []))
        coming = InfoSession.objects.open_to_all(noon).upcoming(noon).filter(cancelled_at=None).soonest_first()
        for session, taken in zip(coming, self.said["taken"], strict=False):
            self._coming(session, taken)
        for number, needs in enumerate(self.said["needs"]):
            coming_first = Booking.objects.filter(session__starts_at__gt=noon).order_by("session__starts_at", "number")
            Arrangement.objects.create(booking=coming_first[number * 4], needs=needs)

    def _who_came_first(self, past: list[InfoSession]) -> dict[int, list[Member]]:
        """Those who became members came to a session first: the last one before they joined."""
        came: dict[int, list[Member]] = {}
        joined = Member.objects.not_erased().annotate(first=Min("memberships__starts_on")).exclude(first=None)
        for member in joined.order_by("pk"):
            before = [session for session in past if timezone.localdate(session.starts_at) < member.first]
            if before:
                came.setdefault(before[0].pk, []).append(member)
        return came

    def _past(self, session: InfoSession, members: list[Member]) -> None:
        closed = session.ends_at + timedelta(hours=1)
        host = next(self.hosts)
        InfoSession.objects.filter(pk=session.pk).update(host=host, sheet_closed_at=closed)
        facts: dict[str, Any] = {"attended_at": session.starts_at, "attended_by": host.user, "invited_at": closed}
        for number, member in enumerate(members, 1):
            self._book(session, number, name=None, member=member, attendance=CAME, **facts)
        booked = max(6, session.seats * 4 // 5)
        for number in range(len(members) + 1, booked + 1):
            attendance = ATTENDANCE[next(self.turn) % len(ATTENDANCE)]
            more = facts if attendance == CAME else facts | {"invited_at": None}
            self._book(session, number, name=next(self.people), attendance=attendance, **more)
        for _person in range(booked // 3):
            useful, clear, better = next(self.opinions)
            given_on = session.ends_at.date() + timedelta(days=1)
            Opinion.objects.create(session=session, useful=useful, clear=clear, better=better, given_on=given_on)

    def _coming(self, session: InfoSession, taken: Item) -> None:
        InfoSession.objects.filter(pk=session.pk).update(host=next(self.hosts), is_full=taken["seats"] < 0)
        seats = session.seats if taken["seats"] < 0 else min(taken["seats"], session.seats - 1)
        for number in range(1, seats + 1):
            self._book(session, number, name=next(self.people))
        for number in range(seats + 1, seats + 1 + taken.get("waiting", 0)):
            self._book(session, number, name=next(self.people), state=Booking.State.WAITING, confirmed_at=None)

    def _book(self, session: InfoSession, number: int, *, name: list[str] | None, **facts: Any) -> Booking:
        turn = next(self.turn)
        heard_from = HEARD_FROM[turn % len(HEARD_FROM)]
        sent_by = next(self.prescribers) if heard_from == HeardFrom.PRESCRIBER else None
        booked_at = self._booked_at(session, turn)
        fields: dict[str, Any] = {
            "state": Booking.State.CONFIRMED,
            "booked_at": booked_at,
            "confirmed_at": booked_at + timedelta(minutes=7),
            "audience": session.audience,
            "departement": session.departement,
            "heard_from": heard_from,
            "sent_by": sent_by,
            "tells_prescriber": bool(sent_by) and turn % 4 > 0,
            "booked_for": sent_by if turn % 5 == 0 else None,
        }
        if name:
            fields |= self._named(name, turn)
        return Booking.objects.create(session=session, number=number, **fields | facts)

    def _named(self, name: list[str], turn: int) -> dict[str, Any]:
        """By e-mail, or one in six by telephone alone."""
        first, last, code = name
        by_telephone = turn % 6 == 5
        return {
            "first_name": first,
            "last_name": last,
            "departement": self.departements[code],
            "email": "" if by_telephone else f"{slugify(first)}.{slugify(last)}@example.org",
            "telephone": f"06 39 98 {20 + turn // 100:02d} {turn % 100:02d}" if by_telephone else "",
        }

    def _booked_at(self, session: InfoSession, turn: int) -> datetime:
        before = session.starts_at - timedelta(days=2 + turn % 12, hours=turn % 7)
        return min(before, at(self.today, time(8)) - timedelta(hours=turn % 40))
