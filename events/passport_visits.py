"""After an event that spends hours: who came is given the visit, by who accompanies them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import Counsellor, Member
from events.models import Booking, Meeting
from events.reserving import origin_of
from passport import collective
from passport.collective import Gathering, Outcome


@dataclass(frozen=True)
class Given:
    """What each member whom the counsellor accompanies gets; the others are only named."""

    outcomes: list[Outcome]
    others: list[Member]

    @property
    def to_propose(self) -> list[Outcome]:
        return [row for row in self.outcomes if row.cheques and not row.is_done]


def spends_hours(event: Meeting) -> bool:
    return bool(event.hours) and not event.is_cancelled


def can_be_proposed(event: Meeting, now: datetime) -> bool:
    """Once its sheet is closed: who came is known."""
    return spends_hours(event) and event.sheet_closed_at is not None and event.has_ended(now)


def rehearse(event: Meeting, *, counsellor: Counsellor, key: UUID, now: datetime) -> Given:
    """Who would get what: nothing stays written."""
    mine, others = _came(event, counsellor, now)
    found = collective.rehearse_for_all(gathering(event), mine, counsellor=counsellor, key=key, now=now)
    return Given(_by_name(found), others)


def propose(event: Meeting, *, counsellor: Counsellor, key: UUID, means: str, now: datetime) -> Given:
    mine, others = _came(event, counsellor, now)
    found = collective.propose_for_all(gathering(event), mine, counsellor=counsellor, key=key, means=means, now=now)
    return Given(_by_name(found), others)


def gathering(event: Meeting) -> Gathering:
    place = f"{event.place.name}, {event.place.city}" if event.place else "En ligne" if event.is_online else ""
    return Gathering(
        activity=event.activity,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        hours=event.hours,
        what=event.title,
        origin=origin_of(event),
        place=place,
    )


def _came(event: Meeting, counsellor: Counsellor, now: datetime) -> tuple[list[Member], list[Member]]:
    """Those whom this counsellor accompanies, and those of others."""
    came = event.bookings.filter(
        state=Booking.State.CONFIRMED,
        attendance=Booking.Attendance.CAME,
        anonymised_at=None,
        member__isnull=False,
        member__erased_at=None,
    )
    members = list(Member.objects.filter(pk__in=came.values("member")).by_name())
    followed = Member.objects.followed_by(counsellor.user, now).exclude(user=counsellor.user)
    mine = set(followed.filter(pk__in=[member.pk for member in members]).values_list("pk", flat=True))
    return [row for row in members if row.pk in mine], [row for row in members if row.pk not in mine]


def _by_name(outcomes: list[Outcome]) -> list[Outcome]:
    return sorted(outcomes, key=lambda row: (row.member.last_name, row.member.first_name, row.member.pk))
