"""The calendar file of an appointment: right across the changes of hour, and it takes out what it put in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from accompaniment.calendars import for_member
from accompaniment.models import Appointment
from tests.accompaniment.agendas import make_appointment
from tests.factories import make_home

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")


def read(appointment):
    [calendar] = [Calendar.from_ical(for_member(appointment))]
    [event] = calendar.walk("VEVENT")
    return calendar, event


def zone_offset(calendar, moment):
    """What the rules written in the file say of a moment: its hours from universal time."""
    [rules] = calendar.walk("VTIMEZONE")
    return rules.to_tz().utcoffset(moment.replace(tzinfo=None))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 3, 27, 9, tzinfo=UTC),
        datetime(2027, 3, 28, 0, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2027, 10, 30, 9, tzinfo=UTC),
        datetime(2027, 10, 31, 2, 30, tzinfo=UTC),
    ],
)
def test_hours_are_those_of_the_wall_on_both_sides_of_a_change(moment):
    appointment = make_appointment(starts_at=moment, ends_at=moment + timedelta(minutes=30))

    calendar, event = read(appointment)

    assert event.start == moment
    local = moment.astimezone(PARIS)
    assert zone_offset(calendar, local) == local.utcoffset()


def test_the_hour_that_comes_twice_is_written_in_universal_time():
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    _calendar, event = read(make_appointment(starts_at=second, ends_at=second + timedelta(minutes=30)))

    assert event.to_ical().decode().count("DTSTART:20261025T013000Z") == 1


def test_a_cancelled_one_takes_itself_out_by_the_association():
    make_home()
    kept, gone = make_appointment(), make_appointment(state=Appointment.State.CANCELLED)

    calendar, event = read(gone)

    assert (str(calendar["METHOD"]), str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    assert str(event["ORGANIZER"]).startswith("mailto:")
    assert str(read(kept)[0]["METHOD"]) == "PUBLISH"


def test_nothing_that_was_typed_ends_its_line():
    appointment = make_appointment(place="Salle 2\r\nBEGIN:VEVENT;,\\ au fond")

    calendar, event = read(appointment)

    assert len(calendar.walk("VEVENT")) == 1
    assert str(event["LOCATION"]) == "Salle 2\nBEGIN:VEVENT;,\\ au fond"
