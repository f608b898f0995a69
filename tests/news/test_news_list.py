from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import make_departement, make_news

pytestmark = pytest.mark.django_db


def titles(response):
    return [news.title for news in response.context["listing"].page]


def test_the_list_shows_the_newest_first(client):
    make_news(title="Ancienne", published_on=date(2026, 1, 1))
    make_news(title="Récente", published_on=date(2026, 10, 1))

    assert titles(client.get("/actualites/")) == ["Récente", "Ancienne"]


def test_a_draft_is_not_listed_nor_readable(client):
    draft = make_news(live=False)

    assert titles(client.get("/actualites/")) == []
    assert client.get(draft.address).status_code == 404


def test_filters_combine(client):
    paris, essonne = make_departement("75"), make_departement("91")
    wanted = {"departements": [paris], "tags": ["réemploi"], "published_on": date(2026, 10, 3)}
    make_news(title="Trouvée", **wanted)
    make_news(title="Ailleurs", **wanted | {"departements": [essonne]})
    make_news(title="Autre thème", **wanted | {"tags": ["salaires"]})
    make_news(title="Autre mois", **wanted | {"published_on": date(2026, 9, 3)})

    response = client.get("/actualites/?departement=75&mot=reemploi&mois=2026-10")

    assert titles(response) == ["Trouvée"]


def test_each_choice_says_how_many_it_would_show(client):
    paris = make_departement("75")
    make_news(departements=[paris], tags=["réemploi"])
    make_news(departements=[paris])
    make_news()

    departements, tags, _months = client.get("/actualites/").context["listing"].choices

    assert [(option["label"], option["count"]) for option in departements["options"][1:]] == [("Paris", 2)]
    assert [(option["label"], option["count"]) for option in tags["options"][1:]] == [("réemploi", 1)]


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=abc",
        "page=1000000000",
        "page=2",
        "departement=99",
        "mot=inconnu",
        "mois=2026-13",
        "mois=hier",
    ],
)
def test_what_names_nothing_is_a_page_that_does_not_exist(client, query):
    make_news()

    assert client.get(f"/actualites/?{query}").status_code == 404


def test_a_month_without_news_is_an_empty_list(client):
    make_news(published_on=date(2026, 10, 3))

    response = client.get("/actualites/?mois=2020-01")

    assert "Aucune actualité" in response.text


def test_expired_news_leave_the_list_at_once(client):
    make_news(title="Finie", expire_at=timezone.now() - timedelta(minutes=1))

    assert titles(client.get("/actualites/")) == []


def test_a_publication_shows_at_the_next_request(client):
    make_news(title="Première")
    client.get("/actualites/")

    make_news(title="Seconde")

    assert "Seconde" in client.get("/actualites/").text


@pytest.mark.parametrize("length", [5, 50])
def test_the_list_costs_the_same_whatever_its_length(client, django_assert_max_num_queries, length):
    departements = [make_departement("75"), make_departement("93")]
    for _ in range(length):
        make_news(departements=departements, tags=["réemploi", "salaires"], quick=True)
    client.get("/actualites/")

    with django_assert_max_num_queries(9):
        client.get("/actualites/")


def test_the_page_number_keeps_the_filters(client):
    for _ in range(13):
        make_news(tags=["réemploi"], quick=True)

    assert "?mot=reemploi&amp;page=2" in client.get("/actualites/?mot=reemploi").text
