"""Keeping decks: files put in the place of others, downloads counted, slides read and drawn in the background."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from decks import decks, reading
from decks.models import Preview, SlideDeck, State
from errands import work
from errands.models import Errand
from tests import files
from tests.decks.factories import make_deck, odp, pptx
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_download_counted_before():
    cache.clear()


def stored():
    return {str(path) for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()}


def a_deck(**fields):
    today = timezone.localdate()
    return SlideDeck(**{"title": "Coopérer", "topic": "structures", "edition_on": today} | fields)


def upload(content, name):
    return ContentFile(content, name=name)


def test_a_deck_is_stored_under_a_name_that_tells_nothing():
    deck = decks.put(a_deck(), upload=upload(pptx(["Bonjour"]), "Été coopératif.pptx"))

    assert (deck.file_name, deck.kind) == ("ete-cooperatif.pptx", "pptx")
    assert "ete" not in deck.file.name
    assert deck.file.name.endswith(".pptx")
    assert deck.state() == State.DRAFT


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pptx(["Coopérer à plusieurs", "Voter"]), "a.pptx"),
        (odp(["Coopérer à plusieurs", "Voter"]), "a.odp"),
    ],
)
def test_slides_are_read_in_the_background(content, name):
    deck = decks.put(a_deck(), upload=upload(content, name))

    work.run_due()

    deck.refresh_from_db()
    assert deck.slide_count == 2
    assert deck.text == "Coopérer à plusieurs\nVoter"
    assert " voter " in deck.words
    assert deck.previews.exists()
    assert Errand.objects.get().done_at


def test_a_pdf_is_drawn_page_by_page_up_to_four():
    deck = decks.put(a_deck(), upload=upload(files.pdf(pages=6, size=(960, 540)), "a.pdf"))

    work.run_due()

    deck.refresh_from_db()
    assert deck.slide_count == 6
    assert [(preview.number, preview.width, preview.height) for preview in deck.previews.in_order()] == [
        (number, 960, 540) for number in (1, 2, 3, 4)
    ]
    assert deck.previews.get(number=1).alt == "Diapositive 1, sans texte."


def test_slides_that_cannot_be_drawn_get_a_cover_with_the_title():
    """Content that no reader opens: the deck stays, with a drawn cover and no count."""
    deck = make_deck(content=b"rien", slides=["ancien"])

    reading.read(deck.file.name)

    deck.refresh_from_db()
    assert (deck.slide_count, deck.text) == (None, "")
    cover = deck.previews.get()
    assert (cover.number, cover.width, cover.height, cover.alt) == (Preview.COVER, 960, 540, "")
    with cover.image.open("rb") as image:
        assert image.read(4) == b"RIFF"


def test_reading_again_changes_nothing(django_capture_on_commit_callbacks):
    deck = decks.put(a_deck(), upload=upload(files.pdf(pages=2), "a.pdf"))
    reading.read(deck.file.name)
    before = len(stored())

    with django_capture_on_commit_callbacks(execute=True):
        reading.read(deck.file.name)

    assert deck.previews.count() == 2
    assert len(stored()) == before


def test_a_file_in_the_place_of_another_leaves_nothing_of_it(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        deck = decks.put(a_deck(), upload=upload(pptx(["Ancien texte"]), "a.pptx"))
    work.run_due()
    deck.refresh_from_db()
    old = [deck.file.path, *(preview.image.path for preview in deck.previews.all())]

    with django_capture_on_commit_callbacks(execute=True):
        decks.put(deck, upload=upload(files.pdf(pages=3), "nouveau.pdf"))

    assert not any(Path(path).exists() for path in old)
    assert (deck.kind, deck.file_name) == ("pdf", "nouveau.pdf")
    deck.refresh_from_db()
    assert "ancien" not in deck.words
    assert deck.previews.count() in (0, 3)  # the second errand may have been done at once


def test_an_errand_about_a_file_that_was_replaced_meanwhile_writes_nothing():
    deck = make_deck(content=files.pdf(pages=2), kind="pdf")
    late = SlideDeck.objects.get(pk=deck.pk)
    decks.put(deck, upload=upload(files.pdf(pages=3), "nouveau.pdf"))

    reading.keep(late, ["ancien"], [])
    reading.read(late.file.name)

    deck.refresh_from_db()
    assert "ancien" not in deck.text


def test_a_deck_that_cannot_be_kept_leaves_no_file():
    taken = make_deck().reference
    before = stored()

    with pytest.raises(IntegrityError), transaction.atomic():
        decks.put(a_deck(reference=taken), upload=upload(files.pdf(), "a.pdf"))

    assert stored() == before


def test_a_new_title_is_searched_and_drawn_again():
    deck = make_deck(title="Avant", content=b"rien")
    reading.read(deck.file.name)
    deck.refresh_from_db()
    deck.title = "Après"

    decks.put(deck)

    assert " apre " in deck.words
    assert Errand.objects.filter(kind="deck", about=deck.file.name).exists()


def test_a_new_title_of_drawn_slides_asks_for_nothing():
    deck = make_deck(previews=1)

    decks.put(deck)

    assert not Errand.objects.exists()


def test_a_deck_that_is_taken_away_takes_its_files(django_capture_on_commit_callbacks):
    before = stored()
    deck = make_deck(previews=2)

    with django_capture_on_commit_callbacks(execute=True):
        decks.take_away(deck)

    assert stored() == before


def test_a_deck_is_published_at_a_moment():
    now = timezone.now()
    deck = make_deck(published_at=None)

    decks.publish(deck, at=now + timedelta(hours=1))

    assert deck.state(now) == State.PLANNED
    assert list(SlideDeck.objects.published(now)) == []
    assert list(SlideDeck.objects.published(now + timedelta(hours=1))) == [deck]
    for state in State:
        assert SlideDeck.objects.in_state(state, now).exists() is (state is State.PLANNED)


def test_a_download_counts_once_a_person_in_an_hour():
    deck, awa, line = make_deck(), make_user(), make_user()

    for person in (awa, awa, line):
        decks.count_download(deck, by=person)

    deck.refresh_from_db()
    assert deck.downloads == 2


def test_the_database_knows_three_kinds_of_file():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_deck(kind="exe")


def test_pages_that_are_no_slides_get_a_cover_and_keep_their_words():
    deck = make_deck(content=files.pdf(size=(100, 400)), kind="pdf")

    reading.read(deck.file.name)

    deck.refresh_from_db()
    assert deck.slide_count == 1
    assert [preview.number for preview in deck.previews.all()] == [Preview.COVER]
