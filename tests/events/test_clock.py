from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from events.clock import on_clock, weeks_later


def test_an_hour_is_that_of_paris_in_summer_and_in_winter():
    assert on_clock(date(2026, 7, 1), time(14)) == datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert on_clock(date(2026, 12, 1), time(14)) == datetime(2026, 12, 1, 13, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_its_first_coming():
    assert on_clock(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_hour_that_never_comes_is_refused():
    with pytest.raises(ValidationError) as refused:
        on_clock(date(2026, 3, 29), time(2, 30))

    assert "2\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}30 n’existe pas" in refused.value.message


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.times().map(lambda hour: hour.replace(second=0, microsecond=0)),
    st.integers(1, 52),
)
@example(date(2026, 10, 18), time(14), 1)
@example(date(2027, 3, 21), time(14), 1)
@example(date(2027, 3, 21), time(2, 30), 1)
def test_weeks_later_clocks_show_the_same_hour(day, hour, weeks):
    try:
        start = on_clock(day, hour)
        later = timezone.localtime(weeks_later(start, weeks))
    except ValidationError:
        # Only in the hour that the last Sunday of March does not have.
        assert hour.hour == 2
        return

    assert (later.date(), later.time()) == (day + timedelta(weeks=weeks), hour)
