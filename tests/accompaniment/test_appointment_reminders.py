"""Reminders: two days before, then three hours before, each once, and none to who wants none."""

from datetime import UTC, datetime, timedelta

import pytest

from accompaniment import appointments, reminders
from accompaniment.models import Appointment
from errands import minutes
from notices.models import Notice
from tests.accompaniment.agendas import make_appointment, make_availability, make_slot
from tests.people import make_member

pytestmark = pytest.mark.django_db

NINE = datetime(2027, 1, 13, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TWO_DAYS, THREE_HOURS = NINE - timedelta(days=2), NINE - timedelta(hours=3)


def went(moments):
    """What each moment put, as a worker that comes by each time."""
    return [reminders.remind(moment) for moment in moments]


def kinds():
    return [notice.kind for notice in Notice.objects.order_by("pk")]


def test_each_reminder_goes_once_at_its_time():
    make_appointment()

    around = [TWO_DAYS - MINUTE, TWO_DAYS, TWO_DAYS + MINUTE, THREE_HOURS - MINUTE, THREE_HOURS, THREE_HOURS + MINUTE]
    assert went([*around, NINE, NINE + MINUTE]) == [0, 1, 0, 0, 1, 0, 0, 0]
    assert kinds() == ["appointment_in_days", "appointment_in_hours"]
    assert minutes.JOBS["appointments reminded"] == reminders.remind


def test_a_worker_that_was_late_sends_the_later_one_alone():
    make_appointment()

    assert went([THREE_HOURS + MINUTE, THREE_HOURS + 2 * MINUTE]) == [1, 0]
    assert kinds() == ["appointment_in_hours"]


@pytest.mark.parametrize(
    "fields",
    [{"refuses_reminders": True}, {"state": "annule"}, {"state": "honore"}, {"made_at": TWO_DAYS + MINUTE}],
    ids=["refused", "cancelled", "done", "made since"],
)
def test_nobody_is_reminded_of_what_they_need_not_be(fields):
    make_appointment(**fields)

    assert went([TWO_DAYS, TWO_DAYS + 2 * MINUTE]) == [0, 0]


def test_one_that_fails_does_not_hold_the_others_back(caplog):
    make_appointment(make_member(account=False, email="nowhere"), starts_at=NINE - MINUTE)
    make_appointment()

    assert went([TWO_DAYS]) == [1]
    assert "A reminder failed" in caplog.text


def test_who_has_no_address_is_reminded_of_nothing():
    make_appointment(make_member(account=False))

    assert went([TWO_DAYS, THREE_HOURS]) == [0, 0]
    assert not Notice.objects.exists()


def test_an_appointment_that_is_moved_is_reminded_anew():
    counsellor = make_availability().counsellor
    made = make_appointment(counsellor=counsellor)
    went([TWO_DAYS])

    appointments.move(made, make_slot(counsellor, starts_at=NINE + timedelta(days=7)), now=TWO_DAYS)

    week = timedelta(days=7)
    assert went([THREE_HOURS, TWO_DAYS + week, THREE_HOURS + week]) == [0, 1, 1]
    assert kinds().count("appointment_in_days") == 2


def test_one_that_is_moved_to_soon_gets_no_reminder_whose_time_is_over():
    counsellor = make_availability().counsellor
    made = make_appointment(counsellor=counsellor, starts_at=NINE + timedelta(days=7))

    appointments.move(made, make_slot(counsellor), now=NINE - timedelta(hours=25))
    assert went([NINE - timedelta(hours=25), THREE_HOURS]) == [0, 1]

    later = make_slot(counsellor, starts_at=NINE + timedelta(hours=1))
    appointments.move(made, later, now=NINE - timedelta(hours=1), freely=True)
    assert went([NINE - timedelta(hours=1), NINE]) == [0, 0]


def test_what_was_cancelled_a_moment_ago_is_not_reminded():
    made = make_appointment()
    Appointment.objects.filter(pk=made.pk).update(state="annule")

    assert reminders.remind_of(made.pk, TWO_DAYS) is False


def test_a_reminder_says_when_and_where_and_how_not_to_come():
    make_appointment(video_url="https://visio.example.org/salle", place="")
    went([TWO_DAYS, THREE_HOURS])

    days, hours = (notice.text.replace("\u00a0", " ") for notice in Notice.objects.order_by("pk"))
    assert "mercredi 13 janvier 2027 à 9 h" in days
    assert "mercredi 13 janvier 2027 à 9 h" in hours
    for text in (days, hours):
        assert "https://visio.example.org/salle" in text
        assert "/rendez-vous/" in text
