"""The members' list of decks, a deck's own page, and the files that both lead to."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import EDITORS
from decks import permissions
from decks.models import Preview, SlideDeck, Visit
from tests.decks.factories import make_deck
from tests.factories import make_admin, make_home
from tests.people import (
    make_administrator,
    make_affiliation,
    make_counsellor,
    make_in_group,
    make_member,
    make_membership,
    make_organisation,
    make_treasurer,
    make_volunteer,
)

pytestmark = pytest.mark.django_db

LIST = "/espace/diaporamas/"
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def no_download_counted_before():
    cache.clear()


@pytest.fixture
def member(client):
    user = make_member().user
    client.force_login(user)
    return user


def a_former_member():
    member = make_member(current=False)
    today = timezone.localdate()
    make_membership(member, starts_on=today - timedelta(days=400), ends_on=today - timedelta(days=1))
    return member.user


def people():
    """Everybody who may come, with whether decks are theirs to read."""
    prescriber = make_affiliation(organisation=make_organisation(is_prescriber=True)).user
    return [
        (make_member().user, True),
        (make_counsellor().user, True),
        (make_in_group(EDITORS), True),
        (make_administrator(), True),
        (make_admin(), True),
        (a_former_member(), False),
        (prescriber, False),
        (make_affiliation().user, False),
        (make_treasurer(), False),
        (make_volunteer(), False),
    ]


def test_who_reads_the_list_a_deck_and_its_files(client):
    deck = make_deck(previews=1)
    preview = Preview.objects.get()

    for user, may in people():
        client.force_login(user)
        pages = {client.get(path).status_code for path in (LIST, deck.get_absolute_url())}
        files = {client.get(path).status_code for path in (deck.file_address, preview.address)}
        assert pages == {HTTPStatus.OK if may else HTTPStatus.FORBIDDEN}, user
        assert files == {HTTPStatus.OK if may else HTTPStatus.NOT_FOUND}, user


def test_a_stranger_logs_in_first_and_gets_no_file(client):
    deck = make_deck(previews=1)

    assert client.get(LIST).status_code == HTTPStatus.FOUND
    assert client.get(deck.get_absolute_url()).status_code == HTTPStatus.FOUND
    assert client.get(deck.file_address).status_code == HTTPStatus.NOT_FOUND
    assert client.get(Preview.objects.get().address).status_code == HTTPStatus.NOT_FOUND


def test_predicate_and_queryset_agree():
    now = timezone.now()
    shown, draft = make_deck(), make_deck(published_at=None)
    planned = make_deck(published_at=now + timedelta(hours=1))
    keeper = make_in_group("Diaporamas")
    keeper.is_superuser = True

    for user, _may in [*people(), (keeper, True)]:
        for deck in (shown, draft, planned):
            readable = SlideDeck.objects.readable_by(user, now).filter(pk=deck.pk).exists()
            assert readable is permissions.can_read_deck(user, deck=deck, now=now), (user, deck)


def test_decks_close_on_the_day_after_the_membership(client):
    user = a_former_member()
    client.force_login(user)

    answer = client.get(LIST)

    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert "Votre adhésion n’est pas en cours" in answer.text
    membership = user.member.memberships.get()
    membership.ends_on = timezone.localdate()
    membership.save()
    assert client.get(LIST).status_code == HTTPStatus.OK


@pytest.mark.parametrize("published_in", [None, timedelta(hours=1)])
def test_a_deck_that_is_not_published_does_not_exist_for_members(client, member, published_in):
    deck = make_deck(published_at=published_in and timezone.now() + published_in, previews=1)

    assert deck.title not in client.get(LIST).text
    assert client.get(deck.get_absolute_url()).status_code == HTTPStatus.NOT_FOUND
    assert client.get(deck.file_address).status_code == HTTPStatus.NOT_FOUND
    assert client.get(Preview.objects.get().address).status_code == HTTPStatus.NOT_FOUND


def test_the_list_shows_the_newest_first_with_its_facts(client, member):
    now = timezone.now()
    make_deck(title="Ancien", published_at=now - timedelta(days=9))
    make_deck(title="Récent", slides=["a", "b"], content=b"x" * 12_000)

    page = client.get(LIST).text

    assert page.index("Récent") < page.index("Ancien")
    assert f"PPTX · 2{NBSP}diapositives · 12{NBSP}Ko" in page
    assert f"2{NBSP}diaporamas" in page


def test_what_was_published_since_the_last_visit_is_marked(client, member):
    make_deck(title="Ancien", published_at=timezone.now() - timedelta(days=9))
    assert "Nouveau" not in client.get(LIST).text
    Visit.objects.filter(user=member).update(last_at=timezone.now() - timedelta(days=2))
    make_deck(title="Récent")

    page = client.get(LIST).text

    assert page.count("Nouveau") == 1
    assert page.index("Nouveau") < page.index("Récent")


def test_the_list_is_searched_filtered_and_paged(client, member):
    for _ in range(13):
        make_deck(topic="secteurs", slides=["Une coopérative"])
    make_deck(title="Autre", topic="gouvernance")

    assert f"13{NBSP}diaporamas" in client.get(LIST, {"q": "coopératives"}).text
    assert f"13{NBSP}diaporamas" in client.get(LIST, {"q": "coop", "theme": "secteurs", "page": "2"}).text
    page = client.get(LIST, {"theme": "gouvernance"}).text
    assert "Autre" in page
    assert "Effacer les filtres" in page
    assert "Aucun diaporama ne correspond" in client.get(LIST, {"q": "zwymbrax"}).text


@pytest.mark.parametrize("query", ["theme=rien", "page=0", "page=3", "page=abc", "theme=%00"])
def test_a_list_that_does_not_exist_is_not_found(client, member, query):
    make_deck()

    assert client.get(f"{LIST}?{query}").status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}


@pytest.mark.parametrize("typed", ["'", '"', "%", "_", "\\", "(" * 200, "a" * 7000, "😀", "\u202e", "&!|", "é" * 500])
def test_nothing_that_is_typed_breaks_the_search(client, member, typed):
    make_deck()

    assert client.get(LIST, {"q": typed}).status_code == HTTPStatus.OK


def test_an_empty_list_says_what_to_do_meanwhile(client, member):
    assert "Pas encore de diaporama" in client.get(LIST).text


def test_a_deck_has_its_slides_in_words_and_its_file(client, member):
    deck = make_deck(title="Coopérer", summary="Un résumé.", author="Line Astrey", previews=2, slides=["a", "b", "c"])
    make_deck(title="Voisin")
    make_deck(title="Éloigné", topic="metiers")

    page = client.get(deck.get_absolute_url()).text

    assert f'alt="Diapositive 2{NBSP}: Diapositive du Coopérer"' in page
    assert deck.file_address in page
    assert f"3{NBSP}diapositives" in page
    assert "Par Line Astrey" in page
    assert "Voisin" in page
    assert "Éloigné" not in page


def test_the_file_arrives_whole_under_its_own_name_and_is_counted(client, member):
    deck = make_deck(content=b"des diapositives")

    answer = client.get(deck.file_address)
    again = client.get(deck.file_address, headers={"Range": "bytes=0-3"})

    assert b"".join(answer.streaming_content) == b"des diapositives"
    assert b"".join(again.streaming_content) == b"des "
    assert f'attachment; filename="{deck.file_name}"' in answer["Content-Disposition"]
    assert answer["Content-Type"].endswith("presentationml.presentation")
    assert "no-store" in answer["Cache-Control"]
    deck.refresh_from_db()
    assert deck.downloads == 1


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as made:
        client.get(address)
    return len(made)


@pytest.mark.parametrize("page", ["list", "deck"])
def test_queries_do_not_grow_with_the_rows(client, member, page):
    make_home()  # whose stamp lets the frame of the page be kept
    decks = [make_deck(previews=2) for _ in range(2)]
    address = LIST if page == "list" else decks[0].get_absolute_url()
    few = queries(client, address)
    for _ in range(8):
        make_deck(previews=2)

    assert queries(client, address) == few <= 15
