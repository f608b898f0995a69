"""The field of slide decks meets the whole hostile corpus: one of each class by default, all of it as a trial."""

from http import HTTPStatus

import pytest

from decks.models import SlideDeck
from tests.decks.factories import pptx
from tests.decks.test_editors_side import ADD, sent, stored
from tests.factories import make_admin
from tests.hostile_files import hostile, hostile_names

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

# A file of each of these kinds is what the field wants, or a matter of its content alone.
WANTED = {"a pdf", "a office"}
SAMPLE = {"empty", "program", "test virus", "a picture", "a film", "pdf: javascript", "pdf: bomb", "office: bomb"}
PDFS = [case for case in hostile("pdf", "pdf") if case.id not in WANTED]
OFFICE = [case for case in hostile("office", "pptx") if case.id not in WANTED]


@pytest.fixture
def editor(client):
    user = make_admin()
    client.force_login(user)
    return user


def refused(client, name, content):
    before = stored()

    answer = client.post(ADD, sent(content, name))

    assert answer.status_code == HTTPStatus.OK
    assert answer.context["form"].errors["file"]
    assert 'value="Voter"' in answer.text  # what was typed stays
    assert not SlideDeck.objects.exists()
    assert stored() == before


@pytest.mark.parametrize(("name", "make"), [case for case in [*PDFS, *OFFICE] if case.id in SAMPLE])
def test_a_hostile_deck_is_refused_with_a_sentence(client, editor, name, make):
    refused(client, name, make())


@pytest.mark.trial
def test_every_hostile_deck_is_refused(client, editor, tell):
    for case in [*PDFS, *OFFICE]:
        name, make = case.values
        refused(client, name, make())
    tell(f"hostile decks: {len(PDFS) + len(OFFICE)} tried, all refused")


@pytest.mark.parametrize("name", [hostile_names("pptx")[place] for place in (0, 5, 11, 18)])
def test_the_name_of_a_deck_says_nothing_of_where_it_is_kept(client, editor, name):
    client.post(ADD, sent(pptx(["Voter"]), name))

    [deck] = SlideDeck.objects.all()
    assert ".." not in deck.file.name
    assert deck.file.name.isascii()
