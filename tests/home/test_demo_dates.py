"""The demonstration's dates keep the days of the week, the hours on the wall and the months."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from home.demo.dates import at, month, months_between, on_weekday, shifted

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("day", "hours_from_greenwich"),
    [(date(2026, 10, 24), 2), (date(2026, 10, 25), 1), (date(2027, 3, 27), 1), (date(2027, 3, 28), 2)],
)
def test_an_hour_is_the_one_on_the_wall(day, hours_from_greenwich):
    moment = at(day, time(14))

    assert moment.hour == 14
    assert moment.utcoffset().total_seconds() == hours_from_greenwich * 3600


def test_a_shift_keeps_the_hour_across_the_change_of_clocks():
    moment = datetime(2026, 10, 20, 14, 0, tzinfo=PARIS)

    moved = shifted(moment, 7)

    assert (moved.date(), moved.hour) == (date(2026, 10, 27), 14)
    assert moved.timestamp() - moment.timestamp() == (7 * 24 + 1) * 3600


@pytest.mark.parametrize("weekday", range(1, 8))
@pytest.mark.parametrize("day", range(1, 8))
def test_the_nearest_day_of_the_week_is_taken(day, weekday):
    wanted = date(2026, 11, day)

    found = on_weekday(wanted, weekday)

    assert found.isoweekday() == weekday
    assert abs((found - wanted).days) <= 3


def test_no_weekday_leaves_the_day():
    assert on_weekday(date(2026, 11, 21), None) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("offset", "first"),
    [(0, date(2026, 11, 1)), (2, date(2027, 1, 1)), (-12, date(2025, 11, 1)), (6, date(2027, 5, 1))],
)
def test_months_are_counted_across_years(offset, first):
    assert month(date(2026, 11, 21), offset) == first
    assert months_between(date(2026, 11, 21), first) == offset
