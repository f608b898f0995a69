"""A visitor and a place in a session, on a telephone: with or without a script, by touch or by keys."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from association.models import Departement
from events import bookings
from events.asked import Asked
from events.links import token_of
from events.models import Booking
from tests.browser.following import follow
from tests.browser.small_site import make_identity
from tests.events.factories import make_booking, make_session_over
from tests.factories import make_departements, make_home, make_place, make_session
from tests.people import make_organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 780}
FITS = "document.documentElement.scrollWidth <= innerWidth"
State = Booking.State


@pytest.fixture
def phone(browser, live_server, browser_context_args):
    """`phone(script=False)` is a telephone; what any page of it does wrong fails the test."""
    contexts, problems = [], []

    def take(*, script=True):
        options = {"viewport": PHONE, "reduced_motion": "reduce", "java_script_enabled": script}
        context = browser.new_context(**browser_context_args | options, base_url=live_server.url)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"script: {error}"))
        page.on("console", lambda said: problems.append(said.text) if said.type in {"error", "warning"} else None)
        return page

    yield take

    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def session():
    make_home()
    make_identity()
    make_departements()
    make_organisation(name="Mission locale des Quais", is_prescriber=True)
    place = make_place(directions="Métro Port, sortie 2.", access_note="Rampe à gauche.")
    make_session(place=place, starts_in=timedelta(days=9), title="Premiers pas vers l’ESS")
    return make_session(place=place, seats=2, summary="Deux heures en groupe.")


def heading(page, words):
    page.get_by_role("heading", level=1, name=words).wait_for()


def link_of_the_last_letter():
    return re.search(r"https?://[^/\s]+(/reservation/\S+)", mail.outbox[-1].body)[1]


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_a_place_is_booked_confirmed_and_given_back(phone, session, script):
    page = phone(script=script)

    page.goto(session.get_absolute_url())
    follow(page.get_by_role("link", name="Réserver ma place"))
    page.get_by_label("Prénom").fill("Nour")
    page.get_by_label("Nom", exact=True).fill("Belkacem")
    follow(page.get_by_role("button", name="Réserver ma place"))
    assert page.get_by_role("alert").inner_text().count("corriger") == 1
    assert page.get_by_label("Prénom").input_value() == "Nour"
    page.get_by_label("Adresse e-mail").fill("nour@example.org")
    page.get_by_role("combobox", name="Votre département").select_option("93")
    page.get_by_label("Un conseiller ou un organisme vous envoie").select_option("Mission locale des Quais")
    page.get_by_label("Un accès sans marche").check()
    page.get_by_label("J’accepte").check()
    follow(page.get_by_role("button", name="Réserver ma place"))
    heading(page, "Regardez vos e-mails")

    page.goto(link_of_the_last_letter())
    follow(page.get_by_role("button", name="Confirmer ma place"))
    heading(page, "Votre place est confirmée")
    booking = session.bookings.get()
    assert (booking.state, booking.departement) == (State.CONFIRMED, Departement.objects.get(code="93"))
    assert booking.arrangement.needs == ["plain-pied"]
    page.wait_for_load_state()
    assert page.locator("img[alt^='Code']").evaluate("image => image.naturalWidth") > 0
    with page.expect_download() as file:
        page.get_by_role("link", name="Ajouter à votre calendrier").evaluate("link => { link.download = ''; }")
        page.get_by_role("link", name="Ajouter à votre calendrier").click()
    assert f"{booking.reference}@reservations.actess" in file.value.path().read_text().replace("\n ", "")

    page.get_by_text("Annuler ma place", exact=True).click()
    follow(page.get_by_role("button", name="Oui, annuler ma place"))
    heading(page, "Votre place est annulée")
    booking.refresh_from_db()
    assert booking.state == State.CANCELLED


def test_a_place_is_booked_by_keys_alone(phone, session):
    page = phone()
    page.goto(reverse("book_session", args=[session.reference]))
    reach(page, "first_name")
    page.keyboard.type("Nour")
    reach(page, "last_name")
    page.keyboard.type("Belkacem")
    reach(page, "telephone")
    page.keyboard.type("06 39 98 00 00")
    reach(page, "needs")
    page.keyboard.press("Space")
    reach(page, "consent")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    heading(page, "Nous vous appelons")
    assert session.bookings.get().arrangement.needs == ["plain-pied"]


def reach(page, name):
    """Press Tab until the focus is on this field."""
    for _ in range(60):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(name)


def test_each_page_of_the_way_fits_a_telephone_and_everybody(phone, session, axe):
    page = phone()
    form, done = (reverse(name, args=[session.reference]) for name in ("book_session", "book_session_done"))
    over, full = make_session_over(), make_session(seats=2)
    make_booking(full)
    shown = [make_booking(session, state=state) for state in (State.HELD, State.CONFIRMED)]
    shown += [make_booking(full, state=state) for state in (State.WAITING, State.OFFERED, State.LAPSED)]
    shown += [make_booking(full, state=State.CANCELLED), make_booking(over, attendance="venu"), make_booking(over)]
    paths = [reverse("booking", args=[token_of(booking)]) for booking in shown]
    paths += [reverse(name, args=[token_of(shown[1])]) for name in ("booking_change", "booking_move")]
    paths += [session.get_absolute_url(), form, done, f"{done}?par=telephone", f"{done}?liste=attente"]
    paths += [full.get_absolute_url(), reverse("book_session", args=[full.reference])]

    for path in paths:
        assert page.goto(path).status == 200
        assert axe(page) == [], path
        assert page.evaluate(FITS), path


def test_what_is_refused_is_said_beside_each_field(phone, session, axe):
    page = phone()
    page.goto(reverse("book_session", args=[session.reference]))

    follow(page.get_by_role("button", name="Réserver ma place"))

    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("link", name=re.compile("^Prénom")).click()
    assert page.evaluate("document.activeElement.name") == "first_name"
    assert axe(page) == []


def test_somebody_on_the_list_takes_the_place_that_is_free(phone, session):
    page = phone()
    taken = [make_booking(session) for _ in range(2)]
    asked = Asked(first_name="Sam", last_name="Diallo", email="sam@example.org")
    waiting = bookings.book(session, asked)
    page.goto(link_of_the_last_letter())
    page.get_by_text("la prochaine personne").wait_for()

    bookings.cancel(taken[0])
    page.goto(link_of_the_last_letter())
    follow(page.get_by_role("button", name="Accepter cette place"))

    heading(page, "Votre place est confirmée")
    waiting.refresh_from_db()
    assert waiting.state == State.CONFIRMED
