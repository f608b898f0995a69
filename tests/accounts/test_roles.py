"""What somebody is, read from the rows that make it true."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Counsellor, Member, Organisation
from accounts.roles import Role, is_current_member, needs_a_second_factor, roles_of
from tests.factories import make_admin, make_user
from tests.people import (
    make_administrator,
    make_affiliation,
    make_counsellor,
    make_in_group,
    make_member,
    make_organisation,
    make_treasurer,
    make_volunteer,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MAKERS = {
    Role.MEMBER: lambda: make_member(current=False).user,
    Role.COUNSELLOR: lambda: make_counsellor().user,
    Role.PRESCRIBER: lambda: make_affiliation(organisation=make_organisation(is_prescriber=True)).user,
    Role.COMPANY: lambda: make_affiliation().user,
    Role.TREASURER: make_treasurer,
    Role.VOLUNTEER: make_volunteer,
    Role.EDITOR: lambda: make_in_group("Modération"),
    Role.ADMIN: make_administrator,
}


@pytest.mark.parametrize("role", Role)
def test_each_role_comes_from_its_own_row(role):
    assert roles_of(MAKERS[role]()) == {role}


def test_whoever_is_above_every_permission_is_an_administrator():
    assert roles_of(make_admin()) == {Role.ADMIN}


def test_one_person_may_be_several_things_in_one_query(django_assert_num_queries):
    user = make_counsellor().user
    make_member(user=user)
    make_affiliation(user=user, organisation=make_organisation(is_prescriber=True, is_company=True))

    with django_assert_num_queries(1):
        assert roles_of(user) == {Role.MEMBER, Role.COUNSELLOR, Role.PRESCRIBER, Role.COMPANY}


@pytest.mark.parametrize("make", [AnonymousUser, make_user])
def test_nobody_is_nothing(make):
    assert roles_of(make()) == frozenset()


@pytest.mark.parametrize("role", Role)
def test_a_closed_account_is_nothing(role):
    user = MAKERS[role]()
    user.is_active = False

    assert roles_of(user) == frozenset()


@pytest.mark.parametrize(
    ("role", "end"),
    [
        (Role.COUNSELLOR, lambda: Counsellor.objects.update(ends_on=timezone.localdate() - DAY)),
        (Role.COMPANY, lambda: Organisation.objects.update(closed_on=timezone.localdate())),
        (
            Role.MEMBER,
            lambda: Member.objects.update(first_name="", last_name="", user=None, erased_at=timezone.now()),
        ),
    ],
)
def test_a_role_ends_with_its_row(role, end):
    user = MAKERS[role]()

    end()

    assert roles_of(user) == frozenset()


def test_the_second_factor_is_for_who_sees_other_people():
    asked = {role for role in Role if needs_a_second_factor(frozenset({role}))}

    assert asked == set(Role) - {Role.MEMBER, Role.VOLUNTEER}
    assert needs_a_second_factor(frozenset({Role.MEMBER, Role.COMPANY}))
    assert not needs_a_second_factor(frozenset())


def test_a_member_is_current_for_as_long_as_the_membership_runs():
    running, over = make_member(), make_member(current=False)

    assert is_current_member(running.user)
    assert not is_current_member(running.user, timezone.localdate() + 336 * DAY)
    assert not is_current_member(over.user)
    assert not is_current_member(AnonymousUser())
    Member.objects.update(first_name="", last_name="", user=None, erased_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert not is_current_member(running.user)


def test_an_account_deleted_meanwhile_is_nothing():
    user = make_user()
    gone = type(user).objects.get(pk=user.pk)
    user.delete()

    assert roles_of(gone) == frozenset()
