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


def test_no_question_breaks_it():
    make_news(title="Une actualité")
    backend = get_search_backend()

    for question in HOSTILE:
        assert len(backend.search(question, Page.objects.all())) >= 0, question
        assert len(backend.autocomplete(question, NewsPage.objects.all())) >= 0, question


def test_it_finds_whole_words_without_accents_or_elisions():
    page = make_news(title="Atelier vélo")

    for question in ("velo", "vélo", "l’atelier", "l'atelier", '"vélo"'):
        assert list(get_search_backend().search(question, NewsPage.objects.all())) == [page], question


def test_choosers_find_a_beginning_whatever_its_accents():
    page = make_news(title="Métiers d’avenir")

    for question in ("metie", "métie", "MÉT"):
        assert list(get_search_backend().autocomplete(question, NewsPage.objects.all())) == [page], question


def test_postgresql_folds_accents_in_both_searches():
    if connection.vendor == "postgresql":
        backend = get_search_backend()

        assert (backend.config, backend.autocomplete_config) == ("french_unaccent", "simple_unaccent")


def test_an_editor_s_search_box_takes_anything(client):
    client.force_login(make_admin())

    for question in HOSTILE:
        asked = {"q": question.encode(errors="replace").decode()}
        assert client.get("/gestion/pages/search/", asked).status_code in {200, 400}, question
