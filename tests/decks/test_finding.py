"""The members' search among the decks."""

import time

import pytest
from django.utils import timezone

from decks import finding, listing
from decks.models import SlideDeck
from tests.decks.factories import make_deck

pytestmark = pytest.mark.django_db


def found(question):
    return [deck.title for deck in finding.matching(SlideDeck.objects.all(), question)]


@pytest.mark.parametrize("question", ["coopératives", "COOPERATIVE", "coop", "les coopératives d’emploi", "emplois"])
def test_a_deck_is_found_whatever_the_accents_the_plural_and_the_case(question):
    make_deck(title="Entrer dans une coopérative", slides=["L’emploi partagé"])
    make_deck(title="Autre chose")

    assert found(question) == ["Entrer dans une coopérative"]


def test_title_summary_author_and_slides_are_all_searched():
    make_deck(title="Mutuelles")
    make_deck(title="A", summary="Sur les mutuelles.")
    make_deck(title="B", author="Mutuelle du Port")
    make_deck(title="C", slides=["Une mutuelle", "Deux votes"])

    assert set(found("mutuelle")) == {"Mutuelles", "A", "B", "C"}


def test_every_word_must_be_there_and_a_title_comes_first():
    make_deck(title="La gouvernance")
    make_deck(title="Voter", slides=["La gouvernance d’une coopérative"])
    make_deck(title="Ailleurs", slides=["coopérative"])

    assert found("gouvernance") == ["La gouvernance", "Voter"]
    assert found("gouvernance coopérative") == ["Voter"]


@pytest.mark.parametrize("question", ["", "%", "_", "'\"", "\\", "…"])
def test_a_question_without_a_word_finds_nothing(question):
    make_deck()

    assert found(question) == []


def test_two_thousand_decks_are_searched_in_150_ms(tell):
    now = timezone.now()
    words = " coopérative emploi territoire gouvernance salariat insertion accompagnement" * 80
    decks = [make_deck(slides=[words])]
    text, said = decks[0].words, decks[0].title_words
    SlideDeck.objects.bulk_create(
        SlideDeck(
            title=f"Diaporama {number}",
            topic="structures",
            edition_on=now.date(),
            published_at=now,
            file=f"{number}.pptx",
            kind="pptx",
            words=f"{text} numero{number} ",
            title_words=said,
        )
        for number in range(1999)
    )
    durations = []

    for question in ("emploi coopérative", "zwymbrax", "numero1234 emploi territoire", "accompagnement"):
        started = time.perf_counter()
        list(listing.context({"q": question}, now=now)["page"].object_list)
        durations.append(time.perf_counter() - started)

    tell(f"Decks: {len(durations)} questions among 2,000, {max(durations) * 1000:.0f} ms at most.")
    assert sorted(durations)[len(durations) // 2] < 0.15
