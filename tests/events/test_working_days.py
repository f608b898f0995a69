from datetime import date, datetime

import pytest
from django.utils import timezone

from events.working_days import easter, end_of_working_day, is_working_day


def paris(*moment):
    return timezone.make_aware(datetime(*moment))  # noqa: DTZ001  # made aware here


@pytest.mark.parametrize(
    "day",
    [date(1961, 4, 2), date(2000, 4, 23), date(2008, 3, 23), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)],
)
def test_easter_is_where_calendars_have_it(day):
    assert easter(day.year) == day


@pytest.mark.parametrize(
    "day",
    [
        *(date(2026, 1, 1), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 8), date(2026, 5, 14), date(2026, 5, 25)),
        *(date(2026, 7, 14), date(2027, 8, 16).replace(day=15), date(2027, 11, 1), date(2026, 11, 11)),
        *(date(2026, 12, 25), date(2026, 11, 21), date(2026, 11, 22)),
    ],
)
def test_nobody_calls_back_on_a_holiday_or_at_the_weekend(day):
    assert not is_working_day(day)


def test_there_are_as_many_working_days_as_calendars_say():
    days = [date.fromordinal(number) for number in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]

    assert sum(map(is_working_day, days)) == 252


@pytest.mark.parametrize(
    ("asked", "end"),
    [
        (paris(2026, 10, 5, 9), paris(2026, 10, 7, 23, 59)),  # Monday
        (paris(2026, 10, 8, 23, 30), paris(2026, 10, 12, 23, 59)),  # Thursday, late
        (paris(2026, 10, 10, 9), paris(2026, 10, 13, 23, 59)),  # Saturday
        (paris(2026, 12, 23, 9), paris(2026, 12, 28, 23, 59)),  # before Christmas
        (paris(2026, 4, 30, 9), paris(2026, 5, 5, 23, 59)),  # before the first of May
        (paris(2026, 10, 23, 9), paris(2026, 10, 27, 23, 59)),  # through the change of hour
        (paris(2026, 5, 12, 9), paris(2026, 5, 15, 23, 59)),  # before Ascension Day
    ],
)
def test_two_working_days_are_counted_from_the_day_after(asked, end):
    assert end_of_working_day(asked, 2) == end
