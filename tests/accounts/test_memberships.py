"""Belonging to the association: a year, renewed or not; it ends the same day for everything it opened."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts import memberships
from accounts.models import Member, Membership
from accounts.roles import is_current_member
from tests.factories import make_user
from tests.people import make_member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture
def member():
    return make_member(current=False)


@pytest.fixture
def staff():
    return make_user()


def test_a_membership_runs_a_year_both_days_included(member, staff):
    made = memberships.start(member, by=staff, starts_on=TODAY)

    assert (made.starts_on, made.ends_on, made.recorded_by) == (TODAY, date(2027, 11, 19), staff)
    assert memberships.current_membership(member, TODAY) == made
    assert memberships.current_membership(member, made.ends_on) == made
    assert memberships.current_membership(member, made.ends_on + DAY) is None
    assert memberships.current_membership(member, TODAY - DAY) is None


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2027, 1, 1), date(2027, 12, 31)),
        (date(2027, 3, 1), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_year_ends_the_day_before_its_anniversary(first, last):
    assert memberships.year_from(first) == last


def test_a_membership_starts_today_unless_told_otherwise(member, staff):
    memberships.start(member, by=staff)

    assert is_current_member(member.user)


def test_no_two_memberships_run_on_the_same_day(member, staff):
    memberships.start(member, by=staff, starts_on=TODAY)

    with pytest.raises(ValidationError, match="renouvelez-la"):
        memberships.start(member, by=staff, starts_on=date(2027, 11, 19))


def test_a_renewal_starts_where_the_running_one_ends(member, staff):
    memberships.start(member, by=staff, starts_on=TODAY)

    renewed = memberships.renew(member, by=staff, on=date(2027, 6, 1))

    assert (renewed.starts_on, renewed.ends_on) == (date(2027, 11, 20), date(2028, 11, 19))


def test_who_comes_back_after_a_gap_starts_again_the_same_day(member, staff):
    memberships.start(member, by=staff, starts_on=TODAY, ends_on=TODAY + DAY)

    renewed = memberships.renew(member, by=staff, on=date(2027, 6, 1), ends_on=date(2027, 6, 30))

    assert (renewed.starts_on, renewed.ends_on) == (date(2027, 6, 1), date(2027, 6, 30))


def test_what_never_was_is_not_renewed(member, staff):
    with pytest.raises(ValidationError, match="rien à renouveler"):
        memberships.renew(member, by=staff)


def test_an_end_closes_the_same_day(member, staff):
    memberships.start(member, by=staff, starts_on=TODAY - timedelta(days=100))
    memberships.renew(member, by=staff, on=TODAY)
    assert is_current_member(member.user, TODAY)

    cut = memberships.end(member, by=staff, on=TODAY)

    assert not is_current_member(member.user, TODAY)
    assert is_current_member(member.user, TODAY - DAY)
    assert list(Membership.objects.all()) == [cut]
    assert not Member.objects.current(TODAY + timedelta(days=400)).exists()


def test_a_membership_taken_and_given_back_the_same_day_leaves_nothing(member, staff):
    memberships.start(member, by=staff)

    assert memberships.end(member, by=staff) is None
    assert not Membership.objects.exists()


def test_what_is_over_does_not_end_again(member, staff):
    memberships.start(member, by=staff, starts_on=TODAY - timedelta(days=100), ends_on=TODAY - DAY)

    with pytest.raises(ValidationError, match="pas d’adhésion en cours"):
        memberships.end(member, by=staff, on=TODAY)


def test_an_end_before_the_start_is_refused(member, staff):
    with pytest.raises(ValidationError, match="La fin vient après le début"):
        memberships.start(member, by=staff, starts_on=TODAY, ends_on=TODAY - DAY)


def test_an_erased_member_belongs_to_nothing(member, staff):
    Member.objects.update(user=None, first_name="", last_name="", erased_at=datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(ValidationError, match="effacé"):
        memberships.start(member, by=staff)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE accounts_membership SET ends_on = '2020-01-01'", "accounts_membership_ends_after_it_starts"),
        (
            "INSERT INTO accounts_membership (member_id, starts_on, ends_on, recorded_at)"
            " SELECT member_id, starts_on, ends_on, recorded_at FROM accounts_membership",
            "accounts_membership_starts_once|member_id, accounts_membership.starts_on",
        ),
    ],
)
def test_the_database_keeps_its_word(member, staff, statement, constraint):
    memberships.start(member, by=staff, starts_on=TODAY)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
