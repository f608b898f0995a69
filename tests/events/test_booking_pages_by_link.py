"""What the link of a booking opens: where it stands, what may be done. Reading it changes nothing."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events import bookings, messages
from events.asked import Asked
from events.links import token_of
from events.models import Arrangement, Booking, InfoSession, Kind, Meeting
from events.standing import TITLES
from tests.events.factories import make_booking, make_session_over
from tests.factories import make_departement, make_session
from tests.people import make_member, make_organisation

pytestmark = pytest.mark.django_db

State = Booking.State
NBSP = "\N{NO-BREAK SPACE}"
ONLINE = "https://visio.example.org/salle"
READ = ("booking", "booking_change", "booking_move", "booking_calendar", "booking_code")
DO = (
    *("booking_confirm", "booking_cancel", "booking_accept", "booking_decline", "booking_rejoin"),
    *("booking_reminders", "booking_change", "booking_move"),
)


def path_of(booking, name="booking"):
    return reverse(name, args=[token_of(booking)])


def read(client, booking, name="booking"):
    return client.get(path_of(booking, name))


def do(client, booking, name, **data):
    """Press the button; the booking as it is then, and the page that is shown."""
    answer = client.post(path_of(booking, f"booking_{name}"), data, follow=True)
    booking.refresh_from_db()
    return answer


def buttons(page):
    return set(re.findall(r"/(\w[\w-]*)/\"", " ".join(re.findall(r'(?:action|href)="/reservation/[^"]*"', page))))


def row(booking):
    return Booking.objects.filter(pk=booking.pk).values().get()


def make_in(state, **fields):
    return make_booking(make_session(seats=3), state=state, **fields)


def late(**fields):
    return {"starts_at": timezone.now() - timedelta(minutes=20)} | fields


@pytest.mark.parametrize(
    ("state", "title", "offered"),
    [
        (State.HELD, "held", {"confirmer", "modifier", "autre-date", "annuler"}),
        (State.CONFIRMED, "confirmed", {"modifier", "autre-date", "annuler", "rappels"}),
        (State.WAITING, "waiting", {"modifier", "autre-date", "annuler", "rappels"}),
        (State.OFFERED, "offered", {"accepter", "refuser", "modifier", "rappels"}),
        (State.LAPSED, "lapsed", {"redemander"}),
        (State.CANCELLED, "cancelled", {"redemander"}),
    ],
)
def test_each_state_is_said_in_words_with_what_may_be_done(client, state, title, offered):
    page = read(client, make_in(state)).text

    assert f"<h1>{TITLES[title]}</h1>" in page
    assert buttons(page) == offered


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("name", READ)
def test_reading_changes_nothing(client, state, name):
    booking = make_in(state)
    before = row(booking)

    for method in (client.get, client.head, client.options):
        method(path_of(booking, name))

    assert row(booking) == before


@pytest.mark.parametrize("name", [name for name in DO if name not in READ])
def test_what_changes_something_is_never_a_link(client, name):
    booking = make_in(State.HELD)
    before = row(booking)

    assert client.get(path_of(booking, name)).status_code == 405
    assert row(booking) == before


@pytest.mark.parametrize("name", DO)
def test_what_changes_something_is_asked_from_a_page_of_ours(name):
    booking = make_in(State.HELD)
    before = row(booking)

    assert Client(enforce_csrf_checks=True).post(path_of(booking, name)).status_code == 403
    assert row(booking) == before


@pytest.mark.parametrize("name", READ)
def test_the_secret_of_the_address_stays_here(client, name):
    answer = read(client, make_in(State.CONFIRMED), name)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex"


# The links that open nothing


@pytest.mark.parametrize("name", [*READ, *DO])
def test_a_link_that_is_nobodys_is_a_page_that_does_not_exist(client, name):
    booking, other, anonymous = make_in(State.CONFIRMED), make_in(State.CONFIRMED), make_in(State.CANCELLED)
    emptied = dict.fromkeys(("first_name", "last_name", "email", "telephone"), "")
    Booking.objects.filter(pk=anonymous.pk).update(anonymised_at=timezone.now(), **emptied)
    token = token_of(booking)
    signature = token.partition(".")[2]
    forged = [
        *(token[:-1], token[1:], token.upper(), f"{token}x", f"{token}.{signature}", signature, token_of(anonymous)),
        *(booking.reference, f"{booking.reference}.", f"{other.reference}.{signature}"),
        *("x", "a.b", "é😀", "." * 500, "\u202e"),
    ]

    for wrong in forged:
        for send in (client.get, client.post):
            if send == client.get and name in DO and name not in READ:
                continue
            answer = send(reverse(name, args=[wrong]))
            assert answer.status_code == 404, wrong
            assert "Nour" not in answer.text
    assert row(booking)["state"] == row(other)["state"] == State.CONFIRMED


def test_a_link_opens_its_own_booking_only(client):
    session = make_session()
    mine, hers = make_booking(session, last_name="Mien"), make_booking(session, last_name="Sien")

    page = read(client, mine).text

    assert "Mien" in page
    assert "Sien" not in page
    assert token_of(hers) not in page


# What may be done


def test_the_link_of_the_message_confirms_the_place_by_a_button(client):
    booking = make_in(State.HELD)

    page = do(client, booking, "confirm")

    assert booking.state == State.CONFIRMED
    assert TITLES["confirmed"] in page.text


@pytest.mark.parametrize(
    ("name", "state", "after"),
    [
        ("confirm", State.HELD, State.CONFIRMED),
        ("cancel", State.CONFIRMED, State.CANCELLED),
        ("accept", State.OFFERED, State.CONFIRMED),
        ("decline", State.OFFERED, State.LAPSED),
        ("rejoin", State.CANCELLED, State.CONFIRMED),
    ],
)
def test_a_button_pressed_twice_does_it_once(client, name, state, after):
    booking = make_in(state)

    pages = [do(client, booking, name) for _ in range(2)]

    assert booking.state == after
    assert [page.status_code for page in pages] == [200, 200]
    assert "notice warning" not in pages[0].text or after == State.LAPSED


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("name", ["confirm", "cancel", "accept", "decline", "rejoin", "reminders"])
def test_no_button_fails_in_any_state(client, name, state):
    booking = make_in(state)

    assert do(client, booking, name).status_code == 200


def test_a_hold_whose_time_is_over_says_so_before_anybody_puts_it_away(client):
    booking = make_in(State.HELD, held_until=timezone.now() - timedelta(minutes=1))

    assert TITLES["lapsed"] in read(client, booking).text


@pytest.mark.parametrize("state", [State.LAPSED, State.HELD])
def test_an_expired_link_takes_another_seat_where_one_is_left(client, state):
    booking = make_in(state, held_until=timezone.now() - timedelta(hours=1))

    page = do(client, booking, "rejoin")

    assert booking.state == State.CONFIRMED
    assert TITLES["confirmed"] in page.text


def test_an_expired_link_leads_to_the_end_of_the_list_where_none_is(client):
    session = make_session(seats=1)
    booking = make_booking(session, state=State.LAPSED, held_until=timezone.now() - timedelta(hours=1))
    make_booking(session)
    make_booking(session, state=State.WAITING)

    page = do(client, booking, "rejoin")

    assert booking.state == State.WAITING
    assert f"rang <strong>2</strong>{NBSP}: une personne a demandé avant vous" in page.text


def test_the_first_of_the_list_is_told_that_they_are_next(client):
    session = make_session(seats=1)
    make_booking(session)
    booking = make_booking(session, state=State.WAITING)

    assert "la prochaine personne" in read(client, booking).text


def test_a_place_given_back_is_offered_to_the_next(client):
    session = make_session(seats=1)
    booking, waiting = make_booking(session), make_booking(session, state=State.WAITING)

    do(client, booking, "cancel")

    waiting.refresh_from_db()
    assert waiting.state == State.OFFERED
    assert "avant le" in read(client, waiting).text


def test_an_offer_that_came_too_late_says_so(client):
    booking = make_in(State.OFFERED, offered_until=timezone.now() - timedelta(minutes=1))

    page = do(client, booking, "accept")

    assert booking.state != State.CONFIRMED
    assert "notice warning" in page.text


def test_reminders_are_refused_and_asked_for_again(client):
    booking = make_in(State.CONFIRMED)

    page = do(client, booking, "reminders", rappels="non").text
    assert booking.refuses_reminders
    assert "Recevoir les rappels" in page

    do(client, booking, "reminders", rappels="oui")
    assert not booking.refuses_reminders


# What is changed


def test_what_one_said_is_changed(client):
    sender = make_organisation(is_prescriber=True)
    booking = make_in(State.CONFIRMED, sent_by=sender, tells_prescriber=True)
    Arrangement.objects.create(booking=booking, needs=["lsf"])
    assert re.search(r'value="lsf"[^>]*checked', read(client, booking, "booking_change").text)

    new = {"first_name": "Noor", "last_name": "Belkacem", "telephone": "06 39 98 00 00", "needs": ["plain-pied"]}
    page = do(client, booking, "change", **new)

    assert "C’est enregistré." in page.text
    assert (booking.first_name, booking.telephone, booking.tells_prescriber) == ("Noor", "06 39 98 00 00", False)
    assert Arrangement.objects.get().needs == ["plain-pied"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"last_name": ""}, "Donnez votre nom."),
        ({"telephone": "abc"}, "Ce numéro n’est pas celui"),
        ({"needs": ["x"]}, "Choisissez dans la liste."),
        ({"first_name": "a" * 10_000}, "150"),
        ({"last_name": "\0"}, "nul"),
    ],
)
def test_a_change_that_is_refused_keeps_what_was_typed_and_what_was_known(client, changes, told):
    booking = make_in(State.CONFIRMED)
    before = row(booking)

    page = client.post(path_of(booking, "booking_change"), {"first_name": "Noor", "last_name": "B"} | changes).text

    assert told in page
    assert 'value="Noor"' in page or "first_name" in changes
    assert row(booking) == before


def test_whoever_is_only_on_the_telephone_is_told_that_they_are_called(client):
    page = read(client, make_in(State.HELD, email="", telephone="06 39 98 00 00")).text

    assert TITLES["to_call"] in page
    assert f"au 06{NBSP}39{NBSP}98{NBSP}00{NBSP}00" in page


def test_whoever_is_only_on_the_telephone_answers_an_offer_by_its_link(client):
    page = read(client, make_in(State.OFFERED, email="", telephone="06 39 98 00 00")).text

    assert TITLES["offered"] in page


def test_whoever_is_only_on_the_telephone_keeps_a_number(client):
    booking = make_in(State.CONFIRMED, email="", telephone="06 39 98 00 00")

    page = client.post(path_of(booking, "booking_change"), {"first_name": "Noor", "last_name": "B", "telephone": ""})

    assert "Donnez le numéro auquel vous appeler." in page.text


def test_the_number_of_somebody_else_is_refused(client):
    session = make_session()
    make_booking(session, email="", telephone="06 39 98 00 01")
    booking = make_booking(session, email="", telephone="06 39 98 00 00")

    new = {"first_name": "Noor", "last_name": "B", "telephone": "0639980001"}
    page = client.post(path_of(booking, "booking_change"), new)

    assert page.status_code == 200
    assert "déjà" in page.text
    booking.refresh_from_db()
    assert booking.telephone == "06 39 98 00 00"


def test_a_members_name_is_that_of_their_record(client):
    member = make_member()
    booking = make_in(State.CONFIRMED, member=member, first_name="", last_name="", email="")

    page = read(client, booking, "booking_change").text

    assert 'name="first_name"' not in page
    assert str(member) in read(client, booking).text


@pytest.mark.parametrize("name", ["booking_change", "booking_move"])
def test_a_place_that_is_given_back_is_not_changed(client, name):
    assert read(client, make_in(State.CANCELLED), name).status_code == 302


# Another date


def test_another_date_takes_the_place_of_this_one(client):
    booking, other = make_in(State.CONFIRMED), make_session(starts_in=timedelta(days=9), title="L’autre date")
    assert "L’autre date" in read(client, booking, "booking_move").text

    page = do(client, booking, "move", date=other.reference)

    assert booking.state == State.CANCELLED
    assert other.bookings.get().state == State.CONFIRMED
    assert TITLES["confirmed"] in page.text
    assert "L’autre date" in page.text


def test_only_dates_that_one_may_have_are_offered(client):
    booking = make_in(State.CONFIRMED)
    make_session(title="Passée", starts_in=timedelta(days=-2))
    make_session(title="Annulée", cancelled_at=timezone.now())
    make_session(title="Brouillon", publish_at=None)
    make_session(title="Commencée", **late())
    InfoSession.objects.filter(pk=make_session(title="Pleine").pk).update(is_full=True)

    page = read(client, booking, "booking_move").text

    assert "Pas d’autre réunion" in page
    for title in ("Passée", "Annulée", "Brouillon", "Commencée", "Pleine"):
        assert title not in page


@pytest.mark.parametrize("date", ["", "aaaaaaaaaa", "\0", "😀", "a" * 10_000])
def test_a_date_that_is_none_changes_nothing(client, date):
    booking = make_in(State.CONFIRMED)
    make_session()

    page = do(client, booking, "move", date=date)

    assert "Choisissez une date." in page.text
    assert booking.state == State.CONFIRMED


def test_a_date_that_filled_meanwhile_leaves_the_place_as_it_is(client):
    booking, other = make_in(State.CONFIRMED), make_session(seats=1)
    make_booking(other)

    page = do(client, booking, "move", date=other.reference)

    assert booking.state == State.CONFIRMED
    assert 'role="alert"' in page.text


def test_a_date_where_one_is_already_leaves_the_place_as_it_is(client):
    booking, other = make_in(State.CONFIRMED), make_session()
    make_booking(other, email=booking.email)

    page = do(client, booking, "move", date=other.reference)

    assert booking.state == State.CONFIRMED
    assert "déjà une place à cette date" in page.text


def test_the_list_of_dates_costs_the_same_whatever_its_length(client, django_assert_max_num_queries):
    booking = make_in(State.CONFIRMED)
    for days in range(1, 30):
        make_session(starts_in=timedelta(days=days), place=booking.session.place)
    read(client, booking, "booking_move")

    with django_assert_max_num_queries(8):
        read(client, booking, "booking_move")


# What is shown


@pytest.mark.parametrize("state", State.values)
def test_the_way_into_an_online_session_is_for_whoever_has_a_place(client, state):
    session = make_session(online_url=ONLINE, departement=make_departement("75"))
    booking = make_booking(session, state=state)

    assert (ONLINE in read(client, booking).text) is (state == State.CONFIRMED)


def test_the_way_in_is_closed_with_the_session(client):
    online = {"online_url": ONLINE, "departement": make_departement("75")}
    cancelled = make_booking(make_session(cancelled_at=timezone.now(), **online))
    over = make_booking(make_session_over(**online))

    for booking in (cancelled, over):
        assert ONLINE not in read(client, booking).text


def test_whoever_was_told_that_it_moved_reads_it_here_too(client):
    booking = make_in(State.CONFIRMED)
    before = booking.session
    assert "La réunion a changé" not in read(client, booking).text

    session = Meeting.objects.get(pk=before.pk)
    session.starts_at, session.ends_at = (at + timedelta(days=1) for at in (session.starts_at, session.ends_at))
    session.save()
    messages.meeting_changed(session, before=before)

    assert "La réunion a changé" in read(client, booking).text


def test_a_cancelled_session_says_why(client):
    booking = make_booking(make_session(cancelled_at=timezone.now(), cancelled_because="La salle est inondée."))

    page = read(client, booking).text

    assert TITLES["session_cancelled"] in page
    assert "La salle est inondée." in page
    assert buttons(page) == set()


@pytest.mark.parametrize("state", State.values)
def test_once_it_has_begun_nobody_enters(client, state):
    booking = make_booking(make_session(**late()), state=state)

    assert buttons(read(client, booking).text) & {"confirmer", "accepter", "redemander", "autre-date"} == set()


def test_a_place_is_given_back_until_the_end(client):
    booking = make_booking(make_session(**late()))

    do(client, booking, "cancel")

    assert booking.state == State.CANCELLED


def test_what_is_over_changes_no_more(client):
    booking = make_booking(make_session_over())
    assert buttons(read(client, booking).text) == set()

    page = do(client, booking, "cancel")

    assert booking.state == State.CONFIRMED
    assert "notice warning" in page.text


def test_whoever_came_is_thanked_and_the_others_are_told_that_it_is_over(client):
    session = make_session_over()

    assert TITLES["came"] in read(client, make_booking(session, attendance="venu")).text
    assert TITLES["ended"] in read(client, make_booking(session)).text


def test_whoever_came_chooses_a_diagnostic_and_says_what_they_think(client):
    booking = make_booking(make_session_over(), attendance="venu")

    assert buttons(read(client, booking).text) == {"diagnostic", "avis"}
    for name in ("diagnostic_slots", "booking_opinion"):
        assert read(client, booking, name).status_code == 200

    Booking.objects.update(opinion_at=timezone.now())
    assert buttons(read(client, booking).text) == {"diagnostic"}


def test_a_members_event_leads_to_no_diagnostic(client):
    event = make_session_over(kind=Kind.WORKSHOP)
    booking = make_booking(event, member=make_member(), first_name="", last_name="", email="", attendance="venu")

    assert "diagnostic" not in buttons(read(client, booking).text)


def test_the_file_for_a_calendar_is_for_whoever_has_or_had_a_place(client):
    booking = make_in(State.CONFIRMED)

    answer = read(client, booking, "booking_calendar")

    assert answer["Content-Type"].startswith("text/calendar")
    assert f"UID:{booking.reference}@reservations.actess" in answer.text.replace("\r\n ", "")
    do(client, booking, "cancel")
    assert "STATUS:CANCELLED" in read(client, booking, "booking_calendar").text
    assert read(client, make_in(State.WAITING), "booking_calendar").status_code == 404


def test_the_code_of_the_day_names_the_place_and_nothing_of_the_person(client):
    booking = make_in(State.CONFIRMED)

    answer = read(client, booking, "booking_code")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.text.count("<svg") == 1
    assert "Nour" not in answer.text
    assert read(client, make_in(State.CONFIRMED), "booking_code").text != answer.text
    assert path_of(booking, "booking_code") in read(client, booking).text
    assert read(client, make_in(State.WAITING), "booking_code").status_code == 404


def test_the_link_of_a_members_event_offers_no_session_of_visitors(client):
    member = make_member()
    event = make_session(kind=Kind.WORKSHOP)
    booking = make_booking(event, member=member, first_name="", last_name="", email="")
    make_session()

    assert buttons(read(client, booking).text) == {"modifier", "annuler", "rappels"}
    assert read(client, booking, "booking_move").status_code == 302


@pytest.mark.parametrize("waiting", [0, 10])
def test_the_page_of_a_booking_costs_the_same_however_many_wait(client, django_assert_max_num_queries, waiting):
    session = make_session(seats=1)
    make_booking(session)
    for _ in range(waiting):
        make_booking(session, state=State.WAITING)
    booking = make_booking(session, state=State.WAITING)
    read(client, booking)

    with django_assert_max_num_queries(8):
        read(client, booking)


def test_the_whole_way_of_a_visitor(client):
    """Asked for by the form, confirmed by the link, given back."""
    session = make_session(seats=1)
    said = {"first_name": "Awa", "last_name": "Diallo", "email": "awa@example.org", "consent": "on"}
    client.post(reverse("book_session", args=[session.reference]), said | {"form_token": uuid4()})
    booking = session.bookings.get()

    do(client, booking, "confirm")
    assert bookings.seats_left(session) == 0
    do(client, booking, "cancel")

    assert bookings.seats_left(session) == 1
    assert bookings.book(session, Asked(first_name="Sam", last_name="B", email="sam@example.org")).state == State.HELD
