from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from association.models import Identity
from home.front import front
from tests.factories import (
    make_departement,
    make_departements,
    make_figure,
    make_guide,
    make_home,
    make_news,
    make_page,
    make_session,
    make_video,
)

pytestmark = pytest.mark.django_db

# Long before midnight, which changes the page too.
NOON = datetime(2026, 3, 4, 12, tzinfo=ZoneInfo("Europe/Paris"))


def fill(length):
    paris = make_departement("75")
    for number in range(length):
        make_news(departements=[paris], tags=["réemploi"], quick=True)
        make_session(starts_in=timedelta(days=number + 1))
        make_guide(quick=True)
    make_video(month=timezone.localdate())


def test_the_front_page_gathers_what_is_new(client):
    make_home(headline="Un travail qui a du sens", figure=make_figure())
    make_departements()
    make_news(title="Des postes à pourvoir")
    make_session(title="Réunion de mardi")
    make_guide(title="Lire une offre")
    make_video(company="La Recyclerie du canal", month=timezone.localdate())

    text = client.get("/").text

    for words in ("Un travail qui a du sens", "Des postes à pourvoir", "Réunion de mardi", "Lire une offre"):
        assert words in text
    assert "La Recyclerie du canal" in text
    assert "Insee" in text


def test_an_empty_site_has_a_front_page(client):
    make_home()

    response = client.get("/")

    assert response.status_code == 200
    assert "arrivent bientôt" in response.text


def test_a_session_leaves_the_front_page_when_it_ends():
    session = make_session(starts_at=NOON - timedelta(minutes=90))
    lists = front(NOON)

    assert lists["sessions"] == [session]
    assert lists["until"] == session.ends_at
    assert front(session.ends_at)["sessions"] == []


def test_a_planned_session_comes_by_itself():
    later = NOON + timedelta(minutes=5)
    session = make_session(publish_at=later, starts_at=NOON + timedelta(days=3))
    lists = front(NOON)

    assert lists["sessions"] == []
    assert lists["until"] == later
    assert front(later)["sessions"] == [session]


def test_the_front_page_changes_at_midnight_in_paris_at_the_latest():
    now = timezone.now()

    assert front(now)["until"] <= timezone.localtime(now).replace(
        hour=0, minute=0, second=0, microsecond=0
    ) + timedelta(days=1, hours=1)


def test_the_map_counts_the_news_of_each_departement(client):
    paris, essonne = make_departement("75"), make_departement("91")
    make_news(departements=[paris, essonne])
    make_news(departements=[paris])
    make_news(departements=[paris], live=False)
    make_news()

    counts = {place["code"]: place["count"] for place in front(timezone.now())["map"]}

    assert counts == {"75": 2, "91": 1}


@pytest.mark.parametrize("length", [5, 50])
def test_the_front_page_costs_the_same_whatever_it_gathers(client, django_assert_max_num_queries, length):
    fill(length)
    client.get("/")

    with django_assert_max_num_queries(8):
        client.get("/")


def test_the_menu_is_what_editors_put_in_it_the_sessions_second(client):
    make_page(title="Être accompagné", show_in_menus=True)
    make_page(title="Crédits")

    menu = client.get("/").context["menu"]

    assert [entry["title"] for entry in menu] == ["Être accompagné", "Réunions d’information"]


def test_the_footer_says_that_a_demonstration_is_one(client):
    make_home()
    Identity.objects.create(is_demo=True)

    assert "Site de démonstration" in client.get("/").text


def test_a_departement_has_its_own_page(client):
    here, elsewhere = make_departement("93"), make_departement("77")
    make_news(title="Près d’ici", departements=[here])
    make_news(title="Trop loin", departements=[elsewhere])
    make_news(title="Partout")
    make_session(title="Réunion à côté")

    text = client.get("/departements/93-seine-saint-denis/").text

    for words in ("Près d’ici", "Partout", "Réunion à côté", "/departements/93-seine-saint-denis/flux/"):
        assert words in text
    assert "Trop loin" not in text


def test_a_departement_under_a_wrong_name_leads_to_the_right_one(client):
    make_departement("93")

    response = client.get("/departements/93-autre-nom/")

    assert (response.status_code, response.url) == (301, "/departements/93-seine-saint-denis/")


@pytest.mark.parametrize("path", ["/departements/99-nulle-part/", "/departements/93/", "/departements/abc-def/"])
def test_an_unknown_departement_does_not_exist(client, path):
    make_home()

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("length", [5, 50])
def test_the_page_of_a_departement_costs_the_same(client, django_assert_max_num_queries, length):
    fill(length)
    client.get("/departements/75-paris/")

    with django_assert_max_num_queries(9):
        client.get("/departements/75-paris/")


def test_the_site_map_lists_sections_and_pages(client):
    parent = make_page(title="Qui sommes-nous")
    make_page(title="Nos principes", parent=parent)
    make_news(title="Une actualité", published_on=date(2026, 1, 1))

    text = client.get("/plan-du-site/").text

    assert "Qui sommes-nous" in text
    assert "Nos principes" in text
    assert "Une actualité" not in text
