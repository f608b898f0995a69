"""The members' decks as a browser shows them, on a phone and on a desk, in both schemes."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from decks.models import Preview, SlideDeck, Visit
from tests.browser.following import follow
from tests.browser.test_accessibility import findings
from tests.decks.factories import make_deck
from tests.factories import make_home
from tests.logins import bring_in
from tests.people import make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def make_drawn_deck(settings, **fields):
    deck = make_deck(slides=["Coopérer", "Voter"], **fields)
    picture = settings.ROOT / "home" / "demo" / "media" / "decks" / "les-cinq-familles-de-l-ess-1.webp"
    for number, text in enumerate(["Coopérer", "Voter"], start=1):
        image = ContentFile(picture.read_bytes(), name="a.webp")
        Preview.objects.create(deck=deck, number=number, text=text, image=image, width=640, height=360)
    return deck


def test_list_and_deck_have_no_finding_and_a_member_takes_the_file(live_server, watched_page, context, axe, settings):
    page, member = watched_page, make_member()
    make_home()
    Visit.objects.create(user=member.user, last_at=timezone.now() - timedelta(days=3))
    deck = make_drawn_deck(settings, title="Une personne, une voix", topic="gouvernance", content=b"diapositives")
    make_drawn_deck(settings, title="Les cinq familles", summary="Ce qui les réunit.")
    bring_in(context, live_server.url, member.user)
    page.emulate_media(reduced_motion="reduce")

    page.goto(f"{live_server.url}/espace/diaporamas/")
    assert page.get_by_text("Nouveau", exact=True).count() == 2
    assert findings(page, axe) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert not page.evaluate(TOO_WIDE)
    page.get_by_label("Mots cherchés").fill("voix")
    follow(page.get_by_role("button", name="Filtrer"))
    follow(page.get_by_role("link", name="Une personne, une voix"))
    page.get_by_role("img", name="Diapositive 2").scroll_into_view_if_needed()
    assert findings(page, axe) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert not page.evaluate(TOO_WIDE)
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le diaporama").click()

    assert download.value.suggested_filename == deck.file_name
    assert SlideDeck.objects.get(pk=deck.pk).downloads == 1
