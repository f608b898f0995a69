"""Whatever is typed or asked, a prescriber has an answer. Each value is sent once, from one form to the next."""

from itertools import cycle

import pytest
from django.urls import reverse

from tests.factories import make_home
from tests.hostile import FORM_VALUES, NUMBERS, TEXTS
from tests.passport.prescribers import ASKED, LIVE, ORDERS, PASSPORTS, asked_of, named, of_passport
from tests.people import make_affiliation, make_organisation

pytestmark = pytest.mark.django_db

RIGHT = ASKED | {"answer": "non", "score": "3", "first": "2026-09-01", "last": "2026-09-30"}
FIELDS = {
    "order": (*ASKED, "organisation", "version", "confirm", "key", "change"),
    "decision": ("answer", "reason"),
    "opinion": ("score", "words"),
    "audit": ("organisation", "order", "first", "last", "passport"),
}


@pytest.fixture
def passport():
    make_home()  # what the frame shows is then kept
    return named("Unal", make_organisation(is_prescriber=True))


@pytest.fixture
def reader(client, passport):
    client.force_login(make_affiliation(organisation=passport.sheet.order.organisation).user)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("form", FIELDS)
def test_whatever_is_typed_there_is_an_answer(reader, passport, form):
    path = {
        "order": f"{ORDERS}nouvelle/",
        "decision": reverse("prescriber_decision", args=[asked_of(passport).reference]),
        "opinion": f"{of_passport(passport)}avis/",
        "audit": reverse("prescriber_audits"),
    }[form]

    mine = (["12", "13"], *(*NUMBERS, *FORM_VALUES)[list(FIELDS).index(form) :: len(FIELDS)])
    typed = zip(cycle(FIELDS[form]), mine, strict=False)
    failed = [pair for pair in typed if reader.post(path, RIGHT | dict([pair])).status_code >= 500]

    assert failed == []


@pytest.mark.parametrize("wrong", ["\0", "a\0b", "", "9" * 4000, "é"])
def test_no_passport_has_a_reference_that_none_can_have(reader, wrong):
    """PostgreSQL takes no null byte."""
    assert reader.post(reverse("prescriber_audits"), {"passport": wrong}).status_code == 404


@pytest.mark.parametrize(("path", "headers"), [(PASSPORTS, LIVE), (ORDERS, {})])
def test_whatever_is_asked_of_the_lists_there_is_an_answer(reader, path, headers):
    asked = zip(cycle(["q", "etat", "commande", "page", "vu"]), (*NUMBERS, *TEXTS), strict=False)

    failed = [pair for pair in asked if reader.get(path, dict([pair]), headers=headers).status_code >= 500]

    assert failed == []
