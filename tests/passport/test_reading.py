"""Whose passports somebody reads, and who is noted for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Counsellor, Referent
from passport import looks, reading
from passport.models import Look
from tests.factories import make_user
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_proposal, make_signed
from tests.people import make_affiliation, make_counsellor, make_organisation, make_referent

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def prescriber_of(passport):
    return make_affiliation(organisation=passport.sheet.order.organisation).user


def test_a_member_reads_their_own_after_their_membership_too():
    passport, other = make_passport(), make_passport()
    user = passport.member.user
    passport.member.memberships.all().delete()

    assert list(reading.own(user)) == [passport]
    assert list(reading.own(make_user())) == []
    assert list(reading.own(other.member.user)) == [other]


def test_a_counsellor_reads_those_that_they_accompany_now():
    passport, stand_in = make_passport(), make_counsellor()
    now = timezone.now()
    referent = counsellor_of(passport)

    before = list(reading.accompanied(stand_in.user, now))
    make_referent(passport.member, stand_in, role=Referent.Role.STAND_IN, starts_at=now - DAY, ends_at=now + DAY)

    assert before == []
    assert list(reading.accompanied(stand_in.user, now)) == [passport]
    assert list(reading.accompanied(stand_in.user, now + 2 * DAY)) == []
    Referent.objects.filter(counsellor=referent).update(ends_at=now - DAY)
    assert list(reading.accompanied(referent.user, now)) == []


def test_nobody_accompanies_themselves():
    passport = make_passport()
    counsellor = make_counsellor(user=passport.member.user)
    make_referent(passport.member, counsellor, role=Referent.Role.STAND_IN, ends_at=timezone.now() + DAY)

    assert list(reading.accompanied(counsellor.user)) == []


def test_a_prescriber_reads_what_their_body_ordered_and_nothing_of_another():
    passport, other = make_passport(), make_passport()
    user = prescriber_of(passport)

    assert list(reading.paid_by(user)) == [passport]
    assert list(reading.orders_of(user)) == [passport.sheet.order]
    assert list(reading.paid_by(prescriber_of(other))) == [other]
    assert list(reading.paid_by(make_user())) == []


def test_who_left_a_body_or_acts_for_one_that_does_not_prescribe_reads_nothing():
    passport = make_passport()
    user = prescriber_of(passport)
    elsewhere = make_affiliation(organisation=make_organisation(is_company=True)).user

    passport.sheet.order.organisation.affiliations.update(ends_on=timezone.localdate() - DAY)

    assert list(reading.paid_by(user)) == list(reading.orders_of(user)) == list(reading.prescribers_of(elsewhere)) == []


def test_what_waits_for_a_member_is_theirs_and_not_signed():
    passport, other = make_passport(), make_passport()
    make_signed(passport)
    waits = make_proposal(passport, hour=15)
    make_proposal(other)

    assert list(reading.to_sign(passport.member.user)) == [waits]


def test_who_is_a_counsellor():
    counsellor = make_counsellor()

    assert reading.counsellor_of(counsellor.user) == counsellor
    with pytest.raises(Counsellor.DoesNotExist):
        reading.counsellor_of(make_user())


def test_a_look_is_noted_once_an_hour_and_never_the_member_s_own():
    passport, user = make_passport(), make_user()

    for minute in (0, 59):
        looks.note(passport, user, now=at(FIRST, 10, minute))
        looks.note(passport, passport.member.user, now=at(FIRST, 10, minute))
    looks.note(passport, user, now=at(FIRST, 11))
    looks.note(passport, make_user())

    assert Look.objects.filter(user=user).count() == 2
    assert Look.objects.count() == 3
