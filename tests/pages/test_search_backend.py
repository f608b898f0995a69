"""Wagtail's own search, on the editors' side."""

import pytest
from django.db import connection
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from news.models import NewsPage
from tests.factories import make_admin, make_news

pytestmark = pytest.mark.django_db

HOSTILE = [
    "",
    " ",
    '"',
    '"a',
    "'",
    "\x00",
    "a\x00b",
    "(" * 200,
    "*",
    "a OR " * 300,
    "a:*",
    "&!|",
    "é" * 4000,
    "\ud800",
    "-",
]


@pytest.mark.parametrize("question", HOSTILE)
def test_no_question_breaks_it(question):
    make_news(title="Une actualité")
    backend = get_search_backend()

    assert len(backend.search(question, Page.objects.all())) >= 0
    assert len(backend.autocomplete(question, NewsPage.objects.all())) >= 0


@pytest.mark.parametrize("question", ["velo", "vélo", "l’atelier", "l'atelier", '"vélo"'])
def test_it_finds_whole_words_without_accents_or_elisions(question):
    page = make_news(title="Atelier vélo")

    assert list(get_search_backend().search(question, NewsPage.objects.all())) == [page]


@pytest.mark.parametrize("question", ["metie", "métie", "MÉT"])
def test_choosers_find_a_beginning_whatever_its_accents(question):
    page = make_news(title="Métiers d’avenir")

    assert list(get_search_backend().autocomplete(question, NewsPage.objects.all())) == [page]


def test_postgresql_folds_accents_in_both_searches():
    if connection.vendor == "postgresql":
        backend = get_search_backend()

        assert (backend.config, backend.autocomplete_config) == ("french_unaccent", "simple_unaccent")


@pytest.mark.parametrize("question", HOSTILE)
def test_an_editor_s_search_box_takes_anything(client, question):
    client.force_login(make_admin())

    assert client.get("/gestion/pages/search/", {"q": question.encode(errors="replace").decode()}).status_code in {
        200,
        400,
    }
