"""Who accompanies a member: one referent at a time, and nobody a moment longer than they should."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts import permissions, referents
from accounts.models import Counsellor, Member, Referent
from notices.models import Notice
from tests.factories import make_user
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
TOGETHER = 4


@pytest.fixture
def member():
    return make_member(first_name="Awa")


@pytest.fixture
def followed(member):
    """With the counsellor who follows them since before NOW."""
    return make_referent(member, starts_at=NOW - DAY)


def follow(member, now=NOW):
    return [row.counsellor for row in referents.who_follows(member, now)]


def test_a_member_is_given_a_referent(member):
    counsellor, staff = make_counsellor(), make_user()

    row = referents.assign(member, counsellor=counsellor, by=staff, now=NOW)

    assert follow(member) == [counsellor]
    assert follow(member, NOW - INSTANT) == []
    assert row.recorded_by == staff


def test_a_member_has_one_referent(followed):
    with pytest.raises(ValidationError, match="passez-lui le relais"):
        referents.assign(followed.member, counsellor=make_counsellor(), by=make_user(), now=NOW)


def test_who_hands_a_member_over_loses_them_at_that_instant(followed):
    member, former, new = followed.member, followed.counsellor, make_counsellor()
    stand_in = make_referent(member, role="remplacant", starts_at=NOW - DAY)

    row = referents.hand_over(member, to=new, reason=" Départ en retraite. ", by=former.user, now=NOW)

    assert follow(member) == [new]
    assert follow(member, NOW - INSTANT) == [former, stand_in.counsellor]
    for gone in (former.user, stand_in.counsellor.user):
        assert not permissions.can_see_member(gone, member=member, now=NOW)
        assert not permissions.can_hand_over(gone, member=member, now=NOW)
    assert permissions.can_see_member(new.user, member=member, now=NOW)
    assert permissions.can_hand_over(new.user, member=member, now=NOW)
    assert (row.reason, row.recorded_by) == ("Départ en retraite.", former.user)


def test_a_member_without_referent_is_handed_over_all_the_same(member):
    new = make_counsellor()

    referents.hand_over(member, to=new, reason="Arrivée.", by=make_user(), now=NOW)

    assert follow(member) == [new]


@pytest.mark.parametrize("reason", ["", "  "])
def test_handing_over_needs_a_reason(followed, reason):
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        referents.hand_over(followed.member, to=make_counsellor(), reason=reason, by=make_user(), now=NOW)


def test_nobody_takes_over_from_themselves(followed):
    with pytest.raises(ValidationError, match="déjà le référent"):
        referents.hand_over(followed.member, to=followed.counsellor, reason="Rien.", by=make_user(), now=NOW)


def test_a_counsellor_who_left_is_given_nobody(followed):
    gone = make_counsellor(ends_on=(NOW - DAY).date())

    with pytest.raises(ValidationError, match="plus en fonction"):
        referents.hand_over(followed.member, to=gone, reason="Relais.", by=make_user(), now=NOW)

    assert follow(followed.member) == [followed.counsellor]


def test_a_stand_in_does_as_the_referent_for_a_time(followed):
    member, stand_in = followed.member, make_counsellor()

    referents.stand_in(member, counsellor=stand_in, until=NOW + 7 * DAY, by=followed.counsellor.user, now=NOW)

    assert follow(member) == [followed.counsellor, stand_in]
    assert permissions.can_see_member(stand_in.user, member=member, now=NOW)
    assert not permissions.can_hand_over(stand_in.user, member=member, now=NOW)
    assert follow(member, NOW + 7 * DAY) == [followed.counsellor]


@pytest.mark.parametrize("until", [NOW, NOW - DAY, NOW + 184 * DAY])
def test_a_stand_in_ends_and_before_long(followed, until):
    with pytest.raises(ValidationError, match="dans les six mois"):
        referents.stand_in(followed.member, counsellor=make_counsellor(), until=until, by=make_user(), now=NOW)


def test_who_follows_a_member_already_needs_no_second_way(followed):
    member, counsellor = followed.member, followed.counsellor

    with pytest.raises(ValidationError, match="suit déjà"):
        referents.stand_in(member, counsellor=counsellor, until=NOW + DAY, by=counsellor.user, now=NOW)
    with pytest.raises(ValidationError, match="suit déjà"):
        referents.help_in_emergency(member, counsellor=counsellor, reason="Vite.", by=counsellor.user, now=NOW)


def test_help_in_an_emergency_lasts_a_day_and_the_member_is_told(followed):
    member, helper = followed.member, make_counsellor()

    referents.help_in_emergency(member, counsellor=helper, reason="Entretien demain.", by=helper.user, now=NOW)

    assert follow(member) == [followed.counsellor, helper]
    assert follow(member, NOW + DAY) == [followed.counsellor]
    told = Notice.objects.get()
    assert (told.recipient, told.person) == (member.user.email, member.user)
    assert str(helper) in told.subject
    assert "Entretien demain" not in told.text


def test_a_member_without_account_is_told_by_the_address_of_their_record_if_there_is_one():
    helper = make_counsellor()
    for address in ("awa@example.org", ""):
        member = make_member(account=False, email=address)
        referents.help_in_emergency(member, counsellor=helper, reason="Urgence.", by=helper.user, now=NOW)

    assert Notice.objects.get().recipient == "awa@example.org"


@pytest.mark.parametrize("lasting", [timedelta(hours=24, seconds=1), timedelta(), -DAY])
def test_help_in_an_emergency_is_short(member, lasting):
    helper = make_counsellor()

    with pytest.raises(ValidationError, match="24 heures"):
        referents.help_in_emergency(
            member, counsellor=helper, reason="Urgence.", by=helper.user, now=NOW, lasting=lasting
        )


def test_help_in_an_emergency_is_explained(member):
    helper = make_counsellor()

    with pytest.raises(ValidationError, match="Dites pourquoi"):
        referents.help_in_emergency(member, counsellor=helper, reason=" ", by=helper.user, now=NOW)


def test_nobody_accompanies_somebody_who_was_erased(member):
    Member.objects.update(user=None, first_name="", last_name="", erased_at=NOW)

    with pytest.raises(ValidationError, match="effacé"):
        referents.assign(member, counsellor=make_counsellor(), by=make_user(), now=NOW)


def test_who_left_the_association_follows_nobody(followed):
    Counsellor.objects.update(ends_on=(NOW - DAY).date())

    assert follow(followed.member) == []
    assert not permissions.can_see_member(followed.counsellor.user, member=followed.member, now=NOW)


@pytest.mark.parametrize(
    ("assignment", "constraint"),
    [
        ("role = 'urgence', ends_at = NULL", "accounts_emergency_help_is_short_and_explained"),
        ("role = 'urgence', reason = 'x', ends_at = '2036-01-01'", "accounts_emergency_help_is_short_and_explained"),
        ("ends_at = '2020-01-01'", "accounts_referent_ends_after_they_start"),
    ],
)
def test_the_database_keeps_its_word(followed, assignment, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounts_referent SET {assignment}")  # noqa: S608  # written above


def test_the_database_refuses_a_second_referent(followed):
    with pytest.raises(IntegrityError, match=r"accounts_member_has_one_referent|accounts_referent\.member_id"):
        make_referent(followed.member)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_over_at_the_same_moment_one_referent_is_left():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite runs one writing transaction at a time: there is no such moment.")
    followed = make_referent(make_member())
    takers = [make_counsellor() for _ in range(TOGETHER)]
    barrier = Barrier(TOGETHER)

    def take(counsellor):
        barrier.wait(timeout=10)
        try:
            return referents.hand_over(followed.member, to=counsellor, reason="Relais.", by=counsellor.user)
        finally:
            connection.close()

    with ThreadPoolExecutor(TOGETHER) as threads:
        list(threads.map(take, takers))

    assert Referent.objects.filter(role="referent", ends_at=None).count() == 1
    assert len(referents.who_follows(followed.member)) == 1
