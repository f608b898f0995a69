"""What is billed: exact to the hour and to the cent, period by period, whatever happens in between."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passport.billing import Account, Line, Visit, What

START = datetime(2026, 9, 1, tzinfo=UTC)
FAR = START + timedelta(days=400)
PRICES = st.decimals(min_value=0, max_value=9999999, places=2)


def day(number):
    return START + timedelta(days=number)


@st.composite
def visits(draw):
    """Spent, then maybe contested and answered, once or twice, then maybe cancelled."""
    moments = sorted(draw(st.lists(st.integers(0, 200), min_size=6, max_size=6)))
    spent, first, answered, second, settled, cancelled = map(day, moments)
    disputes = draw(
        st.sampled_from([(), ((first, None),), ((first, answered),), ((first, answered), (second, settled))])
    )
    hours = draw(st.integers(1, 4))
    return Visit(hours, spent, draw(st.sampled_from([None, cancelled])), disputes)


ACCOUNTS = st.builds(
    Account,
    price=PRICES,
    hours=st.just(35),
    is_whole=st.booleans(),
    opened_at=st.just(START),
    taken_back_at=st.sampled_from([None, day(60)]),
    visits=st.lists(visits(), max_size=8).map(tuple),
)
BOUNDS = st.lists(st.integers(-5, 220), max_size=6).map(lambda days: [day(-9), *map(day, sorted(days)), FAR])


@settings(max_examples=200, deadline=None)
@given(ACCOUNTS, BOUNDS)
def test_the_periods_add_up_to_the_whole_however_it_is_cut(account, bounds):
    lines = [line for start, end in pairwise(bounds) for line in account.lines(start, end)]

    billed = account.billed_hours(FAR)
    assert sum(line.hours for line in lines) == billed
    assert sum((line.amount for line in lines), Decimal(0)) == account.cost(billed)
    if not account.is_whole:
        assert billed == account.spent(FAR) - account.held(FAR)


@settings(max_examples=100, deadline=None)
@given(PRICES, st.lists(st.integers(1, 4), min_size=10, max_size=20))
def test_all_the_hours_of_a_package_cost_its_price(price, hours):
    taken = tuple(Visit(count, day(number)) for number, count in enumerate(hours))
    account = Account(price, sum(hours), is_whole=False, opened_at=START, visits=taken)
    bounds = [day(number) for number in range(len(hours) + 1)]

    lines = [line for start, end in pairwise(bounds) for line in account.lines(start, end)]

    assert sum((line.amount for line in lines), Decimal(0)) == price
    assert all(line.amount >= 0 for line in lines)


@settings(max_examples=100, deadline=None)
@given(ACCOUNTS, st.integers(0, 200), visits())
def test_what_happens_later_moves_nothing_of_a_period_that_is_over(account, limit, later):
    end = day(limit)
    if later.spent_at >= end:
        more = Account(**vars(account) | {"visits": (*account.visits, later)})
        assert more.lines(START, end) == account.lines(START, end)


def by_the_hour(*taken):
    return Account(Decimal(1000), 35, is_whole=False, opened_at=START, visits=taken)


@pytest.mark.parametrize(
    ("visit", "lines"),
    [
        (Visit(2, day(40)), [Line(What.VISITS, 2, Decimal("57.14"))]),
        (Visit(2, day(5), day(40)), [Line(What.CANCELLED, -2, Decimal("-57.14"))]),
        (Visit(2, day(40), day(41)), []),
        (Visit(2, day(5), None, ((day(40), None),)), [Line(What.HELD, -2, Decimal("-57.14"))]),
        (Visit(2, day(40), None, ((day(41), None),)), [Line(What.HELD, 0, Decimal(0))]),
        (Visit(2, day(5), None, ((day(6), day(40)),)), [Line(What.RELEASED, 2, Decimal("57.14"))]),
        (Visit(2, day(5), day(40), ((day(6), day(40)),)), []),
        (Visit(2, day(5), None, ((day(40), day(50)),)), []),
    ],
)
def test_each_thing_has_its_line(visit, lines):
    assert by_the_hour(visit).lines(day(30), day(60)) == lines


def test_the_first_moment_of_a_period_is_in_it_and_the_last_is_not():
    account = by_the_hour(Visit(1, day(30)), Visit(2, day(60)))

    assert [line.hours for line in account.lines(day(30), day(60))] == [1]


def test_a_whole_package_is_billed_when_it_opens_and_given_back_when_it_goes_to_another():
    account = Account(Decimal(1000), 35, is_whole=True, opened_at=day(1), taken_back_at=day(40))

    assert account.lines(START, day(30)) == [Line(What.OPENED, 35, Decimal(1000))]
    assert account.lines(day(30), day(60)) == [Line(What.TAKEN_BACK, -35, Decimal(-1000))]
    assert account.lines(START, day(60)) == account.lines(day(60), day(90)) == []
