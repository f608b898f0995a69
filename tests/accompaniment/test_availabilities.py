"""When counsellors receive: added, changed, ended; and days off, refused while somebody is expected."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accompaniment import appointments, availabilities
from accompaniment.models import Appointment, Availability, DaysOff
from tests.accompaniment.agendas import NOW, PLACE, make_appointment, make_availability, make_slot
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db

MORNING = {
    "weekday": 2,
    "starts": time(9),
    "ends": time(12),
    "length": 60,
    "pause": 0,
    "place": PLACE,
    "video_url": "",
    "since": date(2027, 1, 1),
    "until": None,
}
WEDNESDAY = date(2027, 1, 13)


def refusal(call):
    with pytest.raises(ValidationError) as refused:
        call()
    error = refused.value
    return error.message_dict if hasattr(error, "error_dict") else error.code


def test_what_is_added_is_offered():
    counsellor = make_counsellor()

    rule = availabilities.add(counsellor, **MORNING)

    assert (rule.counsellor, rule.weekday, str(rule)) == (counsellor, 2, "mercredi, 09:00–12:00")
    assert appointments.free_slots(None, now=NOW)[0].counsellor == counsellor


@pytest.mark.parametrize(
    "typed",
    [
        {"ends": time(9)},
        {"ends": time(9, 59)},
        {"place": ""},
        {"video_url": "https://visio.example.org/"},
        {"until": date(2026, 12, 31)},
        {"length": 5},
        {"pause": 500},
    ],
    ids=["no time", "too short", "nowhere", "two places", "ends before", "a moment", "a long pause"],
)
def test_what_makes_no_sense_is_refused(typed):
    with pytest.raises(ValidationError):
        availabilities.add(make_counsellor(), **MORNING | typed)
    assert not Availability.objects.exists()


def test_nothing_else_is_written_by_that_way():
    with pytest.raises(TypeError):
        availabilities.add(make_counsellor(), **MORNING, pk=3)


@pytest.mark.parametrize(
    ("typed", "meets"),
    [
        ({"starts": time(11), "ends": time(14)}, True),
        ({"starts": time(12), "ends": time(14)}, False),
        ({"weekday": 3}, False),
        ({"since": date(2027, 6, 1)}, False),
        ({"until": date(2027, 1, 31), "since": date(2027, 1, 20)}, True),
    ],
    ids=["overlaps", "follows", "another day", "after its end", "inside"],
)
def test_two_of_a_counsellor_never_hold_at_the_same_hour(typed, meets):
    counsellor = make_counsellor()
    availabilities.add(counsellor, **MORNING | {"until": date(2027, 5, 31)})
    add = lambda: availabilities.add(counsellor, **MORNING | typed)  # noqa: E731

    if meets:
        assert refusal(add) == "overlap"
    else:
        assert add().pk
    assert availabilities.add(make_counsellor(), **MORNING).pk


def test_a_change_holds_from_now_on_and_leaves_what_is_fixed():
    rule = make_availability()
    made = appointments.book(make_member(), make_slot(rule.counsellor), now=NOW)

    availabilities.change(rule, **MORNING | {"starts": time(14), "ends": time(16), "place": "Ailleurs"})

    made.refresh_from_db()
    assert (made.place, made.starts_at) == (PLACE, datetime(2027, 1, 13, 8, 0, tzinfo=UTC))
    assert {slot.place for slot in appointments.free_slots(None, now=NOW)} == {"Ailleurs"}


def test_an_availability_that_ends_offers_nothing_more_and_leaves_what_is_fixed():
    rule = make_availability()
    made = appointments.book(make_member(), make_slot(rule.counsellor), now=NOW)

    availabilities.end(rule, now=NOW)

    assert appointments.free_slots(None, now=NOW) == []
    made.refresh_from_db()
    assert made.is_planned
    rule.refresh_from_db()
    assert rule.until == date(2027, 1, 10)


def test_one_that_has_offered_nothing_yet_is_taken_away():
    availabilities.end(make_availability(since=date(2027, 1, 11)), now=NOW)

    assert not Availability.objects.exists()


def test_days_off_are_refused_with_the_list_while_appointments_are_planned():
    counsellor = make_availability().counsellor
    made = make_appointment(counsellor=counsellor)
    make_appointment(counsellor=counsellor, starts_at=made.starts_at + timedelta(hours=2), state="annule")
    make_appointment()
    take = lambda: availabilities.take_days_off(  # noqa: E731
        counsellor, starts_on=WEDNESDAY, ends_on=WEDNESDAY, now=NOW
    )

    with pytest.raises(availabilities.StillPlannedError) as refused:
        take()
    assert refused.value.appointments == [made]
    assert not DaysOff.objects.exists()

    appointments.cancel(made, by=counsellor.user, now=NOW)
    taken = take()
    assert take() == taken
    assert DaysOff.objects.count() == 1
    assert WEDNESDAY not in {slot.starts_at.date() for slot in appointments.free_slots(None, now=NOW)}


def test_a_day_off_lasts_until_midnight_in_paris():
    counsellor = make_counsellor()
    make_appointment(counsellor=counsellor, starts_at=datetime(2027, 1, 13, 23, 0, tzinfo=UTC))
    evening = datetime(2027, 1, 11, 22, 30, tzinfo=UTC)
    late = make_appointment(counsellor=counsellor, starts_at=evening)

    assert availabilities.take_days_off(counsellor, starts_on=WEDNESDAY, ends_on=WEDNESDAY, now=NOW).pk
    with pytest.raises(availabilities.StillPlannedError) as refused:
        availabilities.take_days_off(counsellor, starts_on=date(2027, 1, 12), ends_on=date(2027, 1, 12), now=NOW)
    assert refused.value.appointments == [late]


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2027, 1, 14), date(2027, 1, 13)),
        (date(2027, 1, 1), date(2027, 1, 10)),
        (date(2027, 2, 1), date(2028, 2, 28)),
        (date.max, date.max),
    ],
    ids=["backwards", "past", "longer than a year", "at the end of time"],
)
def test_days_off_that_make_no_sense_are_refused(starts_on, ends_on):
    with pytest.raises(ValidationError):
        availabilities.take_days_off(make_counsellor(), starts_on=starts_on, ends_on=ends_on, now=NOW)
    assert not DaysOff.objects.exists()


def test_days_off_that_are_given_back_are_offered_again():
    counsellor = make_availability().counsellor
    absence = availabilities.take_days_off(counsellor, starts_on=WEDNESDAY, ends_on=date(2027, 3, 1), now=NOW)

    availabilities.give_back(absence)

    assert appointments.free_slots(None, now=NOW)[0].counsellor == counsellor


def test_the_database_keeps_availabilities_and_days_off_true():
    counsellor = make_counsellor()
    for wrong in ({"ends": time(9)}, {"place": ""}, {"until": date(2025, 1, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_availability(counsellor, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        DaysOff.objects.create(counsellor=counsellor, starts_on=WEDNESDAY, ends_on=date(2027, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_appointment(ends_at=NOW)
    assert not Appointment.objects.exists()
