"""Individual appointments, as they are planned, reserve hours of the member's passport."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accompaniment.models import Appointment, Look
from accounts.models import Member
from passport import reservations
from passport.reservations import Plan

State = Appointment.State
AN_HOUR = timedelta(hours=1)


@reservations.planned_by
def planned(since: datetime, member: Member | None) -> Iterable[Plan]:
    """Those that are to come, or were held and wait for their cheque."""
    rows = Appointment.objects.filter(
        kind=Appointment.Kind.INDIVIDUAL, state__in=(State.PLANNED, State.DONE), starts_at__gte=since
    )
    if member is not None:
        rows = rows.filter(member=member)
    return [
        Plan(row.member_id, origin_of(row), Look.INDIVIDUAL, _hours(row), row.starts_at)
        for row in rows.only("member", "reference", "starts_at", "ends_at")
    ]


def origin_of(appointment: Appointment) -> str:
    return f"appointment:{appointment.reference}"


def changed(appointment: Appointment) -> None:
    if appointment.kind == Appointment.Kind.INDIVIDUAL:
        reservations.follow(appointment.member)


def _hours(appointment: Appointment) -> int:
    """Whole ones: an hour and ten minutes begin a second one."""
    return max(1, -((appointment.starts_at - appointment.ends_at) // AN_HOUR))
