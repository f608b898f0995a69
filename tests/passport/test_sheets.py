"""To whom a sheet is given, and when it may go to another."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from passport import ledger, opening, sheets
from passport.models import Gift, Order, Passport, Sheet
from tests.factories import make_user
from tests.passport.factories import (
    FIRST,
    at,
    counsellor_of,
    make_passport,
    make_proposal,
    make_sheet,
    make_signed_agreement,
)
from tests.passport.test_orders import refusal
from tests.people import make_member, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def forgotten(monkeypatch):
    """Nobody else’s answer to who sent a member."""
    monkeypatch.setattr(sheets, "_senders", [])


def give(sheet=None, member=None):
    return sheets.give(sheet or make_sheet(), member or make_member(), by=make_user())


def take_back(gift, reason="Erreur de personne"):
    return sheets.take_back(gift, reason=reason, by=make_user())


def gift_of(passport):
    return Gift.objects.get(sheet=passport.sheet)


def test_a_sheet_in_the_place_of_another_is_none_of_those_ordered():
    passport = make_passport()

    other = take_back(gift_of(passport))

    assert (passport.sheet.in_words, other.in_words) == ("planche 1 sur 1", "planche 2, à la place d’une autre")


def test_a_sheet_has_one_holder():
    sheet = make_sheet()
    gift = give(sheet)

    assert refusal(lambda: give(sheet)) == {"": ["held"]}
    assert opening.gift_of(gift.member) == gift
    assert sheet not in sheets.free()


def test_a_member_has_one_sheet_that_waits():
    member = make_member()
    give(member=member)

    assert refusal(lambda: give(member=member)) == {"member": ["has_one"]}


def test_a_member_whose_passport_is_open_may_have_another_sheet():
    passport = make_passport()

    assert give(member=passport.member).member == passport.member


def test_the_passport_opens_with_its_sheet_when_the_agreement_was_signed_before():
    agreement = make_signed_agreement()

    gift = give(make_sheet(), agreement.member)

    assert Passport.objects.get(member=agreement.member).sheet == gift.sheet


@pytest.mark.parametrize("state", [Order.State.ASKED, Order.State.CANCELLED])
def test_only_a_sheet_of_a_confirmed_order_is_given(state):
    sheet = make_sheet(state=state)

    assert refusal(lambda: give(sheet)) == {"": ["order"]}
    assert sheet not in sheets.free()


def test_nothing_is_given_to_who_is_erased():
    member = make_member(account=False)
    member.first_name, member.last_name, member.erased_at = "", "", timezone.now()
    member.save()

    assert refusal(lambda: give(member=member)) == {"member": ["erased"]}


def test_a_sheet_taken_back_goes_to_another_and_both_stay_written():
    sheet = make_sheet()
    first = give(sheet)

    assert take_back(first) == sheet
    second = give(sheet)

    assert list(Gift.objects.filter(sheet=sheet).order_by("pk").values_list("member", "reason")) == [
        (first.member.pk, "Erreur de personne"),
        (second.member.pk, ""),
    ]
    assert refusal(lambda: take_back(first)) == {"": ["taken_back"]}


@pytest.mark.parametrize(("reason", "code"), [("  ", "no_reason"), ("a" * 201, "too_long")])
def test_it_is_taken_back_with_a_reason(reason, code):
    assert refusal(lambda: take_back(give(), reason)) == {"reason": [code]}


def test_a_passport_opened_but_not_begun_ends_and_its_sheet_is_replaced():
    passport = make_passport()

    instead = take_back(gift_of(passport))

    passport.refresh_from_db()
    assert (passport.state, passport.sheet.number, instead.number) == (Passport.State.ENDED, 1, 2)
    assert passport.entries.order_by("seq").values_list("act", flat=True)[1] == "end"
    assert set(sheets.free()) == {instead}
    assert refusal(lambda: give(passport.sheet)) == {"": ["opened"]}


def test_a_passport_that_was_over_without_a_cheque_is_replaced_too():
    passport = make_passport()
    Passport.objects.filter(pk=passport.pk).update(state=Passport.State.EXPIRED)

    assert take_back(gift_of(passport)).number == 2
    passport.refresh_from_db()
    assert passport.state == Passport.State.EXPIRED


def test_after_its_first_cheque_a_sheet_stays_even_if_the_cheque_was_withdrawn():
    passport = make_passport()
    cheque = make_proposal(passport)
    ledger.withdraw(cheque, counsellor=counsellor_of(passport), now=at(FIRST + timedelta(days=6), 12))

    assert refusal(lambda: take_back(gift_of(passport))) == {"": ["has_cheque"]}
    assert Sheet.objects.count() == 1


def test_sheets_of_who_sent_a_member_come_first():
    member, body = make_member(), make_organisation(is_prescriber=True)
    other, theirs = make_sheet(), make_sheet(organisation=body)
    assert set(sheets.free_for(member)) == {other, theirs}

    sheets.sent_by(lambda asked: [body.pk] if asked == member else [])

    assert set(sheets.free_for(member)) == {theirs}
    assert set(sheets.free_for(make_member())) == {other, theirs}
    give(theirs, member)
    assert set(sheets.free_for(member)) == {other}


def test_a_refused_gift_leaves_nothing():
    with pytest.raises(ValidationError):
        give(make_sheet(state=Order.State.ASKED))

    assert not Gift.objects.exists()
