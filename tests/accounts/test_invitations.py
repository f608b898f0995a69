"""The way to an account: a link that works once, for one person, during seven days."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from accounts import invitations
from accounts.invitations import DeadLinkError, digest_of
from accounts.models import Counsellor, Invitation, Member, User
from accounts.newcomers import Newcomer
from accounts.roles import Role, roles_of
from errands import work
from notices.models import Notice
from tests.factories import make_admin, make_user
from tests.people import make_counsellor, make_member, make_organisation, make_referent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
WEEK = timedelta(days=7)
AWA = Newcomer("Awa", "Diallo", "only-for-a-newcomer-of-the-tests")
TOGETHER = 4


def token_of():
    """What the last message says, whether it has left or not."""
    text = Notice.objects.newest_first().first().text or mail.outbox[-1].body
    return re.search(r"/invitation/([^/\s]+)/", text)[1]


def invite(email="awa@example.org", invited_as="benevole", *, by=None, now=NOW, **about):
    """An invitation and its link."""
    invitation = invitations.invite(email, invited_as=invited_as, by=by or make_admin(), now=now, **about)
    return invitation, token_of()


def test_the_secret_of_the_link_is_in_the_message_and_nowhere_else():
    invitation, token = invite()

    assert len(token) >= 128 / 5
    assert invitation.digest == digest_of(token)
    assert token not in str(Invitation.objects.values().get())
    assert Notice.objects.get().recipient == "awa@example.org"


def test_the_message_leaves_and_its_text_is_forgotten():
    invite()
    work.run_due()

    [sent] = mail.outbox
    assert sent.to == ["awa@example.org"]
    assert "/invitation/" in sent.body
    assert Notice.objects.get().text == ""


def test_a_stranger_who_accepts_has_an_account_with_a_verified_address():
    admin = make_admin()
    _invitation, token = invite("Awa@Example.org", by=admin)

    user = invitations.accept(token, visitor=None, newcomer=AWA, now=NOW)

    assert (user.email, user.get_full_name()) == ("awa@example.org", "Awa Diallo")
    assert user.check_password(AWA.password)
    assert EmailAddress.objects.get(user=user).verified
    kept = Invitation.objects.get()
    assert (kept.accepted_by, kept.accepted_at, kept.invited_by) == (user, NOW, admin)


@pytest.mark.parametrize(
    ("invited_as", "role"),
    [
        ("conseiller", Role.COUNSELLOR),
        ("tresorier", Role.TREASURER),
        ("benevole", Role.VOLUNTEER),
        ("redaction", Role.EDITOR),
        ("admin", Role.ADMIN),
    ],
)
def test_an_invitation_gives_its_role_and_no_other(invited_as, role):
    _invitation, token = invite(invited_as=invited_as)

    user = invitations.accept(token, visitor=None, newcomer=AWA, now=NOW)

    assert roles_of(user) == {role}
    assert user.is_staff is (role in {Role.EDITOR, Role.ADMIN})
    assert not user.is_superuser


def test_a_member_finds_their_own_record():
    member = make_member(account=False)
    _invitation, token = invite(invited_as="membre", member=member)

    user = invitations.accept(token, visitor=None, newcomer=AWA, now=NOW)

    assert Member.objects.of(user).get() == member
    assert Member.objects.get().email == "awa@example.org"
    assert roles_of(user) == {Role.MEMBER}


def test_somebody_of_a_company_acts_for_it():
    company = make_organisation()
    _invitation, token = invite(invited_as="organisme", organisation=company)

    user = invitations.accept(token, visitor=None, newcomer=AWA, now=NOW)

    assert roles_of(user) == {Role.COMPANY}
    assert user.affiliations.get().organisation == company


def test_who_has_an_account_logs_in_and_gains_a_role():
    volunteer = make_user(email="awa@example.org")
    company = make_organisation()
    _invitation, token = invite("AWA@example.org", "organisme", organisation=company)

    with pytest.raises(ValidationError, match="connectez-vous"):
        invitations.accept(token, visitor=None, newcomer=AWA, now=NOW)
    assert invitations.accept(token, visitor=volunteer, now=NOW) == volunteer

    assert roles_of(volunteer) == {Role.COMPANY}
    assert User.objects.filter(email="awa@example.org").count() == 1


def test_being_invited_again_as_what_one_is_changes_nothing():
    user = make_counsellor(user=make_user(email="awa@example.org", is_staff=True)).user
    for invited_as in ("conseiller", "redaction"):
        _invitation, token = invite(invited_as=invited_as)
        invitations.accept(token, visitor=user, now=NOW)

    assert Counsellor.objects.get().user == user


def test_a_password_is_asked_for_and_checked():
    _invitation, token = invite()

    for newcomer in (None, Newcomer("Awa", "Diallo", "court")):
        with pytest.raises(ValidationError):
            invitations.accept(token, visitor=None, newcomer=newcomer, now=NOW)

    assert not User.objects.filter(email="awa@example.org").exists()
    assert invitations.find(token, visitor=None, now=NOW)


def test_looking_changes_nothing():
    _invitation, token = invite()

    for _ in range(3):
        assert invitations.find(token, visitor=None, now=NOW).accepted_at is None


def dead(token, *, visitor=None, now=NOW):
    with pytest.raises(DeadLinkError):
        invitations.find(token, visitor=visitor, now=now)
    with pytest.raises(DeadLinkError):
        invitations.accept(token, visitor=visitor, newcomer=AWA, now=now)
    return True


def test_a_link_works_once():
    _invitation, token = invite()
    user = invitations.accept(token, visitor=None, newcomer=AWA, now=NOW)

    assert dead(token)
    assert dead(token, visitor=user)


def test_a_link_works_seven_days():
    _invitation, token = invite()

    assert invitations.find(token, visitor=None, now=NOW + WEEK - timedelta(seconds=1))
    assert dead(token, now=NOW + WEEK)


def test_a_link_that_was_withdrawn_opens_nothing():
    invitation, token = invite()

    invitations.revoke(invitation, by=make_admin(), now=NOW)

    assert dead(token)


def test_sending_again_kills_the_old_link():
    invitation, old = invite()

    invitations.resend(invitation, by=make_admin(), now=NOW + WEEK)

    new = token_of()
    assert dead(old)
    assert invitations.find(new, visitor=None, now=NOW + 2 * WEEK - timedelta(seconds=1)) == invitation
    assert Notice.objects.count() == 2


def test_who_no_longer_looks_after_people_leaves_no_door_open():
    """Somebody who leaves may have invited another address of theirs."""
    leaving = make_admin()
    invitation, token = invite(invited_as="admin", by=leaving)
    User.objects.filter(pk=leaving.pk).update(is_active=False)

    with pytest.raises(DeadLinkError):
        invitations.accept(token, visitor=None, newcomer=AWA, now=NOW)
    invitations.resend(invitation, by=make_admin(), now=NOW)

    assert invitations.accept(token_of(), visitor=None, newcomer=AWA, now=NOW).is_staff


def test_inviting_again_for_the_same_thing_kills_the_old_link():
    member = make_member(account=False)
    _first, old = invite(invited_as="membre", member=member)
    _other, untouched = invite()

    invite("autre@example.org", invited_as="membre", member=member)

    assert dead(old)
    assert invitations.find(untouched, visitor=None, now=NOW)


def test_a_link_is_nobody_else_s():
    admin = make_admin()
    _invitation, token = invite(by=admin)

    assert dead(token, visitor=make_user())
    assert dead(token, visitor=admin)


@pytest.mark.parametrize("token", ["", "x", "é" * 50, "\udce9", "0" * 64, "' OR 1=1 --"])
def test_an_invented_link_opens_nothing(token):
    assert dead(token)


def test_a_closed_account_does_not_open_again_by_an_invitation():
    make_user(email="awa@example.org", is_active=False)
    _invitation, token = invite()

    assert dead(token)


@pytest.mark.parametrize("answer", ["accepted", "revoked"])
def test_what_was_answered_is_neither_sent_again_nor_withdrawn(answer):
    invitation, token = invite()
    if answer == "accepted":
        invitations.accept(token, visitor=None, newcomer=AWA, now=NOW)
    else:
        invitations.revoke(invitation, by=make_admin(), now=NOW)

    for verb in (invitations.resend, invitations.revoke):
        with pytest.raises(ValidationError):
            verb(invitation, by=make_admin(), now=NOW)


def test_counsellors_invite_those_whom_they_follow_and_nobody_else():
    followed, other = make_member(account=False), make_member(account=False)
    counsellor = make_referent(followed).counsellor.user

    invitation, _token = invite(invited_as="membre", member=followed, by=counsellor)

    for about in (
        {"invited_as": "membre", "member": other},
        {"invited_as": "conseiller"},
        {"invited_as": "admin"},
        {"invited_as": "organisme", "organisation": make_organisation()},
    ):
        with pytest.raises(PermissionDenied):
            invite(by=counsellor, **about)
    for verb in (invitations.resend, invitations.revoke):
        with pytest.raises(PermissionDenied):
            verb(invitation, by=make_counsellor().user, now=NOW)


def test_nobody_invites_themselves():
    admin = make_admin(email="ada@example.org")
    with pytest.raises(ValidationError, match="soi-même"):
        invite("ADA@example.org", by=admin)

    # Nor by changing their address afterwards.
    _invitation, token = invite("awa@example.org", by=admin)
    User.objects.filter(pk=admin.pk).update(email="awa@example.org")
    assert dead(token, visitor=User.objects.get(pk=admin.pk))


@pytest.mark.parametrize(
    "email", ["", "awa", "a@example.org\r\nBcc: b@example.org", "a@example.org,b@example.org", '"a b"@example.org']
)
def test_an_address_that_is_not_one_is_refused(email):
    with pytest.raises(ValidationError) as refusal:
        invite(email)

    assert set(refusal.value.message_dict) == {"email"}
    assert not Notice.objects.exists()


def test_who_cannot_accept_is_not_invited():
    erased = make_member(account=False)
    Member.objects.filter(pk=erased.pk).update(first_name="", last_name="", erased_at=NOW)
    for about in (
        {"invited_as": "membre", "member": make_member()},
        {"invited_as": "membre", "member": Member.objects.get(pk=erased.pk)},
        {"invited_as": "organisme", "organisation": make_organisation(closed_on=NOW.date())},
        {"invited_as": "organisme"},
        {"invited_as": "benevole", "organisation": make_organisation()},
        {"invited_as": "roi"},
    ):
        with pytest.raises(ValidationError):
            invite(**about)


def test_one_record_has_one_account():
    _invitation, token = invite(invited_as="membre", member=make_member(account=False))
    already = make_member(user=make_user(email="awa@example.org"))

    with pytest.raises(ValidationError, match="ne peut plus servir"):
        invitations.accept(token, visitor=already.user, now=NOW)

    assert invitations.find(token, visitor=already.user, now=NOW)


def test_the_database_refuses_an_invitation_about_nobody():
    invite()
    with (
        pytest.raises(IntegrityError, match="accounts_invitation_names_whom_it_is_about"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE accounts_invitation SET invited_as = 'membre'")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_the_same_moment_one_does():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite runs one writing transaction at a time: there is no such moment.")
    _invitation, token = invite(invited_as="conseiller")
    barrier = Barrier(TOGETHER)

    def take(_number):
        barrier.wait(timeout=10)
        try:
            return invitations.accept(token, visitor=None, newcomer=AWA, now=NOW).pk
        except DeadLinkError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as threads:
        answers = list(threads.map(take, range(TOGETHER)))

    assert len([answer for answer in answers if answer]) == 1
    assert User.objects.filter(email="awa@example.org").count() == 1
    assert Counsellor.objects.count() == 1
