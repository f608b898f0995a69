"""What a member allows, to whom, until when; how it ends."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import memberships
from accounts.models import Membership
from candidates import consents
from candidates.models import Consent
from tests.candidates.factories import make_consent
from tests.factories import make_user
from tests.people import make_member, make_membership, make_organisation

pytestmark = pytest.mark.django_db

BORN = date(1990, 5, 17)


def today():
    return timezone.localdate()


def give(member, organisation=None, *, until=None, with_video=False, **more):
    fields = {"by": member.user} | more
    return consents.give(
        member,
        organisation=organisation,
        until=until or today() + timedelta(days=30),
        with_video=with_video,
        **fields,
    )


def test_one_company_is_allowed_and_no_other():
    member, company, other = make_member(), make_organisation(), make_organisation()

    consent = give(member, company)

    assert list(consents.live_for(company)) == [consent]
    assert not consents.live_for(other).exists()


def test_all_companies_are_allowed_at_once_but_those_that_closed():
    member, company = make_member(), make_organisation()
    closed, prescriber = make_organisation(closed_on=today()), make_organisation(is_prescriber=True)

    give(member)

    assert consents.live_for(company).exists()
    assert not consents.live_for(closed).exists()
    assert not consents.live_for(prescriber).exists()


def test_what_was_accepted_is_kept_in_words():
    company = make_organisation(name="Le Grand Bol")

    consent = give(make_member(born_on=BORN), company, with_video=True)

    assert "l’entreprise «\u00a0Le Grand Bol\u00a0»" in consent.text
    assert "avec ma vidéo" in consent.text
    assert "toutes les entreprises inscrites" in give(make_member()).text


def test_the_same_consent_given_twice_is_one():
    member, company = make_member(), make_organisation()

    assert give(member, company) == give(member, company)
    assert give(member) == give(member)


def test_another_end_replaces_the_consent():
    member, company = make_member(), make_organisation()
    first = give(member, company)

    second = give(member, company, until=today())

    first.refresh_from_db()
    assert first.withdrawn_at == second.given_at
    assert list(consents.live_for(company)) == [second]


def test_a_consent_that_ended_may_be_given_again():
    member, company = make_member(), make_organisation()
    make_consent(member, company, ends_on=today() - timedelta(days=1))

    give(member, company)

    assert consents.live_for(company).count() == 1


def test_it_is_withdrawn_once_and_at_once():
    member, company = make_member(), make_organisation()
    consent = give(member, company)
    moment = timezone.now()

    consents.withdraw(consent, by=member.user, now=moment)
    consents.withdraw(consent, by=member.user, now=moment + timedelta(hours=1))

    consent.refresh_from_db()
    assert consent.withdrawn_at == moment
    assert not consents.live_for(company).exists()


def test_all_are_withdrawn_together():
    member, company = make_member(), make_organisation()
    give(member, company)
    give(member)

    consents.withdraw_all(member, by=member.user)

    assert not consents.live_for(company).exists()


def test_only_the_member_gives_and_withdraws():
    member, other = make_member(), make_member()
    consent = give(member)

    with pytest.raises(PermissionDenied):
        give(member, by=other.user)
    with pytest.raises(PermissionDenied):
        consents.withdraw(consent, by=other.user)
    with pytest.raises(PermissionDenied):
        consents.withdraw_all(member, by=other.user)


def test_a_consent_ends_with_its_day_and_with_the_membership():
    member = make_member(current=False)
    make_membership(member, ends_on=today() + timedelta(days=90))
    company = make_organisation()
    consent = give(member, company)

    assert consents.live_for(company, consent.ends_on).exists()
    assert not consents.live_for(company, consent.ends_on + timedelta(days=1)).exists()
    Membership.objects.update(ends_on=today() - timedelta(days=1))
    assert not consents.live_for(company).exists()


def test_a_later_membership_does_not_bring_back_a_consent():
    member = make_member(current=False)
    make_membership(member, starts_on=today() - timedelta(days=60), ends_on=today() - timedelta(days=10))
    make_consent(member, given_at=timezone.now() - timedelta(days=20))

    make_membership(member, starts_on=today() - timedelta(days=5))

    assert not consents.live_for(make_organisation()).exists()


def test_a_membership_that_begins_again_on_the_same_day_does_not_either():
    member, company, staff = make_member(current=False), make_organisation(), make_user()
    memberships.start(member, by=staff, starts_on=today() - timedelta(days=9))
    for _ in range(2):  # what ran for days and is cut short, then what began today and leaves nothing
        consent = give(member, company)
        assert consents.live_for(company).get() == consent

        memberships.end(member, by=staff)
        memberships.start(member, by=staff, starts_on=today())

        assert not consents.live_for(company).exists()
    assert give(member, company) in consents.live_for(company)


def test_a_consent_ends_with_the_membership_or_within_a_year():
    short, long = make_member(current=False), make_member(current=False)
    make_membership(short, ends_on=today() + timedelta(days=10))
    make_membership(long, ends_on=today() + timedelta(days=3000))

    assert consents.last_day(short) == today() + timedelta(days=10)
    assert consents.last_day(long) == today() + timedelta(days=365)
    assert consents.last_day(make_member(current=False)) is None
    with pytest.raises(ValidationError, match="choisissez au plus tard le"):
        give(short, until=today() + timedelta(days=11))


@pytest.mark.parametrize(
    ("refused", "name"),
    [
        ({"until": date(2020, 1, 1)}, "until"),
        ({"until": date(2990, 1, 1)}, "until"),
        ({"with_video": True}, "with_video"),
    ],
)
def test_what_cannot_be_given_is_refused_by_field(refused, name):
    with pytest.raises(ValidationError) as error:
        give(make_member(), **refused)

    assert list(error.value.message_dict) == [name]


def test_a_company_that_left_is_not_allowed():
    for company in (make_organisation(closed_on=today()), make_organisation(is_prescriber=True)):
        with pytest.raises(ValidationError, match="plus inscrite"):
            give(make_member(), company)


@pytest.mark.parametrize(
    ("born", "on", "adult"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
        (date(2008, 11, 21), date(2026, 11, 20), False),
        (date(2008, 11, 21), date(2026, 11, 21), True),
    ],
)
def test_one_is_of_age_from_the_eighteenth_birthday_on(born, on, adult):
    assert consents.is_adult(make_member(born_on=born), on) is adult


def test_the_database_keeps_one_consent_for_each_company():
    member, company = make_member(), make_organisation()
    make_consent(member, company)
    make_consent(member)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_consent(member, company)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_consent(member)
    assert Consent.objects.count() == 2
