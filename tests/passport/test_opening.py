"""A passport opens with the signatures and the sheet, whichever comes last."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accompaniment import agreements
from accompaniment.models import LearningAgreement, PackageVersion
from association.clocks import months_later
from passport import opening
from passport.models import Gift, Order, Passport, Sheet
from tests.accompaniment.paths import make_agreement, make_package, make_roadmap
from tests.passport.factories import make_sheet, make_signed_agreement
from tests.people import make_organisation

pytestmark = pytest.mark.django_db
MEANS = "session:password"


def give(member, sheet=None):
    return Gift.objects.create(sheet=sheet or make_sheet(), member=member)


def sign_both(agreement, now):
    agreements.sign_as_member(agreement, means=MEANS, now=now)
    agreements.sign_as_counsellor(agreement, counsellor=agreement.counsellor, means=MEANS, now=now)


def sheet_of_another_version():
    version = PackageVersion.objects.create(package=make_package().package, number=9)
    order = Order.objects.create(
        organisation=make_organisation(is_prescriber=True), version=version, quantity=1, number="CMD-2026-9999"
    )
    return Sheet.objects.create(order=order, number=1)


def test_the_last_signature_opens_the_passport_where_the_sheet_was_given():
    now = timezone.now()
    agreement = make_agreement(make_roadmap(), state="propose", now=now - timedelta(days=8))
    LearningAgreement.objects.update(starts_on=date(2098, 12, 1))
    agreement.refresh_from_db()
    gift = give(agreement.member)
    assert opening.waits_for(agreement.member) == opening.NO_AGREEMENT

    sign_both(agreement, now)

    passport = Passport.objects.get()
    assert (passport.member, passport.agreement, passport.sheet) == (agreement.member, agreement, gift.sheet)
    assert (passport.starts_on, passport.ends_on) == (date(2098, 12, 1), date(2099, 3, 1))
    assert [entry.act for entry in passport.entries.all()] == ["open"]
    assert opening.waits_for(agreement.member) == ""
    assert opening.open_if_ready(agreement.member, now) is None


def test_the_sheet_opens_it_where_both_had_signed():
    agreement, now = make_signed_agreement(), timezone.now()
    assert opening.open_if_ready(agreement.member, now) is None
    assert opening.waits_for(agreement.member) == opening.NO_SHEET
    give(agreement.member)

    passport = opening.open_if_ready(agreement.member, now)

    assert passport.agreement == agreement
    assert (passport.starts_on, passport.ends_on) == (None, None)


@pytest.mark.parametrize(("since", "opens"), [(0, True), (1, False)])
def test_an_agreement_that_was_left_unused_opens_no_later_passport(since, opens):
    """It names no first day: it holds for as long as the window would, from its second signature."""
    signed = timezone.localtime() - timedelta(days=300)
    agreement = make_signed_agreement(now=signed)
    give(agreement.member)
    last = months_later(timezone.localdate(signed), agreement.roadmap.version.window_months)
    moment = signed + (last - timezone.localdate(signed)) + timedelta(days=since)

    passport = opening.open_if_ready(agreement.member, moment)

    assert bool(passport) is opens
    assert "est passée depuis le" in opening.waits_for(agreement.member) or opens


def test_half_an_agreement_opens_nothing():
    agreement = make_agreement(make_roadmap(), state="propose", now=timezone.now() - timedelta(days=8))
    give(agreement.member)
    agreements.sign_as_member(agreement, means=MEANS)

    assert opening.open_if_ready(agreement.member, timezone.now()) is None
    assert not Passport.objects.exists()


def test_a_sheet_of_another_package_waits_and_says_why():
    agreement = make_signed_agreement()
    give(agreement.member, sheet_of_another_version())

    assert opening.open_if_ready(agreement.member, timezone.now()) is None
    told = opening.waits_for(agreement.member)
    assert "Forfait crédit-temps, version 1" in told
    assert "Forfait crédit-temps, version 9" in told
    assert "donnez une planche du même forfait" in told


def test_a_sheet_taken_back_opens_nothing():
    agreement = make_signed_agreement()
    gift = give(agreement.member)
    Gift.objects.filter(pk=gift.pk).update(taken_back_at=timezone.now(), reason="Erreur")

    assert opening.open_if_ready(agreement.member, timezone.now()) is None


def test_there_is_one_passport_at_a_time():
    first = make_signed_agreement()
    give(first.member)
    passport = opening.open_if_ready(first.member, timezone.now())
    second = make_signed_agreement(first.member, first.counsellor)
    give(first.member)

    assert opening.open_if_ready(first.member, timezone.now()) is None
    assert opening.waits_for(first.member) == opening.ANOTHER
    Passport.objects.filter(pk=passport.pk).update(state="acheve")
    assert opening.open_if_ready(first.member, timezone.now()).agreement == second


def test_nothing_waits_for_who_has_nothing():
    assert opening.waits_for(make_roadmap().member) == ""


def test_a_passport_whose_time_would_be_over_does_not_open():
    agreement, now = make_signed_agreement(), timezone.now()
    LearningAgreement.objects.update(starts_on=months_later(timezone.localdate(now), -3) - timedelta(days=1))
    gift = give(agreement.member)

    assert opening.open_if_ready(agreement.member, now) is None
    assert "proposez un autre contrat" in opening.waits_for(agreement.member)

    LearningAgreement.objects.update(starts_on=months_later(timezone.localdate(now), -3))
    assert opening.open_if_ready(agreement.member, now).sheet == gift.sheet
