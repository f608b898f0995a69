"""The search with ten thousand things to find, and a word that all of them say."""

import time
from datetime import date, timedelta
from itertools import batched

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Locale, Page

from news.models import NewsPage
from pages.models import SearchEntry
from pages.search import entries
from pages.search.finding import find
from pages.search.words import terms
from tests.factories import make_departements, make_news_index
from tests.volume import analyse

pytestmark = [pytest.mark.django_db, pytest.mark.trial]

THINGS = 10_000
LONGEST = 0.1
WORDS = [
    *("insertion", "chantier", "jardin", "atelier", "formation", "entretien", "coopérative", "association", "mutuelle"),
    *("vélo", "cuisine", "logement", "quartier", "énergie", "culture", "sport", "santé", "école", "accueil", "conseil"),
]
QUESTIONS = ["emploi", "emplois solidaires", "cooperative", "vélo jardin", "numero7777", "introuvable", "em"]


def fill():
    """Pages and their entries, as rows: ten thousand publications would take an hour."""
    index = make_news_index()
    make_departements()
    kind, locale = ContentType.objects.get_for_model(NewsPage), Locale.get_default()
    pages = [
        Page(
            path=f"{index.path}{number:04X}",
            depth=index.depth + 1,
            title=title_of(number),
            slug=f"a{number}",
            url_path=f"{index.url_path}a{number}/",
            content_type=kind,
            locale=locale,
        )
        for number in range(THINGS)
    ]
    Page.objects.bulk_create(pages, batch_size=500)
    start = time.perf_counter()
    for some in batched(pages, 200, strict=False):
        entries.write([entry_of(page) for page in some])
    return time.perf_counter() - start


def title_of(number):
    return f"Actualité {number}" if number % 50 else f"Emploi {number}"


def entry_of(page):
    number = int(page.slug[1:])
    sentence = " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 13))
    return SearchEntry(
        kind="actualites",
        page_id=page.pk,
        title=page.title,
        lead="Un emploi solidaire.",
        text=f"{sentence}. " * 20 + f"numéro{number}",
        published_on=date(2026, 11, 1) - timedelta(days=number % 700),
        departements=f",{75 if number % 3 else 93},",
    )


def test_a_common_word_is_found_quickly_among_ten_thousand_things(tell):
    written = fill()
    analyse()
    # SQLite works in this process: its own time tells more than the clock of a busy machine.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    best = {}
    for question in QUESTIONS:
        times = []
        for _ in range(10):
            start = clock()
            found = find(terms(question))
            times.append(clock() - start)
        best[question] = min(times)
        tell(f"{connection.vendor}: {question!r} finds {found.total} in {best[question] * 1000:.0f} ms")
    tell(f"{connection.vendor}: {THINGS} entries written in {written:.1f} s")

    assert find(terms("emploi")).total == THINGS
    assert max(best.values()) < LONGEST
