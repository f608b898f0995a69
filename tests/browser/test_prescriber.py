"""The prescriber's way on a telephone: a session, two people one after the other, the list, the figures."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.links import token_of
from events.models import Booking, KeptSeats, Opinion
from tests.browser.following import follow
from tests.browser.looking import PHONE, looks_right
from tests.events.factories import make_booking
from tests.factories import make_departement, make_departements, make_home, make_session
from tests.logins import bring_in
from tests.people import make_affiliation, make_counsellor, make_organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATES = [
    {"attendance": "venu"},
    {"attendance": "absent"},
    {"attendance": "excuse"},
    {"state": "annulee"},
    {"attendance": "venu", "is_walk_in": True},
]


@pytest.fixture
def body(page):
    page.set_viewport_size(PHONE)
    page.emulate_media(reduced_motion="reduce")
    make_home()
    make_departements()
    return make_organisation(is_prescriber=True, name="La Passerelle de Saint-Aubin")


def make_year(body):
    """Enough for every table: sessions that are over, people in every state, opinions."""
    codes = ["93", "75", "93", "95"]
    for number in range(3):
        starts_at = timezone.now() - timedelta(days=20 + number)
        session = make_session(starts_at=starts_at, sheet_closed_at=starts_at + timedelta(hours=3), seats=90)
        for copy in range(12):
            fields = STATES[copy % 5] | {"booked_for": body, "audience": ["femmes", "jeunes"][copy % 2]}
            make_booking(session, departement=make_departement(codes[copy % 4]), **fields)
        for text in ("", "Un peu plus de temps pour les questions", "Des chaises"):
            Opinion.objects.create(session=session, useful=4, clear=3, better=text)


def test_a_prescriber_books_two_people_and_reads_the_list(live_server, watched_page, context, axe, body):
    page, session = watched_page, make_session(seats=3)
    make_session(title="Une réunion complète", seats=1, starts_in=timedelta(days=9), online_url="https://example.org/")
    make_booking(session.__class__.objects.get(seats=1))
    KeptSeats.objects.create(
        session=session, organisation=body, seats=2, until=timezone.localdate() + timedelta(days=2)
    )
    bring_in(context, live_server.url, make_affiliation(organisation=body).user)

    page.goto(f"{live_server.url}/espace/prescripteur/reunions/")
    looks_right(page, axe)
    follow(page.get_by_role("heading", level=2).first.get_by_role("link"))
    looks_right(page, axe)
    for name in ("Awa", "Nour"):
        page.get_by_label("Prénom").fill(name)
        page.get_by_label("Nom", exact=True).fill("Belkacem")
        page.get_by_label("Adresse e-mail de la personne").fill(f"{name.lower()}@example.org")
        page.get_by_label("La personne est d’accord").check()
        follow(page.get_by_role("button", name="Inscrire cette personne"))
        page.get_by_text(f"{name} Belkacem a une place").wait_for()
    looks_right(page, axe)
    follow(page.get_by_role("button", name="Inscrire cette personne"))
    page.get_by_role("alert").wait_for()
    looks_right(page, axe)
    page.goto(f"{live_server.url}/espace/prescripteur/inscriptions/")
    looks_right(page, axe)
    follow(page.get_by_role("link", name="Annuler l’inscription de Nour Belkacem"))
    looks_right(page, axe)
    follow(page.get_by_role("button", name="Annuler cette inscription"))
    page.get_by_text("est annulée. Sa place est rendue.").wait_for()

    assert set(Booking.objects.filter(booked_for=body).values_list("first_name", "state")) == {
        ("Awa", "confirmee"),
        ("Nour", "annulee"),
    }


def test_figures_and_opinions_are_clean_in_every_scheme(live_server, watched_page, context, axe, body):
    page = watched_page
    make_year(body)
    bring_in(context, live_server.url, make_affiliation(organisation=body).user)
    page.goto(f"{live_server.url}/espace/prescripteur/chiffres/")
    looks_right(page, axe)
    assert page.get_by_role("img", name="Qui est venu").is_visible()

    bring_in(context, live_server.url, make_counsellor().user)
    page.goto(f"{live_server.url}/espace/conseil/chiffres/?periode=dates&du=2020-01-01&au=2099-12-31")
    page.get_by_text("À améliorer (2)").first.click()
    looks_right(page, axe)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    looks_right(page, axe)
    fill = "getComputedStyle(document.querySelector('.chart rect')).fill"
    dark = page.evaluate(fill)
    page.emulate_media(color_scheme="light", forced_colors="active", reduced_motion="reduce")
    assert page.evaluate(fill) != dark
    assert page.evaluate("document.querySelector('.chart text').getBoundingClientRect().height") >= 14


def test_somebody_who_came_gives_their_opinion(live_server, watched_page, axe, body):
    page, session = watched_page, make_session(starts_in=-timedelta(days=1))
    booking = make_booking(session, attendance="venu")

    page.goto(f"{live_server.url}/reservation/{token_of(booking)}/avis/")
    looks_right(page, axe)
    follow(page.get_by_role("button", name="Envoyer mon avis"))
    page.get_by_role("alert").wait_for()
    looks_right(page, axe)
    page.get_by_role("radio", name="Tout à fait").first.check()
    page.get_by_role("radio", name="Plutôt").last.check()
    follow(page.get_by_role("button", name="Envoyer mon avis"))
    page.get_by_text("Merci, votre avis est enregistré").wait_for()
    looks_right(page, axe)

    assert list(Opinion.objects.values_list("useful", "clear")) == [(4, 3)]
