"""The record and the space of somebody who came: of what they typed, once, and never somebody else's."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import Invitation, Member, Referent
from events import people
from events.people import Outcome
from notices.models import Notice
from tests.events.factories import make_booking, make_session_over
from tests.factories import make_departement, make_user
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db


@pytest.fixture
def counsellor():
    return make_counsellor()


def make_came(**fields):
    return make_booking(make_session_over(), attendance="venu", **fields)


def test_a_record_holds_what_the_person_typed(counsellor):
    booking = make_came(
        first_name="Nour",
        last_name="Belkacem",
        email="nour@example.org",
        telephone="06 39 98 00 01",
        departement=make_departement("93"),
    )

    member = people.member_of(booking, by=counsellor.user)

    assert (member.first_name, member.last_name) == ("Nour", "Belkacem")
    assert (member.email, member.telephone, member.departement.code) == ("nour@example.org", "06 39 98 00 01", "93")
    booking.refresh_from_db()
    assert booking.member == member


def test_a_record_is_made_once():
    booking = make_came()

    assert people.member_of(booking) == people.member_of(type(booking).objects.get())
    assert Member.objects.count() == 1


def test_who_asks_for_their_own_record_is_given_to_no_counsellor():
    member = people.member_of(make_came())

    assert not Referent.objects.filter(member=member).exists()


def test_one_name_alone_is_a_name():
    member = people.member_of(make_came(first_name="Nour", last_name="", email="", is_walk_in=True))

    assert (member.first_name, member.last_name) == ("", "Nour")


@pytest.mark.parametrize(
    ("first_name", "last_name"), [("Éloïse", "Ben-Ali"), ("eloise", "BEN ALI"), (" Eloïse ", "Ben Ali")]
)
def test_the_same_address_and_names_are_the_same_person(first_name, last_name):
    known = make_member(account=False, first_name="Éloïse", last_name="Ben Ali", email="Eloise@example.org")
    booking = make_came(first_name=first_name, last_name=last_name, email="eloise@example.org")

    assert people.member_of(booking) == known


def test_the_address_of_the_account_counts_too():
    known = make_member(user=make_user(email="eloise@example.org"), first_name="Éloïse", last_name="Ali")
    make_member(account=False, first_name="Éloïse", last_name="Ali", email="eloise@example.org")

    assert people.member_of(make_came(first_name="Éloïse", last_name="Ali", email="eloise@example.org")) == known


def test_another_name_at_the_same_address_is_another_person():
    known = make_member(account=False, first_name="Éloïse", last_name="Ali", email="famille@example.org")

    member = people.member_of(make_came(first_name="Karim", last_name="Ali", email="famille@example.org"))

    assert member != known


def test_an_erased_member_is_nobody():
    make_member(account=False, first_name="", last_name="", erased_at=timezone.now())

    assert people.member_of(make_came()).erased_at is None


def test_without_an_address_the_same_names_may_be_another_person():
    known = make_member(account=False, first_name="Nour", last_name="Ali", telephone="0639980001")

    booking = make_came(first_name="Nour", last_name="Ali", email="", telephone="0639980001")

    assert people.member_of(booking) != known


def test_somebody_who_has_two_places_keeps_them_apart():
    known = make_member(account=False, first_name="Nour", last_name="Ali", email="nour@example.org")
    first = make_came(member=known)
    second = make_booking(first.session, first_name="Nour", last_name="Ali", email="nour@example.org")

    assert people.member_of(second) == known
    second.refresh_from_db()
    assert second.member is None


def test_a_name_that_was_erased_makes_no_record():
    booking = make_came(first_name="", last_name="", email="", anonymised_at=timezone.now())

    with pytest.raises(ValidationError, match="effacé"):
        people.member_of(booking)


def test_one_tap_makes_the_record_the_referent_and_the_invitation(counsellor):
    booking = make_came(email="nour@example.org")

    opened = people.open_space(booking, by=counsellor.user)

    assert opened.outcome == Outcome.INVITED
    assert opened.is_mine
    assert Referent.objects.get().counsellor == counsellor
    assert Invitation.objects.get().email == "nour@example.org"
    assert Notice.objects.get(kind="invitation").recipient == "nour@example.org"


def test_two_taps_are_one(counsellor):
    booking = make_came()
    people.open_space(booking, by=counsellor.user)

    opened = people.open_space(booking, by=counsellor.user)

    assert opened.outcome == Outcome.ALREADY_INVITED
    assert [Member.objects.count(), Invitation.objects.count(), Notice.objects.count()] == [1, 1, 1]


def test_an_invitation_that_expired_is_sent_again(counsellor):
    booking = make_came()
    people.open_space(booking, by=counsellor.user)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert people.open_space(booking, by=counsellor.user).outcome == Outcome.INVITED


def test_somebody_without_an_address_has_a_record_only(counsellor):
    opened = people.open_space(make_came(email="", telephone="0639980001"), by=counsellor.user)

    assert opened.outcome == Outcome.NO_ADDRESS
    assert opened.member.telephone == "0639980001"
    assert not Invitation.objects.exists()


def test_a_known_member_whom_nobody_accompanies_gets_this_counsellor(counsellor):
    known = make_member(account=False, first_name="Nour", last_name="Ali", email="nour@example.org")

    opened = people.open_space(
        make_came(first_name="Nour", last_name="Ali", email="nour@example.org"), by=counsellor.user
    )

    assert (opened.member, opened.outcome) == (known, Outcome.INVITED)
    assert Referent.objects.get(member=known).counsellor == counsellor


def test_the_referent_of_a_known_member_stays(counsellor):
    known = make_member(account=False, first_name="Nour", last_name="Ali", email="nour@example.org")
    theirs = make_referent(known)

    opened = people.open_space(
        make_came(first_name="Nour", last_name="Ali", email="nour@example.org"), by=counsellor.user
    )

    assert (opened.outcome, opened.is_mine) == (Outcome.ACCOMPANIED, False)
    assert Referent.objects.get(member=known) == theirs
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("is_mine", [True, False])
def test_somebody_who_has_an_account_is_not_invited(counsellor, is_mine):
    known = make_member()
    make_referent(known, counsellor if is_mine else None)

    opened = people.open_space(make_came(member=known), by=counsellor.user)

    assert (opened.outcome, opened.is_mine) == (Outcome.HAS_ACCOUNT, is_mine)
    assert not Invitation.objects.exists()


def test_coming_is_a_contact(counsellor):
    known = make_member(last_contact_on=timezone.localdate() - timedelta(days=500))

    people.open_space(make_came(member=known), by=counsellor.user)

    known.refresh_from_db()
    assert known.last_contact_on > timezone.localdate() - timedelta(days=2)


@pytest.mark.parametrize("attendance", ["", "absent", "excuse"])
def test_who_did_not_come_gets_no_space(counsellor, attendance):
    booking = make_booking(make_session_over(), attendance=attendance)

    with pytest.raises(ValidationError, match="venue"):
        people.open_space(booking, by=counsellor.user)
    assert not Member.objects.exists()


def test_only_an_active_counsellor_opens_a_space(counsellor):
    former = make_counsellor(ends_on=timezone.localdate() - timedelta(days=1))

    with pytest.raises(PermissionDenied):
        people.open_space(make_came(), by=former.user)
    assert not Member.objects.exists()
