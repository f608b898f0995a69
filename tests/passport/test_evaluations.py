"""Who may say what they think of a visit, how, and until when."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from passport import evaluations, ledger
from passport.models import Cheque, Evaluation, Passport
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_proposal, make_signed
from tests.people import make_affiliation, make_counsellor, make_member, make_organisation

pytestmark = pytest.mark.django_db
By = Evaluation.By
NOW = at(FIRST + timedelta(days=10))


@pytest.fixture
def visit() -> Cheque:
    return make_signed(make_passport())


def speaker(passport: Passport, by: str) -> User:
    if by == By.MEMBER:
        return passport.member.user
    if by == By.COUNSELLOR:
        return counsellor_of(passport).user
    return make_affiliation(organisation=passport.sheet.order.organisation, starts_on=FIRST).user


def judge(visit: Cheque, by: str = By.MEMBER, **said) -> Evaluation:
    user = said.pop("user", None) or speaker(visit.passport, by)
    return evaluations.judge(visit.passport, by=by, user=user, **{"score": 4, "cheque": visit, "now": NOW} | said)


@pytest.mark.parametrize("by", By.values)
def test_each_side_judges_a_visit_and_the_whole(visit: Cheque, by: str) -> None:
    judge(visit, by)
    judge(visit, by, cheque=None, score=2)

    assert evaluations.latest(visit.passport, by, visit).score == 4
    assert evaluations.latest(visit.passport, by).score == 2


@pytest.mark.parametrize("by", By.values)
def test_nobody_judges_for_a_side_that_is_not_theirs(visit: Cheque, by: str) -> None:
    body = make_organisation(is_prescriber=True)
    strangers = [make_member().user, make_counsellor().user, make_affiliation(organisation=body).user]
    strangers += [speaker(visit.passport, other) for other in By.values if other != by]
    for stranger in strangers:
        with pytest.raises(ValidationError) as refusal:
            judge(visit, by, user=stranger)
        assert refusal.value.code == "not_yours"


def test_said_again_within_thirty_days_it_replaces(visit: Cheque) -> None:
    judge(visit, words="Bien")
    judge(visit, score=1, words="À revoir", now=NOW + timedelta(days=30))

    found = Evaluation.objects.get()
    assert (found.score, found.words, found.made_at) == (1, "À revoir", NOW)


def test_after_thirty_days_it_stays(visit: Cheque) -> None:
    made = judge(visit)
    late = NOW + timedelta(days=30, seconds=1)
    assert not evaluations.can_change(made, late)
    with pytest.raises(ValidationError) as refusal:
        judge(visit, score=1, now=late)
    assert refusal.value.code == "old"


@pytest.mark.parametrize("score", [0, 5, -1, 10**9])
def test_a_score_is_from_one_to_four(visit: Cheque, score: int) -> None:
    with pytest.raises(ValidationError):
        judge(visit, score=score)
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("close", ["nothing", "withdraw", "cancel"])
def test_only_a_visit_that_counts_is_judged(close: str) -> None:
    passport = make_passport()
    cheque, counsellor = make_proposal(passport), counsellor_of(passport)
    if close == "withdraw":
        ledger.withdraw(cheque, counsellor=counsellor, now=NOW)
    if close == "cancel":
        ledger.sign(cheque, member=passport.member, means="session:password", now=cheque.counsellor_signed_at)
        ledger.cancel(cheque, reason="Erreur", counsellor=counsellor, now=NOW)
    for judged in (cheque, None):
        with pytest.raises(ValidationError) as refusal:
            judge(cheque, cheque=judged)
        assert refusal.value.code == "not_signed"


def test_a_visit_of_another_passport_is_not_judged_here(visit: Cheque) -> None:
    with pytest.raises(ValidationError):
        judge(visit, cheque=make_signed(make_passport()))


def test_only_a_member_keeps_words_from_the_prescriber(visit: Cheque) -> None:
    shared = {by: judge(visit, by, words="Utile", words_are_shared=True).words_are_shared for by in By.values}
    assert shared == {By.MEMBER: True, By.COUNSELLOR: False, By.PRESCRIBER: False}


def test_a_score_is_told_in_words() -> None:
    assert [evaluations.told(score) for score in (4, 1, 9)] == ["Très utile", "Pas utile", ""]
