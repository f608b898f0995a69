"""Slots: what is left of the availabilities, on the clocks of Paris."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from accompaniment.models import Availability, DaysOff
from accompaniment.slots import Slot, of_day, open_slots
from accounts.models import Counsellor, User
from association.clocks import moment_of
from tests.accompaniment.agendas import NOW

LEA = Counsellor(pk=1, number=7, user=User(first_name="Léa"))
NOE = Counsellor(pk=2, number=9, user=User(first_name="Noé"))
WEDNESDAY = date(2027, 1, 13)
SPRING = date(2027, 3, 28)
AUTUMN = date(2027, 10, 31)


def rule(counsellor=LEA, **fields):
    defaults = {"weekday": 2, "starts": time(9), "ends": time(12), "place": "Ici", "since": date(2026, 1, 1)}
    return Availability(counsellor=counsellor, **defaults | fields)


def clocks(slots):
    return [f"{timezone.localtime(slot.starts_at):%d %H:%M}" for slot in slots]


def found(*rules, now=NOW, days=7, **options):
    return open_slots(rules, first=now + timedelta(hours=24), last=now + timedelta(days=days), **options)


def test_slots_follow_one_another_as_long_as_a_whole_one_fits():
    assert clocks(of_day(rule(length=50), WEDNESDAY)) == ["13 09:00", "13 09:50", "13 10:40"]
    assert clocks(of_day(rule(length=45, pause=15), WEDNESDAY)) == ["13 09:00", "13 10:00", "13 11:00"]


def test_a_slot_is_in_the_place_of_its_availability():
    [slot] = of_day(rule(ends=time(10), place="", video_url="https://visio.example.org/"), WEDNESDAY)

    assert (slot.place, slot.video_url) == ("", "https://visio.example.org/")
    assert slot.key == "7-20270113T0800"


def test_nothing_is_offered_sooner_than_its_first_moment_nor_later_than_its_last():
    ten = datetime(2027, 1, 13, 9, 0, tzinfo=UTC)

    assert clocks(open_slots([rule()], first=ten, last=ten + timedelta(hours=1))) == ["13 10:00", "13 11:00"]
    assert clocks(open_slots([rule()], first=ten + timedelta(seconds=1), last=ten + timedelta(hours=1))) == ["13 11:00"]


def test_an_availability_offers_each_of_its_weeks_while_it_runs():
    starts = {"since": date(2027, 1, 14), "until": date(2027, 1, 27)}

    assert clocks(found(rule(**starts, ends=time(10)), days=30)) == ["20 09:00", "27 09:00"]
    assert clocks(found(rule(ends=time(10)), days=30)) == ["13 09:00", "20 09:00", "27 09:00", "03 09:00", "10 09:00"]


def test_nothing_is_offered_on_days_off_of_its_counsellor_alone():
    off = [DaysOff(counsellor=LEA, starts_on=WEDNESDAY, ends_on=WEDNESDAY)]

    slots = found(rule(), rule(NOE, starts=time(11)), days_off=off)

    assert [(slot.counsellor, text) for slot, text in zip(slots, clocks(slots), strict=True)] == [(NOE, "13 11:00")]


@pytest.mark.parametrize(
    ("starts", "minutes", "left"),
    [
        ((8, 0), 60, ["13 10:00", "13 11:00"]),
        ((8, 59), 2, ["13 11:00"]),
        ((9, 30), 15, ["13 09:00", "13 11:00"]),
        ((7, 0), 60, ["13 09:00", "13 10:00", "13 11:00"]),
        ((7, 0), 600, []),
    ],
    ids=["the same", "the end of one and the start of the next", "inside", "just before", "around"],
)
def test_what_overlaps_takes_a_slot_and_what_touches_does_not(starts, minutes, left):
    begins = datetime(2027, 1, 13, *starts, tzinfo=UTC)

    assert clocks(found(rule(), busy={LEA.pk: [(begins, begins + timedelta(minutes=minutes))]})) == left


def test_what_takes_one_counsellor_leaves_another():
    begins = datetime(2027, 1, 13, 8, 0, tzinfo=UTC)

    slots = found(rule(ends=time(10)), rule(NOE, ends=time(10)), busy={LEA.pk: [(begins, begins + timedelta(hours=3))]})

    assert [slot.counsellor for slot in slots] == [NOE]


def test_two_availabilities_that_offer_the_same_moment_offer_it_once():
    assert clocks(found(rule(ends=time(10)), rule(ends=time(10), place="Là"))) == ["13 09:00"]


def test_slots_are_in_order_of_time_then_of_counsellor():
    slots = found(rule(NOE, ends=time(10)), rule(ends=time(11)))

    assert [(slot.counsellor, text) for slot, text in zip(slots, clocks(slots), strict=True)] == [
        (LEA, "13 09:00"),
        (NOE, "13 09:00"),
        (LEA, "13 10:00"),
    ]


def test_an_hour_that_clocks_skip_has_no_slot():
    early = rule(weekday=6, starts=time(1), ends=time(5), length=30)

    slots = list(of_day(early, SPRING))

    shown = ["28 01:00", "28 01:30", "28 03:00", "28 03:30", "28 04:00", "28 04:30"]
    assert clocks(slots) == shown
    assert {slot.ends_at - slot.starts_at for slot in slots} == {timedelta(minutes=30)}
    assert moment_of(SPRING, time(2, 30)) is None


def test_a_slot_over_the_skipped_hour_lasts_its_whole_length_and_takes_the_next():
    early = rule(weekday=6, starts=time(1), ends=time(7), length=120)

    slots = list(of_day(early, SPRING))

    # From 1 h to 4 h on the clock are two hours: the slot of 3 h would begin before its end.
    assert clocks(slots) == ["28 01:00", "28 05:00"]
    assert timezone.localtime(slots[0].ends_at).hour == 4


def test_an_hour_that_comes_twice_has_one_slot():
    early = rule(weekday=6, starts=time(1), ends=time(4))

    slots = list(of_day(early, AUTUMN))

    assert [slot.starts_at for slot in slots] == [
        datetime(2027, 10, 30, 23, 0, tzinfo=UTC),
        datetime(2027, 10, 31, 0, 0, tzinfo=UTC),
        datetime(2027, 10, 31, 2, 0, tzinfo=UTC),
    ]
    assert {slot.ends_at - slot.starts_at for slot in slots} == {timedelta(hours=1)}


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_hours_of_the_day_are_the_same_on_both_days_of_the_change(day):
    assert clocks(of_day(rule(weekday=6), day)) == [f"{day:%d} {hour}" for hour in ("09:00", "10:00", "11:00")]


def test_slots_are_the_same_whatever_the_clock_is_said_in():
    paris = timezone.localtime(datetime(2027, 1, 13, 8, 0, tzinfo=UTC))
    universal = paris.astimezone(UTC)

    assert Slot(LEA, paris, paris) == Slot(LEA, universal, universal)
    assert Slot(LEA, paris, paris).key == Slot(LEA, universal, universal).key
