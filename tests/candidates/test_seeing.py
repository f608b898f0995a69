"""Who sees a page. The same is asked in two ways: of a page (a predicate), of all of them (a queryset)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Referent
from candidates import permissions, seeing
from candidates.models import Profile, Version
from tests.candidates.factories import make_approved, make_consent, make_version
from tests.factories import make_admin, make_user
from tests.people import (
    make_affiliation,
    make_counsellor,
    make_member,
    make_organisation,
    make_referent,
    make_treasurer,
    make_volunteer,
)

pytestmark = pytest.mark.django_db


def person(company, **fields):
    return make_affiliation(organisation=company, **fields).user


def test_a_company_sees_who_allows_it():
    company, other = make_organisation(), make_organisation()
    named, everybody, nobody = make_approved(), make_approved(), make_approved()
    make_consent(named.profile.member, company)
    make_consent(everybody.profile.member)

    assert set(seeing.visible_to(person(company))) == {named.profile, everybody.profile}
    assert set(seeing.visible_to(person(other))) == {everybody.profile}
    assert nobody.profile not in seeing.visible_to(person(company))


@pytest.mark.parametrize("state", [Version.State.DRAFT, Version.State.SUBMITTED, Version.State.RETURNED])
def test_a_company_sees_nothing_that_is_not_approved(state):
    version = make_version(state=state)
    make_consent(version.profile.member)

    assert not seeing.visible_to(person(make_organisation())).exists()


def put(thing, **fields):
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()


def yesterday():
    return timezone.localdate() - timedelta(days=1)


# How a page closes, of an affiliation and a consent to all companies.
ENDS = {
    "withdrawn": lambda at: put(at.consent, withdrawn_at=timezone.now()),
    "ended": lambda at: put(at.consent, ends_on=yesterday()),
    "membership over": lambda at: at.consent.member.memberships.update(ends_on=yesterday()),
    "left": lambda at: put(at.one, ends_on=yesterday()),
    "closed": lambda at: put(at.one.organisation, closed_on=yesterday()),
    "not a company": lambda at: put(at.one.organisation, is_company=False, is_prescriber=True),
    "inactive": lambda at: put(at.one.user, is_active=False),
    "erased": lambda at: put(at.consent.member, erased_at=timezone.now(), user=None, first_name="", last_name=""),
    "replaced": lambda at: Version.objects.filter(profile__member=at.consent.member).update(
        state=Version.State.REPLACED
    ),
}


@pytest.mark.parametrize("how", ENDS)
def test_what_ends_closes_the_page_at_once(how):
    affiliation = make_affiliation()
    version = make_approved()
    consent = make_consent(version.profile.member)
    assert seeing.visible_to(affiliation.user).exists()

    ENDS[how](SimpleNamespace(one=affiliation, consent=consent))

    profile = Profile.objects.get()
    assert not seeing.visible_to(affiliation.user).exists()
    assert not seeing.readable_by(affiliation.user).exists()
    assert not permissions.can_see_page(affiliation.user, profile=profile)


def test_the_video_is_allowed_apart():
    company = make_organisation()
    without, with_it = make_approved(), make_approved()
    make_consent(without.profile.member, with_video=False)
    make_consent(with_it.profile.member)

    assert list(seeing.visible_to(person(company), with_video=True)) == [with_it.profile]


def test_the_question_asked_of_one_page_and_of_all_has_one_answer():
    company, other = make_organisation(), make_organisation()
    approved, draft = make_approved(), make_version()
    make_consent(approved.profile.member, company)
    make_consent(draft.profile.member)
    counsellor, former = make_counsellor(), make_counsellor()
    make_referent(approved.profile.member, counsellor)
    make_referent(
        draft.profile.member, former, role=Referent.Role.STAND_IN, ends_at=timezone.now() - timedelta(minutes=1)
    )
    people = [
        AnonymousUser(),
        make_user(is_active=False),
        make_admin(),
        make_member().user,
        approved.profile.member.user,
        draft.profile.member.user,
        counsellor.user,
        former.user,
        make_counsellor().user,
        person(company),
        person(other),
        person(make_organisation(is_prescriber=True)),
        make_treasurer(),
        make_volunteer(),
    ]

    for user in people:
        for profile in (approved.profile, draft.profile):
            listed = seeing.readable_by(user).filter(pk=profile.pk).exists()
            assert permissions.can_see_page(user, profile=profile) is listed, user
    seen = [user for user in people if seeing.readable_by(user).exists()]
    assert seen == [people[4], people[5], people[6], people[9]]


def test_a_person_of_two_companies_looks_for_the_one_that_was_named():
    user, version = make_user(), make_approved()
    first, second = make_organisation(name="A"), make_organisation(name="B")
    person(first, user=user)
    person(second, user=user)

    make_consent(version.profile.member)
    assert seeing.company_allowed(user, profile=version.profile) == first
    make_consent(version.profile.member, second)
    assert seeing.company_allowed(user, profile=version.profile) == second
    assert seeing.company_allowed(make_user(), profile=version.profile) is None


def test_who_writes_and_who_reviews():
    member = make_member()
    counsellor = make_referent(member).counsellor.user

    assert permissions.can_write_page(member.user, member=member)
    assert not permissions.can_write_page(counsellor, member=member)
    assert not permissions.can_write_page(AnonymousUser(), member=member)
    assert permissions.can_review_page(counsellor, member=member)
    assert not permissions.can_review_page(member.user, member=member)
    assert not permissions.can_review_page(AnonymousUser(), member=member)
    assert not permissions.can_review_page(make_counsellor().user, member=member)
