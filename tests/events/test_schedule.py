from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from events.models import InfoSession
from tests.factories import make_departement, make_place, make_session

pytestmark = pytest.mark.django_db


def titles(response):
    return [session.title for session in response.context["schedule"].page]


def test_the_next_session_comes_first(client):
    make_session(title="Plus tard", starts_in=timedelta(days=20))
    make_session(title="Bientôt", starts_in=timedelta(days=2))

    assert titles(client.get("/reunions/")) == ["Bientôt", "Plus tard"]


def test_a_session_that_has_ended_goes_to_the_archive(client):
    session = make_session(title="Passée", starts_in=timedelta(days=-2))

    assert titles(client.get("/reunions/")) == []
    assert titles(client.get("/reunions/archive/")) == ["Passée"]
    assert "a eu lieu" in client.get(session.get_absolute_url()).text


@pytest.mark.parametrize("publish_at", [None, timezone.now() + timedelta(days=1)])
def test_a_session_not_published_yet_is_nowhere(client, publish_at):
    session = make_session(publish_at=publish_at)

    assert titles(client.get("/reunions/")) == []
    assert client.get(session.get_absolute_url()).status_code == 404
    assert client.get(f"{session.get_absolute_url()}calendrier.ics").status_code == 404


def test_a_cancelled_session_stays_and_says_so(client):
    session = make_session(cancelled_at=timezone.now(), cancelled_because="L’animatrice est malade.")

    assert "Réunion annulée" in client.get("/reunions/").text
    assert "L’animatrice est malade." in client.get(session.get_absolute_url()).text


def test_the_link_of_an_online_session_is_never_shown(client):
    session = make_session(online_url="https://visio.example.org/secret", departement=make_departement("75"))

    for address in (
        "/reunions/",
        session.get_absolute_url(),
        f"{session.get_absolute_url()}calendrier.ics",
        "/reunions/calendrier.ics",
        "/departements/75-paris/",
    ):
        assert "visio.example.org" not in client.get(address).text


def test_filters_combine(client):
    october = datetime(2099, 10, 5, 12, tzinfo=UTC)
    make_session(title="Trouvée", place=make_place(code="75"), audience="jeunes", starts_at=october)
    make_session(title="Ailleurs", place=make_place(code="91"), audience="jeunes", starts_at=october)
    make_session(title="Autre public", place=make_place(code="75"), starts_at=october)
    make_session(title="Autre mois", place=make_place(code="75"), audience="jeunes", starts_in=timedelta(days=3))

    response = client.get("/reunions/?departement=75&public=jeunes&mois=2099-10")

    assert titles(response) == ["Trouvée"]


@pytest.mark.parametrize("query", ["departement=99", "public=martiens", "mois=2026-00", "page=2", "page=zero"])
def test_what_names_nothing_is_a_page_that_does_not_exist(client, query):
    assert client.get(f"/reunions/?{query}").status_code == 404


def test_the_month_is_that_of_paris(client):
    make_session(title="Minuit passé", starts_at=datetime(2099, 9, 30, 22, 30, tzinfo=UTC))  # 1 October, 0:30 in Paris

    assert titles(client.get("/reunions/?mois=2099-10")) == ["Minuit passé"]


def test_moving_a_session_shows_at_the_next_request(client):
    session = make_session(title="Avant")
    client.get("/reunions/")

    InfoSession.objects.filter(pk=session.pk).update(title="Après")

    assert titles(client.get("/reunions/")) == ["Après"]


@pytest.mark.parametrize("length", [5, 50])
def test_the_schedule_costs_the_same_whatever_its_length(client, django_assert_max_num_queries, length):
    place = make_place()
    for number in range(length):
        make_session(place=place, starts_in=timedelta(days=number + 1))
    client.get("/reunions/")

    with django_assert_max_num_queries(9):
        client.get("/reunions/")


def test_the_page_of_a_session_is_cheap(client, django_assert_max_num_queries):
    session = make_session()
    client.get(session.get_absolute_url())

    with django_assert_max_num_queries(10):
        client.get(session.get_absolute_url())
