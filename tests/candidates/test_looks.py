"""Who looked: kept once an hour, shown to the member, who may object."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from association.models import Identity
from candidates import looks, waiting
from candidates.models import Look, Version
from notices.models import Notice
from tests.candidates.factories import make_approved, make_consent, make_look, make_version
from tests.people import make_affiliation, make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, 10, tzinfo=UTC)


def test_a_look_is_kept_once_an_hour_for_each_thing():
    affiliation, version = make_affiliation(), make_approved()
    make_consent(version.profile.member)
    seen = {"by": affiliation.user}

    for what in (Look.What.PAGE, Look.What.PAGE, Look.What.MINI_CV):
        looks.record(version.profile, what=what, now=NOON, **seen)
    looks.record(version.profile, what=Look.What.PAGE, now=NOON + timedelta(minutes=49), **seen)
    looks.record(version.profile, what=Look.What.PAGE, now=NOON + timedelta(minutes=51), **seen)

    assert Look.objects.count() == 3
    assert set(Look.objects.values_list("organisation", flat=True)) == {affiliation.organisation_id}


def test_a_counsellor_looks_for_no_company_and_members_not_at_themselves():
    version = make_version()
    counsellor = make_referent(version.profile.member).counsellor.user

    looks.record(version.profile, what=Look.What.PAGE, by=counsellor)
    looks.record(version.profile, what=Look.What.PAGE, by=version.profile.member.user)

    assert [(look.user, look.organisation) for look in Look.objects.all()] == [(counsellor, None)]


def test_an_objection_is_told_once_to_the_counsellor_and_to_the_association():
    identity = Identity.load()
    identity.email = "contact@example.org"
    identity.save()
    member = make_approved().profile.member
    counsellor = make_referent(member).counsellor.user
    look = make_look(member)

    looks.object_to(look, text="Je ne connais pas cette entreprise.", by=member.user)
    looks.object_to(look, text="Encore.", by=member.user)

    look.refresh_from_db()
    assert look.objection == "Je ne connais pas cette entreprise."
    assert sorted(Notice.objects.values_list("recipient", flat=True)) == sorted([counsellor.email, identity.email])
    assert not Notice.objects.filter(text__contains="connais").exists()


def test_an_objection_needs_a_reason_and_its_member():
    look = make_look(make_approved().profile.member)

    with pytest.raises(ValidationError):
        looks.object_to(look, text=" ", by=look.member.user)
    with pytest.raises(PermissionDenied):
        looks.object_to(look, text="Non", by=make_member().user)


def test_without_an_address_of_the_association_the_counsellor_alone_is_told():
    look = make_look(make_approved().profile.member)
    make_referent(look.member)

    looks.object_to(look, text="Non", by=look.member.user)

    assert Notice.objects.count() == 1


def test_what_waits_for_a_counsellor_is_counted_in_one_query(django_assert_num_queries):
    version = make_version(state=Version.State.SUBMITTED)
    make_version(state=Version.State.SUBMITTED)
    counsellor = make_referent(version.profile.member).counsellor.user

    with django_assert_num_queries(1):
        assert waiting.pages_to_review(counsellor) == 1
    assert waiting.pages_waiting(counsellor) == [version]
    assert waiting.pages_to_review(make_counsellor().user) == 0
    with django_assert_num_queries(1):
        state = waiting.my_page_state(version.profile.member)
    assert state == {"draft": False, "submitted": True, "returned": False, "approved": False}
