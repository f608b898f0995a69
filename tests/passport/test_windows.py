"""The window of a passport, in days of Paris: ends of months, leap years, the changes of hour."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings, strategies

from association.clocks import months_later
from passport.ledger import midnight
from passport.models import day_of

DAYS = strategies.dates(date(2026, 1, 1), date(2040, 12, 31))
INSTANTS = strategies.datetimes(datetime(2026, 1, 1), datetime(2040, 12, 31), timezones=strategies.just(UTC))  # noqa: DTZ001
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 29), date(2028, 2, 29)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 9, 1), date(2026, 12, 1)),
        (date(2026, 3, 31), date(2026, 6, 30)),
    ],
)
def test_the_last_day_has_the_same_number_or_is_the_last_of_its_month(first, last):
    assert months_later(first, 3) == last


@settings(derandomize=True, deadline=None)
@given(DAYS)
def test_a_window_of_three_months_has_eighty_nine_to_ninety_two_days_and_follows_its_beginning(first):
    last, next_one = months_later(first, 3), months_later(first + timedelta(days=1), 3)

    assert 89 <= (last - first).days <= 92
    assert last <= next_one
    assert last.day == first.day or (last + timedelta(days=1)).day == 1


@settings(derandomize=True, deadline=None)
@given(DAYS)
def test_a_day_begins_at_midnight_in_paris_and_lasts_until_the_next(day):
    first, after = midnight(day), midnight(day + timedelta(days=1))

    assert day_of(first) == day_of(after - SECOND) == day
    assert day_of(first - SECOND) == day - timedelta(days=1)
    assert (after - first) in {timedelta(hours=hours) for hours in (23, 24, 25)}


@settings(derandomize=True, deadline=None)
@given(INSTANTS)
def test_the_day_of_an_instant_is_that_of_the_clocks_of_paris(moment):
    assert day_of(moment) == timezone.localtime(moment).date()
    assert midnight(day_of(moment)) <= moment


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 7, 1), 24)])
def test_the_days_on_which_clocks_change_are_one_hour_shorter_or_longer(day, hours):
    assert midnight(day + timedelta(days=1)) - midnight(day) == timedelta(hours=hours)
