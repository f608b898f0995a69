"""When a member came to an information session: the first step of their way."""

from datetime import date

from django.utils import timezone

from accounts.models import Member
from events.models import Booking
from events.models.meetings import Kind


def senders(member: Member) -> set[int]:
    """The bodies that booked a place for this member, or from which they said that they came."""
    bookings = Booking.objects.filter(member=member).values_list("booked_for", "sent_by")
    return {organisation for row in bookings for organisation in row if organisation}


def informed_on(member: Member) -> date | None:
    """The day of the first session at which their presence is noted."""
    came = Booking.objects.filter(member=member, attendance=Booking.Attendance.CAME, session__kind=Kind.INFO)
    start = came.order_by("session__starts_at").values_list("session__starts_at", flat=True).first()
    return timezone.localdate(start) if start else None
