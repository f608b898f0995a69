"""A visitor asks for a place: the session's page, the form, what is said after."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from association.models import Identity
from events import bookings
from events.models import Booking, HeardFrom, InfoSession
from tests.events.factories import make_booking
from tests.factories import make_departements, make_session
from tests.hostile import FORM_VALUES
from tests.people import make_organisation

pytestmark = pytest.mark.django_db

NBSP = "\N{NO-BREAK SPACE}"
PERSON = {
    "first_name": "Nour",
    "last_name": "Belkacem",
    "email": "nour@example.org",
    "telephone": "",
    "consent": "on",
}
BY_TELEPHONE = PERSON | {"email": "", "telephone": "06 39 98 00 00"}
LONG = "a" * 10_000


@pytest.fixture(autouse=True)
def _nobody_booked_before():
    cache.clear()


@pytest.fixture
def session():
    return make_session(seats=2)


def path_of(session):
    return reverse("book_session", args=[session.reference])


def send(client, session, **changes):
    return client.post(path_of(session), PERSON | {"form_token": uuid4()} | changes)


def fill(session):
    while bookings.seats_left(session):
        make_booking(session)


# What the session's page says


def test_the_page_of_a_session_leads_to_a_place(client, session):
    page = client.get(session.get_absolute_url()).text

    assert f'<a class="button first" href="{path_of(session)}">Réserver ma place</a>' in page
    assert f"2{NBSP}places libres sur 2" in page


def test_the_seats_are_counted_at_each_request(client, session):
    client.get(session.get_absolute_url())
    booking = make_booking(session)

    assert f"1{NBSP}place libre sur 2" in client.get(session.get_absolute_url()).text
    bookings.cancel(booking)
    assert f"2{NBSP}places libres" in client.get(session.get_absolute_url()).text


def test_a_full_session_offers_its_waiting_list(client, session):
    fill(session)

    page = client.get(session.get_absolute_url()).text

    assert "Complet" in page
    assert "Rejoindre la liste d’attente" in page
    assert "Réserver ma place" not in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"cancelled_at": timezone.now()}, "Cette réunion est annulée"),
        ({"starts_in": timedelta(days=-3)}, "Cette réunion a eu lieu"),
        ({"starts_at": timezone.now() - timedelta(minutes=20)}, "La réunion a commencé"),
    ],
)
def test_what_takes_no_booking_says_why(client, fields, told):
    session = make_session(**fields)

    page = client.get(session.get_absolute_url()).text

    assert told in page
    assert path_of(session) not in page
    assert client.get(path_of(session)).url == session.get_absolute_url()


def test_one_may_telephone_instead(client, session):
    Identity.objects.create(telephone="0199001234")

    for path in (session.get_absolute_url(), path_of(session)):
        assert "tel:+33199001234" in client.get(path).text


@pytest.mark.parametrize("booked", [0, 12])
def test_the_page_of_a_session_costs_the_same_however_many_booked(client, django_assert_max_num_queries, booked):
    session = make_session(seats=20)
    for _ in range(booked):
        make_booking(session)
    client.get(session.get_absolute_url())

    with django_assert_max_num_queries(10):
        client.get(session.get_absolute_url())


def test_lists_say_that_a_session_is_full(client, session):
    assert "Complet" not in client.get("/reunions/").text

    InfoSession.objects.filter(pk=session.pk).update(is_full=True)

    assert "Complet" in client.get("/reunions/").text


def test_machines_read_that_a_session_is_full(client, session):
    path = f"/api/v2/sessions/{session.reference}/"
    assert client.get(path).json()["full"] is False
    assert "schema.org/InStock" in client.get(session.get_absolute_url()).text

    InfoSession.objects.filter(pk=session.pk).update(is_full=True)

    assert client.get(path).json()["full"] is True
    assert "schema.org/SoldOut" in client.get(session.get_absolute_url()).text


# What the form takes


def test_the_form_is_short_and_asks_no_account(client, session):
    page = client.get(path_of(session))

    assert page.status_code == 200
    assert "sans compte" in page.text
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_the_form_costs_the_same_whatever_the_number_of_prescribers(client, session, django_assert_max_num_queries):
    for _ in range(20):
        make_organisation(is_prescriber=True)
    client.get(path_of(session))

    with django_assert_max_num_queries(10):
        client.get(path_of(session))


def test_a_place_is_held_for_whoever_gives_a_name_and_a_mailbox(client, session):
    answer = send(client, session)

    booking = session.bookings.get()
    assert answer.url == reverse("book_session_done", args=[session.reference])
    assert (booking.state, booking.name, booking.email) == ("retenue", "Nour Belkacem", "nour@example.org")
    page = client.get(answer.url).text
    assert "Regardez vos e-mails" in page
    assert "retenue 30" in page


def test_all_that_is_said_is_kept(client, session):
    departements, sender = make_departements(), make_organisation(is_prescriber=True)
    said = {
        "departement": "93",
        "audience": "seniors",
        "heard_from": "affiche",
        "sent_by": sender.reference,
        "tells_prescriber": "on",
        "needs": ["lsf", "plain-pied"],
    }

    send(client, session, **said)

    booking = session.bookings.get()
    assert booking.departement in departements
    assert (booking.departement.code, booking.audience, booking.heard_from) == ("93", "seniors", "affiche")
    assert (booking.sent_by, booking.tells_prescriber) == (sender, True)
    assert set(booking.arrangement.needs) == {"lsf", "plain-pied"}


def test_nothing_is_told_to_a_prescriber_unless_it_is_asked(client, session):
    sender = make_organisation(is_prescriber=True)

    assert re.search(r'name="tells_prescriber"[^>]*checked', client.get(path_of(session)).text) is None
    send(client, session, sent_by=sender.reference)

    assert session.bookings.get().tells_prescriber is False


def test_another_body_is_nobody_who_reads_here(client, session):
    send(client, session, sent_by="autre", tells_prescriber="on")

    booking = session.bookings.get()
    assert (booking.sent_by, booking.tells_prescriber, booking.heard_from) == (None, False, HeardFrom.PRESCRIBER)


def test_only_open_prescribers_are_in_the_list(client, session):
    make_organisation(name="La Recyclerie du canal")
    closed = make_organisation(name="Mission fermée", is_prescriber=True, closed_on=timezone.localdate())
    make_organisation(name="Mission des Quais", is_prescriber=True)

    page = client.get(path_of(session)).text

    assert "Mission des Quais" in page
    assert "La Recyclerie du canal" not in page
    assert "Mission fermée" not in page
    assert send(client, session, sent_by=closed.reference).status_code == 200
    assert not session.bookings.exists()


def test_somebody_without_a_mailbox_is_told_when_they_are_called(client, session):
    answer = client.post(path_of(session), BY_TELEPHONE)

    booking = session.bookings.get()
    assert booking.telephone == "06 39 98 00 00"
    last = timezone.localtime(booking.held_until - timedelta(seconds=1))
    page = client.get(answer.url).text
    assert "Nous vous appelons d’ici le" in page
    assert f"{last.day}" in page
    assert "Regardez vos e-mails" not in page


def test_whoever_comes_when_all_is_taken_waits(client, session):
    fill(session)

    answer = send(client, session)

    assert session.bookings.get(email="nour@example.org").state == Booking.State.WAITING
    assert "liste d’attente" in client.get(answer.url).text


def test_whoever_is_only_on_the_telephone_waits_too(client, session):
    fill(session)

    page = client.get(client.post(path_of(session), BY_TELEPHONE).url).text

    assert "dès qu’une place se libère" in page


# What it does not tell


@pytest.mark.parametrize("seats", [1, 5])
def test_nobody_learns_that_an_address_has_booked(client, seats):
    known, unknown = make_session(seats=seats), make_session(seats=seats)
    for session in (known, unknown):
        make_booking(session, email="nour@example.org" if session == known else "other@example.org")

    answers = [send(client, session) for session in (known, unknown)]

    first, second = (answer.url.replace(s.reference, "") for answer, s in zip(answers, (known, unknown), strict=True))
    assert first == second
    pages = [client.get(answer.url).text for answer in answers]
    bare = [re.sub(r"[a-z0-9]{10}", "", page) for page in pages]
    assert bare[0] == bare[1]
    assert known.bookings.count() == 1


def test_the_case_of_an_address_makes_nobody_else(client, session):
    send(client, session)
    send(client, session, email="NOUR@Example.org")

    assert session.bookings.count() == 1


def test_a_form_sent_twice_makes_one_place(client, session):
    form = PERSON | {"form_token": uuid4()}

    answers = [client.post(path_of(session), form).url for _ in range(2)]

    assert answers[0] == answers[1]
    assert session.bookings.count() == 1


def test_a_second_person_is_not_lost_for_a_form_that_came_back(client, session):
    form = PERSON | {"form_token": uuid4()}

    client.post(path_of(session), form)
    client.post(path_of(session), form | {"first_name": "Sam", "email": "sam@example.org"})

    assert session.bookings.count() == 2


# What it refuses


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"first_name": ""}, "Donnez votre prénom."),
        ({"last_name": " "}, "Donnez votre nom."),
        ({"email": ""}, "un seul suffit"),
        ({"email": "nour"}, "Saisissez une adresse e-mail comme"),
        ({"email": "nour@example.org, sam@example.org"}, "Saisissez une"),
        ({"telephone": "abc"}, "Ce numéro n’est pas celui d’un téléphone"),
        ({"telephone": "1" * 25}, "Ce numéro n’est pas celui d’un téléphone"),
        ({"consent": ""}, "Cochez cette case"),
        ({"last_name": "\u202emecakleB"}, "caractère invisible"),
        ({"last_name": LONG}, "150"),
        ({"email": f"{LONG}@example.org"}, "254"),
        ({"departement": "99"}, "Choisissez un département de la liste."),
        ({"audience": "martiens"}, "Choisissez dans la liste."),
        ({"heard_from": "x"}, "Choisissez dans la liste."),
        ({"sent_by": "zzzzzzzz"}, "Choisissez un organisme de la liste"),
        ({"needs": ["x"]}, "Choisissez dans la liste."),
    ],
)
def test_a_refusal_says_what_to_do_and_keeps_what_was_typed(client, session, changes, sentence):
    answer = send(client, session, **({"telephone": ""} | changes | {"site_web": ""}))

    assert answer.status_code == 200
    assert sentence in answer.text
    assert "à corriger" in answer.text
    kept = {"first_name": "Nour", "email": "nour@example.org"} | changes
    for name in ("first_name", "email"):
        if kept[name].strip() and len(kept[name]) < 100:
            assert f'value="{kept[name]}"' in answer.text
    assert not session.bookings.exists()


@pytest.mark.parametrize("number", ["+33 6 39 98 00 00", "0033639980000", "+44 7911 123456", "06.39.98.00.00"])
def test_numbers_are_taken_as_people_write_them(client, session, number):
    client.post(path_of(session), BY_TELEPHONE | {"telephone": number})

    assert session.bookings.count() == 1


@pytest.mark.parametrize("name", ["Łukasz-Żółć", "O’Neil", "王小明", "😀", "أمل", "Jean de La Fontaine"])
def test_names_of_any_script_are_kept_as_typed(client, session, name):
    send(client, session, last_name=name)

    assert session.bookings.get().last_name == name


@pytest.mark.parametrize("field", ["first_name", "email", "telephone", "departement", "sent_by", "needs", "form_token"])
def test_no_value_breaks_the_form(client, session, field):
    for value in (*FORM_VALUES, "\0", "\ud800", LONG):
        given = PERSON | {"site_web": "", "last_name": "", field: value.encode("utf-8", "replace").decode()}
        # Sent in parts, what a form of the other kind may not hold comes to the fields.
        assert client.post(path_of(session), given).status_code in {200, 400}

    assert not session.bookings.exists()


def test_a_form_without_anything_says_all_that_is_missing(client, session):
    page = client.post(path_of(session), {}).text

    for sentence in ("Donnez votre prénom.", "Donnez votre nom.", "un seul suffit", "Cochez cette case"):
        assert sentence in page


def test_a_token_that_no_form_of_ours_bears_costs_nobody_their_place(client, session):
    send(client, session, form_token="nonsense")

    assert session.bookings.count() == 1


def test_markup_is_shown_as_text(client, session):
    page = send(client, session, first_name="<script>alert(1)</script>", consent="").text

    assert "<script>alert" not in page


def test_a_session_that_was_cancelled_meanwhile_says_so_and_keeps_what_was_typed(client, session):
    InfoSession.objects.filter(pk=session.pk).update(cancelled_at=timezone.now())

    answer = send(client, session)

    assert answer.status_code == 200
    assert "annulée" in answer.text
    assert 'value="Nour"' in answer.text
    assert not session.bookings.exists()


def test_a_robot_that_fills_the_trap_is_thanked_and_forgotten(client, session):
    answer = send(client, session, site_web="https://example.org")

    assert answer.url == reverse("book_session_done", args=[session.reference])
    assert not session.bookings.exists()


def test_a_flood_is_slowed_down_without_losing_what_was_typed(client, session):
    answers = [send(client, session) for _ in range(10)]

    assert answers[-1].status_code == 429
    assert 'value="nour@example.org"' in answers[-1].text
    assert "minutes" in answers[-1].text


@pytest.mark.parametrize("path", ["reserver/", "reserver/merci/"])
def test_a_session_that_nobody_may_see_has_no_form(client, path):
    draft = make_session(publish_at=None)

    assert client.get(f"/reunions/{draft.reference}/{path}").status_code == 404
    assert client.get(f"/reunions/aaaaaaaaaa/{path}").status_code == 404


def test_the_day_of_the_call_is_never_after_the_session(client):
    session = make_session(starts_at=datetime(2099, 10, 5, 12, tzinfo=UTC))
    soon = make_session(starts_in=timedelta(hours=3))
    path = reverse("book_session_done", args=[soon.reference])

    page = client.get(f"{path}?par=telephone").text

    assert str(timezone.localtime(soon.starts_at).year) in page
    assert client.get(f"{reverse('book_session_done', args=[session.reference])}?par=telephone").status_code == 200
