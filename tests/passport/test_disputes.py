"""A member contests a signed visit, and who accompanies them answers."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from notices.models import Notice
from passport import disputes
from passport.balances import balance
from passport.models import Cheque, Dispute
from tests.passport.factories import counsellor_of, make_passport, make_proposal, make_signed
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db
WORDS = "Je n’étais pas là."


@pytest.fixture
def cheque():
    return make_signed(make_passport())


def contest(cheque, words=WORDS, user=None):
    return disputes.open_dispute(cheque, words, user or cheque.passport.member.user, cheque.member_signed_at)


def settle(dispute, outcome="maintenue", answer="La feuille est signée.", counsellor=None, **more):
    writer = counsellor or counsellor_of(dispute.cheque.passport)
    later = dispute.opened_at + timedelta(hours=1)
    return disputes.settle(dispute, outcome=outcome, answer=answer, counsellor=writer, now=later, **more)


def told(kind):
    return [(notice.recipient, notice.about) for notice in Notice.objects.filter(kind=kind)]


def test_a_contested_visit_waits_for_an_answer_and_its_counsellor_is_told(cheque):
    dispute = contest(cheque, f"  {WORDS} ")

    assert (dispute.words, dispute.outcome) == (WORDS, "")
    assert list(Cheque.objects.disputed()) == [cheque]
    assert told("dispute_opened") == [(counsellor_of(cheque.passport).user.email, dispute.reference)]


def test_only_the_member_contests_and_only_a_signed_visit(cheque):
    for user in (counsellor_of(cheque.passport).user, make_member().user):
        with pytest.raises(ValidationError, match="pas la vôtre"):
            contest(cheque, user=user)
    with pytest.raises(ValidationError, match="Seule une visite signée"):
        contest(make_proposal(cheque.passport, hour=14), user=cheque.passport.member.user)
    with pytest.raises(ValidationError, match="Dites ce qui ne va pas"):
        contest(cheque, "  ")
    assert not Dispute.objects.exists()


def test_a_visit_has_one_open_dispute_at_a_time(cheque):
    first = contest(cheque)

    with pytest.raises(ValidationError, match="déjà contestée"):
        contest(cheque)
    disputes.take_back(first)
    assert contest(cheque) != first


def test_a_dispute_taken_back_is_settled_once(cheque):
    dispute = disputes.take_back(contest(cheque))

    assert (dispute.outcome, dispute.settled_by) == ("retiree", cheque.passport.member.user)
    with pytest.raises(ValidationError, match="déjà réglée"):
        disputes.take_back(dispute)
    with pytest.raises(ValidationError, match="déjà réglée"):
        settle(dispute)


def test_a_visit_that_is_kept_stays_as_it_is_and_the_member_is_told(cheque):
    dispute = settle(contest(cheque))

    assert (dispute.outcome, dispute.answer) == ("maintenue", "La feuille est signée.")
    assert Cheque.objects.get().state == Cheque.State.SIGNED
    assert told("dispute_settled") == [(cheque.passport.member.mailbox, dispute.reference)]


def test_a_visit_that_is_cancelled_gives_its_hours_back_with_the_answer_as_reason(cheque):
    settle(contest(cheque), "annulee", "C’était une autre personne.")

    counter = cheque.passport.entries.get(act="cancel")
    assert counter.texts.get(name="reason").text == "C’était une autre personne."
    assert balance(cheque.passport)["rv"].used == 0


@pytest.mark.parametrize(("outcome", "answer"), [("retiree", "x"), ("", "x"), ("maintenue", "  ")])
def test_an_answer_says_what_becomes_of_the_visit_and_why(cheque, outcome, answer):
    with pytest.raises(ValidationError):
        settle(contest(cheque), outcome, answer)
    assert Dispute.objects.get().settled_at is None


def test_only_who_accompanies_the_member_settles(cheque):
    dispute = contest(cheque)

    with pytest.raises(ValidationError, match="n’accompagnez pas"):
        settle(dispute, counsellor=make_counsellor())
    assert Cheque.objects.get().state == Cheque.State.SIGNED


def test_cancelling_a_visit_settles_what_was_contested_of_it(cheque):
    contest(cheque)

    disputes.cancel_visit(cheque, reason="Erreur de jour", counsellor=counsellor_of(cheque.passport))

    assert [(row.outcome, row.answer) for row in Dispute.objects.all()] == [("annulee", "Erreur de jour")]


def test_who_left_or_has_no_mailbox_is_not_written_to(cheque):
    counsellor = counsellor_of(cheque.passport)
    type(counsellor.user).objects.filter(pk=counsellor.user_id).update(is_active=False)
    member = cheque.passport.member
    user = member.user
    dispute = contest(cheque, user=user)
    member.user, member.email = None, ""
    member.save()

    settle(dispute)

    assert not Notice.objects.filter(kind__startswith="dispute").exists()


def test_a_clock_that_was_put_back_settles_nothing_before_it_was_contested(cheque):
    dispute = contest(cheque)

    settled = disputes.take_back(dispute, dispute.opened_at - timedelta(days=3))

    assert settled.settled_at == dispute.opened_at
