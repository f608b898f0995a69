"""The page of the search, as a visitor reads it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.search.extracts import LENGTH, extract, marked
from pages.search.words import terms
from tests.factories import make_departement, make_guide, make_news, make_news_index, make_session

pytestmark = pytest.mark.django_db


def ask(client, **query):
    return client.get("/recherche/", query)


def test_an_answer_says_its_kind_its_title_where_it_is_and_an_extract(client):
    page = make_news(title="Emplois à Paris", body=[("text", "<p>Un métier utile.</p>")], published_on=date(2026, 3, 1))

    answer = ask(client, q="emploi métiers").text

    assert f'<a href="{page.address}"><mark>Emplois</mark> à Paris</a>' in answer
    assert "Un <mark>métier</mark> utile." in answer
    assert "1er\u00a0mars 2026" in answer


def test_an_answer_follows_its_page_to_a_new_address(client):
    page = make_news(title="Emploi")
    ask(client, q="emploi")
    index = make_news_index()
    index.slug = "nouvelles"
    index.save_revision().publish()
    page.refresh_from_db()

    assert 'href="/nouvelles/emploi/"' in ask(client, q="emploi").text


def test_a_session_and_a_departement_are_answers_too(client):
    departement = make_departement("93")
    session = make_session(title="Réunion de Seine-Saint-Denis")

    answer = ask(client, q="seine saint denis").text

    assert f'href="{departement.get_absolute_url()}"' in answer
    assert f'href="{session.get_absolute_url()}"' in answer


def test_what_was_published_a_moment_ago_is_found_at_the_next_request(client):
    assert "Nous n’avons rien trouvé" in ask(client, q="nouveauté").text

    make_news(title="Une nouveauté")

    assert "<mark>nouveauté</mark>" in ask(client, q="nouveauté").text


def test_filters_show_counts_and_keep_the_question(client):
    paris = make_departement("75")
    make_news(title="Vélo", departements=[paris])
    make_guide(title="Vélo, le guide")

    answer = ask(client, q="vélo").text

    assert '<option value="actualites">Actualités (1)</option>' in answer
    assert '<option value="guides">Guides (1)</option>' in answer
    assert '<option value="75">Paris (1)</option>' in answer
    assert "<strong>2\u00a0résultats</strong>" in answer
    assert 'value="vélo"' in answer
    assert "videos" not in answer.split("<form", 2)[1]


def test_a_filter_is_kept_from_page_to_page(client):
    for _ in range(11):
        make_news(summary="Un vélo.")

    answer = ask(client, q="vélo", type="actualites")

    assert "?q=v%C3%A9lo&amp;type=actualites&amp;page=2" in answer.text
    assert len(ask(client, q="vélo", type="actualites", page=2).context["answers"]) == 1


def test_nothing_found_says_what_to_try(client):
    answer = ask(client, q="zzzz").text

    assert "Nous n’avons rien trouvé" in answer
    assert 'href="/guides/"' in answer


def test_nothing_left_by_a_filter_leads_to_the_same_question_without_it(client):
    make_news(title="Vélo")

    answer = ask(client, q="vélo", type="guides").text

    assert "Rien ne correspond avec ces filtres" in answer
    assert 'href="?q=v%C3%A9lo"' in answer


def test_without_a_question_the_page_says_what_can_be_asked(client):
    assert "Que cherchez-vous" in ask(client).text
    assert "Que cherchez-vous" in ask(client, q="   ").text


def test_a_long_question_is_cut_and_the_page_says_so(client):
    answer = ask(client, q="vélo " * 100).text

    assert "Votre question est longue" in answer
    assert "vélo " * 41 not in answer


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"},
        {"page": "-1"},
        {"page": "abc"},
        {"page": "2"},
        {"page": "10000000000000000000000"},
        {"page": "²"},
        {"page": ""},
        {"type": "secret"},
        {"departement": "00"},
        {"departement": "93' OR 1=1"},
    ],
)
def test_what_does_not_exist_is_not_found(client, query):
    assert ask(client, q="vélo", **query).status_code == 404


def test_markup_is_shown_as_text(client):
    make_news(title="<script>alert(1)</script> vélo", summary="Un vélo & <b>deux</b>")

    answer = ask(client, q='vélo "><svg onload=alert(1)>').text + ask(client, q="vélo").text

    assert "<script>alert" not in answer
    assert "<svg onload" not in answer
    assert "&lt;script&gt;" in answer


def test_the_page_is_not_for_search_engines(client):
    assert '<meta name="robots" content="noindex">' in ask(client, q="vélo").text


def count_queries(client, **query):
    ask(client, **query)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert ask(client, **query).status_code == 200
    statements = [query["sql"] for query in captured]
    assert len(statements) == len(set(statements))
    return len(statements)


@pytest.mark.parametrize("things", [3, 12])
def test_a_search_costs_the_same_whatever_it_finds(client, things):
    for number in range(things):
        make_news(summary=f"Un vélo {number}.", departements=[make_departement("93")])
        make_session(title="Vélo")

    assert count_queries(client, q="vélo", departement="93") <= 3


def test_a_question_never_asked_costs_little_too(client):
    for _ in range(5):
        make_news(summary="Un vélo.", departements=[make_departement("93")])
    ask(client, q="autre chose")

    with CaptureQueriesContext(connection) as captured:
        ask(client, q="vélo", departement="93")

    assert len(captured) <= 7


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Les emplois", "emploi", "Les <mark>emplois</mark>"),
        ("L’œuvre & <b>", "oeuvre", "L’<mark>œuvre</mark> &amp; &lt;b&gt;"),
        (
            "Travaux, travail, travailler",
            "travail",
            "<mark>Travaux</mark>, <mark>travail</mark>, <mark>travailler</mark>",
        ),
        ("Rien", "vélo", "Rien"),
    ],
)
def test_words_are_marked_in_the_original_text(text, question, expected):
    assert marked(text, terms(question)) == expected


def test_an_extract_is_cut_around_the_first_word_found():
    text = f"{'avant ' * 100}vélo {'après ' * 100}"

    found = extract("Un résumé.", text, terms("vélo"))

    assert found.startswith("… avant")
    assert found.endswith("après …")
    assert "<mark>vélo</mark>" in found
    assert len(found) < LENGTH + 30


def test_the_lead_is_the_extract_when_it_answers():
    assert extract("Un vélo.", "Le texte a un vélo aussi.", terms("vélo")) == "Un <mark>vélo</mark>."


def test_without_a_word_found_the_extract_is_the_lead():
    assert extract("Un résumé.", "Un texte.", terms("vélo")) == "Un résumé."
