"""Who is written to about a decision that waits for who pays: once, without a name."""

from datetime import timedelta

import pytest

from notices.models import Notice
from passport import decisions
from tests.factories import make_user
from tests.passport.factories import FIRST, at, counsellor_of, make_passport
from tests.people import make_affiliation, make_organisation

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NOW = at(FIRST + 3 * DAY)


@pytest.fixture
def passport():
    return make_passport(organisation=make_organisation(is_prescriber=True))


@pytest.fixture
def reader(passport):
    return make_affiliation(organisation=passport.sheet.order.organisation, starts_on=FIRST).user


def asked_of(passport, act="suspend"):
    return decisions.ask(passport, act, reason="Une raison privée", by=counsellor_of(passport).user, now=NOW)


def told(kind):
    return [(notice.recipient, notice.text) for notice in Notice.objects.filter(kind=kind)]


def test_who_acts_for_the_prescriber_is_asked(passport, reader):
    gone = make_affiliation(organisation=passport.sheet.order.organisation, starts_on=FIRST, ends_on=FIRST).user
    locked_out = make_user(is_active=False)
    make_affiliation(organisation=passport.sheet.order.organisation, user=locked_out, starts_on=FIRST)
    decision = asked_of(passport)

    [(recipient, text)] = told("decision_asked")
    assert recipient == reader.email != gone.email
    assert f"/espace/prescripteur/decisions/{decision.reference}/" in text
    assert "Une raison privée" not in text
    assert passport.member.last_name not in text


def test_what_holds_at_once_asks_nobody(passport, reader):
    asked_of(passport, "end")

    assert told("decision_asked") == []


@pytest.mark.parametrize("answer", ["acceptée", "refusée"])
def test_the_counsellor_has_the_answer(passport, reader, answer):
    decision = asked_of(passport)
    if answer == "acceptée":
        decisions.accept(decision, by=reader, now=NOW + DAY)
    else:
        decisions.refuse(decision, by=reader, answer="Pas de budget", now=NOW + DAY)

    [(recipient, text)] = told("decision_answered")
    assert recipient == counsellor_of(passport).user.email
    assert answer in text
    assert "Pas de budget" not in text


def test_who_answers_for_the_prescriber_is_not_written_to(passport, reader):
    decision = asked_of(passport)
    decisions.accept(decision, by=decision.asked_by, proof="Courrier du 3 mars", now=NOW + DAY)

    assert told("decision_answered") == []


def test_what_is_withdrawn_has_no_answer(passport, reader):
    decisions.withdraw(asked_of(passport), by=counsellor_of(passport).user)

    assert told("decision_answered") == []
