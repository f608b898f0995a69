"""What visitors read of the schedule and of one session, and what they never do."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from association.models import Identity
from events.calendars import subscription
from tests.factories import make_departement, make_place, make_session

pytestmark = pytest.mark.django_db

OCTOBER = datetime(2099, 10, 5, 12, tzinfo=UTC)
NBSP = "\N{NO-BREAK SPACE}"


def headings(response, level):
    return re.findall(rf"<h{level}[^>]*>([^<]+)</h{level}>", response.text)


def test_the_schedule_is_told_month_by_month(client):
    make_session(starts_at=OCTOBER + timedelta(days=31))
    make_session(starts_at=OCTOBER)
    make_session(starts_at=OCTOBER + timedelta(days=1))

    response = client.get("/reunions/")

    assert [heading for heading in headings(response, 2) if "2099" in heading] == ["Octobre 2099", "Novembre 2099"]
    assert [len(sessions) for _month, sessions in response.context["schedule"].months] == [2, 1]


def test_the_archive_goes_back_in_time(client):
    for days in (400, 10, 40):
        make_session(starts_in=timedelta(days=-days))

    months = [month for month, _sessions in client.get("/reunions/archive/").context["schedule"].months]

    assert months == sorted(months, reverse=True)


def test_two_sessions_of_one_title_have_links_that_differ(client):
    make_session(starts_at=OCTOBER)
    make_session(starts_at=OCTOBER + timedelta(days=7))

    links = re.findall(r'<a class="cover-link"[^>]*>(.*?)</a>', client.get("/reunions/").text)

    assert len(links) == len(set(links)) == 2


def test_a_session_says_its_departement_and_its_public(client):
    make_session(starts_at=OCTOBER, place=make_place(code="91"), audience="jeunes")

    chips = re.findall(r'<span class="chip">([^<]+)</span>', client.get("/reunions/").text)

    assert chips == ["Essonne", "Jeunes"]


def test_initials_stay_capital(client):
    make_session(starts_at=OCTOBER, audience="rsa")

    assert "Bénéficiaires du RSA" in client.get("/reunions/").text


def test_the_calendar_to_follow_obeys_the_same_choices(client):
    make_session(starts_at=OCTOBER, place=make_place(code="91"))

    page = client.get("/reunions/?departement=91").text

    assert subscription("/reunions/calendrier.ics?departement=91") in page
    assert subscription("/reunions/").startswith("webcal://")


def test_a_planned_session_appears_at_its_moment_without_being_published_by_anybody(client):
    session = make_session(publish_at=timezone.now() + timedelta(seconds=0.4))
    before = client.get("/reunions/").context["schedule"].page.object_list

    while timezone.now() < session.publish_at:
        pass

    assert list(before) == []
    assert list(client.get("/reunions/").context["schedule"].page.object_list) == [session]


def test_a_session_tells_how_to_come(client):
    place = make_place(directions="Bus 12, arrêt Port.", accessible=False, access_note="Trois marches.")

    page = client.get(make_session(place=place).get_absolute_url()).text

    for told in ("3 rue du Port", "93100 Saint-Aubin", "Bus 12, arrêt Port.", "non accessible", "Trois marches."):
        assert told in page


def test_a_session_tells_how_to_take_part(client):
    Identity.objects.create(telephone="0199001234")

    page = client.get(make_session().get_absolute_url()).text

    assert "tel:+33199001234" in page
    assert "Être rappelé" in page


def test_without_a_telephone_one_asks_to_be_called_back(client):
    assert "Demander à être rappelé" in client.get(make_session().get_absolute_url()).text


@pytest.mark.parametrize("fields", [{"cancelled_at": timezone.now()}, {"starts_in": timedelta(days=-3)}])
def test_nobody_is_invited_to_a_session_that_will_not_take_place(client, fields):
    page = client.get(make_session(**fields).get_absolute_url()).text

    assert "Pour participer" not in page
    assert "Ajouter à votre calendrier" not in page


def test_an_online_session_says_how_without_its_link(client):
    session = make_session(online_url="https://visio.example.org/a", departement=make_departement("75"))

    page = client.get(session.get_absolute_url()).text

    assert "Comment se connecter" in page
    assert "visio.example.org" not in page


def test_a_session_without_a_place_says_that_it_is_to_come(client):
    assert "Lieu communiqué bientôt" in client.get(make_session(place=None).get_absolute_url()).text


def test_search_engines_read_when_and_where_first(client):
    session = make_session(starts_at=OCTOBER, summary="Pour comprendre l’ESS.")

    page = client.get(session.get_absolute_url()).text

    told = f"Lundi 5{NBSP}octobre 2099 à{NBSP}14{NBSP}h, Saint-Aubin. Pour comprendre l’ESS."
    assert f'<meta name="description" content="{told}">' in page


def test_the_title_of_a_cancelled_session_says_so(client):
    session = make_session(starts_at=OCTOBER, cancelled_at=timezone.now())

    assert f"<title>Annulée{NBSP}: " in client.get(session.get_absolute_url()).text


def test_the_archive_costs_the_same_whatever_its_length(client, django_assert_max_num_queries):
    place = make_place()
    for days in range(1, 50):
        make_session(place=place, starts_in=timedelta(days=-days))
    client.get("/reunions/archive/")

    with django_assert_max_num_queries(9):
        client.get("/reunions/archive/")


def test_filters_are_counted_once_and_cost_no_more(client, django_assert_max_num_queries):
    for code in ("75", "91", "93"):
        make_session(starts_at=OCTOBER, place=make_place(code=code))
    client.get("/reunions/?departement=91&mois=2099-10")

    with django_assert_max_num_queries(9):
        client.get("/reunions/?departement=91&mois=2099-10")
