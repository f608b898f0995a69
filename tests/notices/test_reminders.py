"""Two days before, three hours before, once each: a rule on plain moments."""

from datetime import UTC, datetime, timedelta

import pytest

from notices.reminders import due

START = datetime(2027, 3, 9, 13, tzinfo=UTC)
LONG_AGO = START - timedelta(days=30)


def before(**lengths):
    return START - timedelta(**lengths)


def asked(now, *, days_for=None, hours_for=None, since=LONG_AGO):
    return due(START, now, days_for, hours_for, since)


@pytest.mark.parametrize(
    ("now", "which"),
    [
        (before(days=2, seconds=1), None),
        (before(days=2), "days"),
        (before(hours=3, seconds=1), "days"),
        (before(hours=3), "hours"),
        (before(seconds=1), "hours"),
        (START, None),
        (START + timedelta(hours=1), None),
    ],
)
def test_each_has_its_moment_and_the_later_one_wins(now, which):
    assert asked(now) == which


def test_each_goes_once_for_a_start():
    assert asked(before(days=1), days_for=START) is None
    assert asked(before(hours=2), days_for=START) == "hours"
    assert asked(before(hours=2), hours_for=START) is None


def test_another_start_is_reminded_anew():
    earlier = START - timedelta(days=7)

    assert asked(before(days=1), days_for=earlier, hours_for=earlier) == "days"
    assert asked(before(hours=1), days_for=earlier, hours_for=earlier) == "hours"


def test_whoever_has_just_booked_is_not_reminded_of_it():
    assert asked(before(days=1), since=before(days=2)) == "days"
    assert asked(before(days=1), since=before(days=2) + timedelta(seconds=1)) is None
    assert asked(before(hours=2), since=before(days=1)) == "hours"
    assert asked(before(hours=2), since=before(hours=2, minutes=30)) is None


def test_who_has_always_known_is_reminded():
    assert asked(before(days=1), since=None) == "days"
