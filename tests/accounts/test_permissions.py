"""Who may see, invite and look after whom; what is said of one person and of a list is the same."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts import permissions
from accounts.models import InvitedAs, Member
from accounts.roles import Role, roles_of
from home import site_setup
from tests.factories import make_admin, make_user
from tests.people import (
    make_administrator,
    make_affiliation,
    make_counsellor,
    make_in_group,
    make_member,
    make_organisation,
    make_referent,
    make_treasurer,
    make_volunteer,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def make_everybody(member):
    """Everybody who could ask about a member, by what they are to them."""
    now = timezone.now()
    closed = make_referent(member, role="remplacant").counsellor.user
    closed.is_active = False
    closed.save()
    both = make_counsellor().user
    make_member(user=both)
    return {
        "stranger": AnonymousUser(),
        "nobody": make_user(),
        "the member": member.user,
        "another member": make_member().user,
        "the referent": make_referent(member).counsellor.user,
        "a stand-in": make_referent(member, role="remplacant", ends_at=now + DAY).counsellor.user,
        "a helper": make_referent(
            member, role="urgence", reason="x", starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=2)
        ).counsellor.user,
        "a former stand-in": make_referent(member, role="remplacant", ends_at=now).counsellor.user,
        "who left": make_referent(
            member, make_counsellor(ends_on=timezone.localdate() - DAY), role="remplacant"
        ).counsellor.user,
        "whose account is closed": closed,
        "another counsellor": make_counsellor().user,
        "a counsellor and member": both,
        "a company": make_affiliation().user,
        "a prescriber": make_affiliation(organisation=make_organisation(is_prescriber=True)).user,
        "a treasurer": make_treasurer(),
        "a volunteer": make_volunteer(),
        "an editor": make_in_group("Rédaction"),
        "an administrator": make_administrator(),
        "above all": make_admin(),
    }


def those(everybody, allowed):
    return {name for name, user in everybody.items() if allowed(user)}


@pytest.fixture
def member():
    return make_member()


@pytest.fixture
def everybody(member):
    site_setup.setup_site()
    return make_everybody(member)


def test_a_member_is_seen_by_themselves_and_by_who_accompanies_them_now(member, everybody):
    assert those(everybody, lambda user: permissions.can_see_member(user, member=member)) == {
        *("the member", "the referent", "a stand-in", "a helper"),
    }


def test_the_list_and_the_question_agree(member, everybody):
    erased = make_member(account=False)
    make_referent(erased, make_counsellor(user=everybody["nobody"]))
    Member.objects.filter(pk=erased.pk).update(first_name="", last_name="", erased_at=timezone.now())

    for name, user in everybody.items():
        listed = set(permissions.members_seen_by(user))
        assert listed == {one for one in Member.objects.all() if permissions.can_see_member(user, member=one)}, name


def test_an_erased_member_is_seen_by_nobody(member, everybody):
    Member.objects.filter(pk=member.pk).update(user=None, first_name="", last_name="", erased_at=timezone.now())
    member.refresh_from_db()

    assert not those(everybody, lambda user: permissions.can_see_member(user, member=member))


def test_the_referent_and_administrators_decide_who_comes_next(member, everybody):
    assert those(everybody, lambda user: permissions.can_hand_over(user, member=member)) == {
        *("the referent", "an administrator", "above all"),
    }


def test_who_may_invite_a_member(member, everybody):
    def allowed(user):
        return permissions.can_invite(user, invited_as=InvitedAs.MEMBER, member=member)

    assert those(everybody, allowed) == {"the referent", "a stand-in", "a helper", "an administrator", "above all"}


def test_only_administrators_invite_as_anything_else(member, everybody):
    for invited_as in InvitedAs:
        allowed = those(everybody, lambda user, role=invited_as: permissions.can_invite(user, invited_as=role))
        assert allowed == {"an administrator", "above all"}


def test_who_may_record_members(everybody):
    counsellors = {
        *("the referent", "a stand-in", "a helper", "a former stand-in"),
        *("another counsellor", "a counsellor and member"),
    }
    assert those(everybody, permissions.can_record_members) == counsellors | {"an administrator", "above all"}
    assert those(everybody, permissions.can_manage_people) == {"an administrator", "above all"}


def test_what_members_read_is_for_current_members_and_staff(everybody):
    for name, user in everybody.items():
        staff = bool(roles_of(user) & {Role.COUNSELLOR, Role.EDITOR, Role.ADMIN})
        assert permissions.can_read_members_content(user, is_current=True), name
        assert permissions.can_read_members_content(user, is_current=False) is staff, name
    assert permissions.can_read_members_content(make_user(), is_current=False, roles=frozenset({Role.EDITOR}))
    assert not permissions.can_read_members_content(make_user(), is_current=False, roles=frozenset({Role.COMPANY}))
