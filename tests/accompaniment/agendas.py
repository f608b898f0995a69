"""What agendas are made of: `make_availability(counsellor, weekday=1)`, `make_appointment(member)`."""

from datetime import UTC, date, datetime, time, timedelta

from accompaniment.models import Appointment, Availability
from accompaniment.slots import Slot
from tests.people import make_counsellor, make_member

# A Monday at noon in Paris, far from both changes of hour.
NOW = datetime(2027, 1, 11, 11, 0, tzinfo=UTC)
PLACE = "Maison des associations, Saint-Aubin"


def make_availability(counsellor=None, **fields):
    """Wednesdays from 9 to 12, an hour each."""
    defaults = {"weekday": 2, "starts": time(9), "ends": time(12), "place": PLACE, "since": date(2026, 1, 1)}
    return Availability.objects.create(counsellor=counsellor or make_counsellor(), **defaults | fields)


def make_slot(counsellor, *, starts_at=None, minutes=60, **fields):
    """Next Wednesday at 9 in Paris."""
    start = starts_at or datetime(2027, 1, 13, 8, 0, tzinfo=UTC)
    return Slot(counsellor, start, start + timedelta(minutes=minutes), **{"place": PLACE} | fields)


def make_appointment(member=None, counsellor=None, *, starts_at=None, **fields):
    start = starts_at or datetime(2027, 1, 13, 8, 0, tzinfo=UTC)
    return Appointment.objects.create(
        member=member or make_member(),
        counsellor=counsellor or make_counsellor(),
        starts_at=start,
        **{"ends_at": start + timedelta(hours=1), "place": PLACE, "made_at": NOW - timedelta(days=9)} | fields,
    )
