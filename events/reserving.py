"""Places that members have in events that spend hours reserve these hours in their passport."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import Member
from events.models import Booking, Meeting
from passport import reservations
from passport.reservations import Plan

NOT_THERE = (Booking.Attendance.ABSENT, Booking.Attendance.EXCUSED)


@reservations.planned_by
def planned(since: datetime, member: Member | None) -> Iterable[Plan]:
    """Confirmed places of events to come, or that were held and wait for their cheques."""
    rows = Booking.objects.filter(
        state=Booking.State.CONFIRMED,
        member__isnull=False,
        session__hours__gt=0,
        session__cancelled_at=None,
        session__starts_at__gte=since,
    ).exclude(attendance__in=NOT_THERE)
    if member is not None:
        rows = rows.filter(member=member)
    return [
        Plan(row.member_id or 0, origin_of(row.session), row.session.activity, row.session.hours, row.session.starts_at)
        for row in rows.select_related("session")
    ]


def origin_of(event: Meeting) -> str:
    return f"event:{event.reference}"


def changed(booking: Booking) -> None:
    """Somebody has a place, or has it no more. An event that changes is followed within a minute."""
    if booking.member is not None and booking.session.hours:
        reservations.follow(booking.member)
