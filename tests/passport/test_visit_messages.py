"""What people are written about visits: at once, once, and not a word of what was done."""

from datetime import timedelta

import pytest
from django.db import transaction

from notices.models import Notice
from passport import ledger
from tests.passport.factories import FIRST, MEANS, at, counsellor_of, make_passport, make_proposal, make_signed
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db
WORDS = {"what": "Marionnette", "place": "Ménilmontant", "kind": "candidature", "hours": 2}


def told():
    found = {notice.kind: notice.recipient for notice in Notice.objects.all()}
    text = "".join(f"{notice.subject} {notice.text}" for notice in Notice.objects.all())
    for secret in (
        "Marionnette",
        "Ménilmontant",
        "candidature",
        "Ateliers",
        "2 h",
        "2\N{NO-BREAK SPACE}h",
        "septembre",
    ):
        assert secret not in text
    return found


def test_a_visit_that_waits_is_told_to_the_member_and_then_that_it_is_signed():
    passport = make_passport()
    member = passport.member.user.email

    cheque = make_proposal(passport, **WORDS)
    assert told() == {"visit_to_sign": member}
    ledger.sign(cheque, member=passport.member, means=MEANS, now=cheque.counsellor_signed_at)

    assert told() == {"visit_to_sign": member, "visit_signed": member}
    signed = Notice.objects.get(kind="visit_signed")
    assert "Une visite vient d’être signée dans votre passeport. Une erreur\N{NO-BREAK SPACE}?" in signed.text
    assert f"/espace/passeport/cheques/{cheque.reference}/signer/" in signed.text
    ledger.sign(cheque, member=passport.member, means=MEANS)
    assert Notice.objects.count() == 2


def test_one_cancelled_one_withdrawn_and_one_expired_are_told():
    passport = make_passport()
    counsellor, member = counsellor_of(passport), passport.member.user.email
    ledger.cancel(make_signed(passport, **WORDS), reason="Marionnette", counsellor=counsellor)
    ledger.withdraw(make_proposal(passport, hour=14, **WORDS), counsellor=counsellor)
    make_proposal(passport, hour=17, **WORDS)
    Notice.objects.filter(kind__in=["visit_to_sign", "visit_signed"]).delete()

    ledger.expire_due(at(FIRST + timedelta(days=14)))

    assert told() == {
        "visit_cancelled": member,
        "visit_withdrawn": member,
        "visit_expired": member,
        "visit_expired_counsellor": counsellor.user.email,
    }


def test_what_is_undone_is_told_to_nobody():
    passport = make_passport()

    with transaction.atomic():
        make_proposal(passport, **WORDS)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


@pytest.mark.parametrize(("email", "told_them"), [("jo@example.org", 1), ("", 0)])
def test_a_member_without_an_account_reads_no_link_and_one_without_mailbox_nothing(email, told_them):
    member = make_member(account=False, email=email)
    counsellor = make_referent(member, make_counsellor(), starts_at=at(FIRST, 7)).counsellor
    make_proposal(make_passport(member=member, counsellor=counsellor), counsellor=counsellor)

    assert Notice.objects.count() == told_them
    assert not Notice.objects.filter(text__contains="/espace/").exists()


def test_a_counsellor_whose_account_is_closed_is_written_nothing():
    passport = make_passport()
    make_proposal(passport)
    user = counsellor_of(passport).user
    user.is_active = False
    user.save()

    ledger.expire_due(at(FIRST + timedelta(days=14)))

    assert not Notice.objects.filter(kind="visit_expired_counsellor").exists()
