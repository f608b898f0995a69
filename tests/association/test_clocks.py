"""Months are counted as terms are; an hour on the wall is a moment, or none."""

from datetime import UTC, date, datetime, time

import pytest

from association.clocks import moment_of, months_earlier, months_later


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 29), 3, date(2028, 2, 29)),
        (date(2026, 9, 1), 3, date(2026, 12, 1)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 15), 3, date(2027, 3, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 31), -24, date(2024, 12, 31)),
        (date(2026, 12, 31), -12, date(2025, 12, 31)),
        (date(2026, 2, 28), -240, date(2006, 2, 28)),
    ],
)
def test_a_term_in_months_ends_on_the_same_day_number_or_the_month_s_last(day, months, later):
    assert months_later(day, months) == later


def test_months_earlier_it_was_the_same_hour_on_the_wall():
    """Noon in Paris, in summer and in winter."""
    assert months_earlier(datetime(2026, 7, 31, 10, tzinfo=UTC), 5) == datetime(2026, 2, 28, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour", "moment"),
    [
        (date(2026, 7, 1), time(14), datetime(2026, 7, 1, 12, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # the first of two
        (date(2026, 10, 25), time(2, 30, fold=1), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2027, 3, 28), time(2, 30), None),
        (date(2027, 3, 28), time(3), datetime(2027, 3, 28, 1, tzinfo=UTC)),
    ],
)
def test_an_hour_on_the_wall_is_a_moment_or_none(day, hour, moment):
    assert moment_of(day, hour) == moment
