"""Signatures that come at the same moment: on a database with several writers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accompaniment import agreements, paper_agreements
from accompaniment.models import LearningAgreement
from accounts.models import Referent
from notices.models import Notice
from passport import ledger, pins, sheets, signing
from passport.models import Cheque, Entry, Passport, SigningLink
from tests.accompaniment.paths import make_agreement, make_roadmap
from tests.accompaniment.test_appointment_races import at_once, several_writers
from tests.factories import make_user
from tests.passport.factories import FIRST, MEANS, at, counsellor_of, make_passport, make_proposal, make_sheet
from tests.people import make_referent

pytestmark = [several_writers, pytest.mark.django_db(transaction=True)]
CODE, WRONG = "480927", "730154"
NOW = at(FIRST + timedelta(days=6), 12)


@pytest.fixture
def cheque():
    found = make_proposal(make_passport())
    pins.choose(found.passport.member, CODE)
    return found


def link(cheque, way="pin"):
    return signing.make_link(cheque, way=way, by=counsellor_of(cheque.passport).user, now=NOW)


def test_pressed_eight_times_at_once_a_visit_is_signed_once_and_each_answer_says_so(cheque):
    token = link(cheque)

    answers = at_once([lambda: signing.sign_here(token, CODE, now=NOW)] * 8)

    assert set(answers) == {cheque}
    assert Entry.objects.filter(act="visit").count() == 1
    assert SigningLink.objects.get().used_at == NOW
    assert Notice.objects.filter(kind="visit_signed").count() == 1


def test_every_way_at_once_signs_once(cheque):
    here, there, member = link(cheque), link(cheque, "qr"), cheque.passport.member
    jobs = [lambda: signing.sign_here(here, CODE, now=NOW)] * 3
    jobs += [lambda: signing.sign_there(there, member.user, how="password", now=NOW)] * 3
    jobs += [lambda: signing.sign(cheque, member=member, how=MEANS, now=NOW)] * 3

    answers = at_once(jobs)

    assert set(answers) == {cheque}
    assert Entry.objects.filter(act="visit").count() == 1


def test_a_proposal_taken_back_while_it_is_signed_is_one_or_the_other(cheque):
    token = link(cheque)

    at_once(
        [
            lambda: signing.sign_here(token, CODE, now=NOW),
            lambda: ledger.withdraw(cheque, counsellor=cheque.counsellor, now=NOW),
        ]
    )

    state = Cheque.objects.get().state
    assert state in {"signe", "retire"}
    assert Entry.objects.filter(act="visit").exists() is (state == "signe")
    assert (SigningLink.objects.get().used_at is not None) is (state == "signe")


def test_fifty_wrong_codes_at_once_are_five_tries(cheque):
    member = cheque.passport.member

    answers = at_once([lambda: pins.is_right(member, WRONG)] * 50)

    assert not any(answers)
    assert pins.of(member).tries == pins.TRIES
    assert not pins.is_right(member, CODE)


def test_both_signatures_and_the_sheet_at_once_open_one_passport():
    now = timezone.now()
    agreement = make_agreement(make_roadmap(), state="propose", now=now - timedelta(days=8))
    sheet, staff = make_sheet(), make_user()
    follower = Referent.objects.get(member=agreement.member).counsellor
    jobs = [lambda: agreements.sign_as_member(agreement, means=MEANS)] * 3
    jobs += [lambda: agreements.sign_as_counsellor(agreement, counsellor=follower, means=MEANS)] * 3
    jobs += [lambda: sheets.give(sheet, agreement.member, by=staff)] * 3

    at_once(jobs)

    assert LearningAgreement.objects.get().state == "signe"
    assert Passport.objects.get().sheet == sheet
    assert Entry.objects.count() == 1


def test_who_sees_a_copy_while_they_sign_for_the_association_is_one_of_the_two():
    now = timezone.now()
    agreement = make_agreement(make_roadmap(), state="propose", now=now - timedelta(days=8))
    helper = make_referent(agreement.member, role="remplacant", ends_at=now + timedelta(days=9)).counsellor
    paper = paper_agreements.keep_copy(
        agreement, b"%PDF-1.4", extension=".pdf", signed_on=timezone.localdate(now), by=agreement.counsellor.user
    )
    jobs = [lambda: paper_agreements.see(paper, by=helper.user)] * 2
    jobs += [lambda: agreements.sign_as_counsellor(agreement, counsellor=helper, means=MEANS)] * 2

    at_once(jobs)

    found = LearningAgreement.objects.get()
    assert found.state == "propose"
    assert (found.member_signed_at is None) is (found.counsellor_signed_at is not None)
