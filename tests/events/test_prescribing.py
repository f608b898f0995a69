"""What a prescriber's people do and read: theirs, and nothing of anybody else's."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Organisation
from events import bookings, prescribing, seats
from events.bookings import Asked
from events.models import Arrangement, Booking, InfoSession, KeptSeats
from events.prescriber_lists import seats_for
from tests.events.factories import make_booking, make_session_over
from tests.factories import make_departement, make_session
from tests.people import make_affiliation, make_organisation

pytestmark = pytest.mark.django_db

PEOPLE = "/espace/prescripteur/inscriptions/"
SESSIONS = "/espace/prescripteur/reunions/"
DAY = timedelta(days=1)
State, Attendance = Booking.State, Booking.Attendance


@pytest.fixture
def body():
    return make_organisation(is_prescriber=True, name="La Passerelle")


@pytest.fixture
def user(body):
    return make_affiliation(organisation=body).user


@pytest.fixture
def reader(client, user):
    client.force_login(user)
    return client


def nour(**fields):
    return Asked(**{"first_name": "Nour", "last_name": "Belkacem", "email": "nour@example.org"} | fields)


def keep(session, body, seats, *, days=1):
    return KeptSeats.objects.create(
        session=session, organisation=body, seats=seats, until=timezone.localdate() + days * DAY
    )


def names(bookings):
    return {booking.last_name for booking in bookings}


def of(body):
    return prescribing.readable(Organisation.objects.filter(pk=body.pk))


# Whom they act for, and what they read


def test_somebody_acts_for_the_prescribers_of_today(user, body):
    today = timezone.localdate()
    make_affiliation(user=user, organisation=make_organisation(name="Une entreprise"))
    make_affiliation(user=user, organisation=make_organisation(is_prescriber=True), ends_on=today - DAY)
    make_affiliation(user=user, organisation=make_organisation(is_prescriber=True, closed_on=today))

    assert list(prescribing.bodies(user)) == [body]
    assert body not in prescribing.bodies(user, today - 60 * DAY)


def test_they_read_whom_they_booked_and_whom_they_sent_and_who_agreed(body):
    session, other = make_session(seats=40), make_organisation(is_prescriber=True)
    make_booking(session, last_name="Inscrite", booked_for=body)
    make_booking(session, last_name="Accord", sent_by=body, tells_prescriber=True)
    make_booking(session, last_name="Silence", sent_by=body)
    make_booking(session, last_name="Autre", booked_for=other)
    make_booking(session, last_name="Ailleurs", sent_by=other, tells_prescriber=True)
    make_booking(session, last_name="Seule", tells_prescriber=True)

    assert names(of(body)) == {"Inscrite", "Accord"}


def test_who_withdraws_their_agreement_is_read_no_more(reader, body):
    booking = make_booking(last_name="Zqxaccord", sent_by=body, tells_prescriber=True)
    pages = [PEOPLE, f"{PEOPLE}?export=csv"]
    assert all("Zqxaccord" in reader.get(page).content.decode() for page in pages)

    bookings.change(booking, tells_prescriber=False)

    assert not any("Zqxaccord" in reader.get(page).content.decode() for page in pages)


def test_who_is_anonymous_leaves_the_list(body):
    booking = make_booking(booked_for=body)
    assert names(of(body)) == {booking.last_name}

    bookings.anonymise(Booking.objects.all(), timezone.now())

    assert not of(body).exists()


# Booking


def test_a_person_booked_has_a_seat_at_once(user, body):
    booking = prescribing.book(make_session(), nour(), organisation=body, by=user)

    assert (booking.state, booking.booked_for, booking.booked_by) == (State.CONFIRMED, body, user)


def test_the_same_form_sent_twice_books_once(user, body):
    session, token = make_session(), uuid4()
    first = prescribing.book(session, nour(), organisation=body, by=user, form_token=token)

    assert prescribing.book(session, nour(), organisation=body, by=user, form_token=token) == first


def test_where_all_is_taken_the_person_waits_unless_seats_are_kept(user, body):
    session = make_session(seats=2)
    keep(session, body, 1)
    make_booking(session)
    visitor = bookings.book(session, nour(email="autre@example.org"))
    assert visitor.state == State.WAITING

    kept = prescribing.book(session, nour(), organisation=body, by=user)
    late = prescribing.book(session, nour(email="tard@example.org"), organisation=body, by=user)

    assert (kept.state, late.state) == (State.CONFIRMED, State.WAITING)
    assert prescribing.ranks([visitor, kept, late]) == {visitor.pk: 1, late.pk: 2}


def test_somebody_whom_they_booked_already_is_said_to_be_theirs(user, body):
    session = make_session()
    prescribing.book(session, nour(), organisation=body, by=user)

    with pytest.raises(ValidationError, match="dans vos inscriptions"):
        prescribing.book(session, nour(email="NOUR@example.org"), organisation=body, by=user)


def test_of_who_is_booked_by_somebody_else_nothing_is_told(user, body):
    session = make_session()
    make_booking(session, email="nour@example.org", booked_for=make_organisation(is_prescriber=True, name="Zqxautre"))

    with pytest.raises(ValidationError) as refused:
        prescribing.book(session, nour(), organisation=body, by=user)

    assert refused.value.messages == [prescribing.NOT_FROM_HERE]
    assert "déjà" not in prescribing.NOT_FROM_HERE


# Seats


@pytest.mark.parametrize("days", [0, 2])
def test_the_seats_of_a_list_are_those_of_each_session(body, days):
    other, now = make_organisation(is_prescriber=True), timezone.now()
    for number in range(4):
        session = make_session(seats=4)
        keep(session, other, 1, days=days)
        keep(session, body, 1 + number % 2)
        for _ in range(number):
            make_booking(session, booked_for=other if number > 1 else body)
    make_booking(session, state=State.HELD, held_until=now - DAY)
    make_booking(session, state=State.WAITING)
    listed = list(InfoSession.objects.all())
    moment = now + timedelta(seconds=1)

    for whom in (body, other):
        found = seats_for(whom, listed, moment)
        for one in listed:
            assert found[one.pk].left == seats.seats_left(one, moment, for_organisation=whom)


def test_each_session_of_a_list_is_counted_as_its_bookings_are(body):
    now = timezone.now()
    for number in range(1, 4):
        session = make_session(seats=20)
        keep(session, body, 3)
        for _ in range(number):
            make_booking(session, booked_for=body)
            make_booking(session, is_walk_in=True)
            make_booking(session, state=State.HELD)
            make_booking(session, state=State.HELD, held_until=now)
            make_booking(session, state=State.OFFERED, offered_until=now)
            make_booking(session, state=State.WAITING)
            make_booking(session, state=State.CANCELLED)
    empty = make_session(seats=20)

    rooms = seats.rooms(InfoSession.objects.all(), now)

    for session in InfoSession.objects.exclude(pk=empty.pk):
        rows = list(session.bookings.all())
        found = rooms[session.pk]
        assert found.taken == sum(row.holds_a_seat(now) and not row.is_walk_in for row in rows)
        assert found.over == sum(row.state in (State.HELD, State.OFFERED) and not row.holds_a_seat(now) for row in rows)
        assert found.waiting == sum(row.state == State.WAITING for row in rows)
        assert found.last_number == max(row.number for row in rows)
        assert found.kept == {body.pk: 3 - sum(row.booked_for == body for row in rows)}
    assert rooms[empty.pk] == seats.Room(seats=20, taken=0, over=0, waiting=0, last_number=0, kept={})


@pytest.mark.parametrize("many", [1, 5])
def test_sessions_are_counted_in_three_queries_whatever_their_number(body, many, django_assert_num_queries):
    listed = [make_session() for _ in range(many)]
    for session in listed:
        keep(session, body, 1)
        make_booking(session, booked_for=body)

    with django_assert_num_queries(3):
        seats.rooms(listed, timezone.now())


def test_no_session_has_no_seats():
    assert seats.rooms([], timezone.now()) == {}
    assert prescribing.ranks([]) == {}


# Cancelling


def test_they_cancel_one_of_theirs(user, body):
    booking = make_booking(booked_for=body)
    prescribing.cancel(booking, by=user)

    booking.refresh_from_db()
    assert booking.state == State.CANCELLED


@pytest.mark.parametrize("case", ["sent", "others", "over", "cancelled", "gone"])
def test_they_cancel_nothing_else(user, body, case):
    booking = {
        "sent": lambda: make_booking(sent_by=body, tells_prescriber=True),
        "others": lambda: make_booking(booked_for=make_organisation(is_prescriber=True)),
        "over": lambda: make_booking(make_session_over(), booked_for=body),
        "cancelled": lambda: make_booking(booked_for=body, state=State.CANCELLED),
        "gone": lambda: make_booking(booked_for=body),
    }[case]()
    if case == "gone":
        user.affiliations.update(ends_on=timezone.localdate() - DAY)

    with pytest.raises(ValidationError, match="rien à annuler"):
        prescribing.cancel(booking, by=user)
    assert Booking.objects.get().state == booking.state


# Nothing of one another: markers in every column, every filter, every file


MARKERS = ("zqxprenom", "zqxnom", "zqxmail", "0639980077", "06 39 98 00 77", "zqxreunion", "zqxorganisme")


def marked(body):
    """A booking of which every word is a marker."""
    session = make_session(title="zqxreunion d’un autre", seats=40, publish_at=timezone.now() - DAY)
    body.name = "zqxorganisme"
    body.save()
    fields = {
        "first_name": "zqxprenom",
        "last_name": "zqxnom",
        "email": "zqxmail@example.org",
        "telephone": "06 39 98 00 77",
        "departement": make_departement("95"),
        "audience": "femmes",
    }
    booking = make_booking(session, booked_for=body, **fields)
    Arrangement.objects.create(booking=booking, needs=["lsf"])
    make_booking(session, sent_by=body, tells_prescriber=True, **fields | {"email": "zqxmail2@example.org"})
    return booking


def test_two_prescribers_see_nothing_of_one_another(reader, body):
    other = make_organisation(is_prescriber=True)
    theirs = marked(other)
    session = theirs.session
    make_booking(session, last_name="Mienne", booked_for=body)
    InfoSession.objects.filter(pk=session.pk).update(title="Une réunion")
    queries = ["", "?export=csv", f"?reunion={session.reference}", "?etat=confirmee", "?etat=confirmee&export=csv"]
    paths = [f"{PEOPLE}{query}" for query in queries]
    paths += [SESSIONS, f"{SESSIONS}{session.reference}/", "/espace/prescripteur/chiffres/", "/espace/prescripteur/"]

    for path in paths:
        page = reader.get(path).content.decode()
        assert not [marker for marker in MARKERS if marker in page], path
    assert not [marker for marker in MARKERS if marker in str(cells_of(reader.get(f"{PEOPLE}?export=xlsx")))]
    assert "Mienne" in reader.get(PEOPLE).content.decode()


def test_a_filter_that_is_anothers_is_a_page_that_does_not_exist(reader, body):
    theirs = marked(make_organisation(is_prescriber=True))
    make_booking(booked_for=body)

    for query in (f"reunion={theirs.session.reference}", f"organisme={theirs.booked_for.reference}"):
        assert reader.get(f"{PEOPLE}?{query}").status_code == 404
    assert reader.get(f"{SESSIONS}?organisme={theirs.booked_for.reference}").status_code == 404
    assert reader.get(f"{PEOPLE}{theirs.reference}/annuler/").status_code == 404
    assert reader.post(f"{PEOPLE}{theirs.reference}/annuler/").status_code == 404


def test_who_booked_for_themselves_is_not_theirs_to_cancel(reader, body):
    sent = make_booking(sent_by=body, tells_prescriber=True)

    assert sent.last_name in reader.get(PEOPLE).content.decode()
    assert reader.get(f"{PEOPLE}{sent.reference}/annuler/").status_code == 404
    assert reader.post(f"{PEOPLE}{sent.reference}/annuler/").status_code == 404
    assert Booking.objects.get().state == State.CONFIRMED


def test_of_who_came_by_themselves_only_the_name_and_whether_they_came_are_read(reader, body):
    booking = marked(make_organisation(is_prescriber=True))
    Booking.objects.update(booked_for=None, sent_by=body, tells_prescriber=True)
    Booking.objects.filter(pk=booking.pk).update(attendance=Attendance.CAME)

    for page in (reader.get(PEOPLE), reader.get(f"{PEOPLE}?export=csv")):
        text = page.content.decode()
        assert "zqxnom" in text
        assert not [hidden for hidden in ("zqxmail", "06 39 98", "femmes", "langue des signes") if hidden in text]
    [row, _] = rows_of(reader.get(f"{PEOPLE}?export=csv"))
    assert (row["Département"], row["Public"], row["Inscription"]) == ("", "", "venue de votre part")
    assert {row["Présence"] for row in rows_of(reader.get(f"{PEOPLE}?export=csv"))} == {"présent", ""}


def test_arrangements_are_in_no_page_and_no_file(reader, body):
    booking = marked(body)

    for path in (PEOPLE, f"{PEOPLE}?export=csv", f"{SESSIONS}{booking.session.reference}/"):
        page = reader.get(path).content.decode()
        assert "zqxnom" in page
        assert page.count("langue des signes") == (1 if "reunions" in path else 0)  # a choice of the form, unticked
        assert "checked" not in page


# The files


def rows_of(answer):
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def cells_of(answer):
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.iter_rows()]


def test_the_files_hold_what_the_list_shows(reader, body):
    session = make_session(seats=40)
    make_booking(session, booked_for=body, last_name="Zola", email="zola@example.org", audience="jeunes")
    make_booking(session, booked_for=body, last_name="Autre", state=State.WAITING)

    [row] = rows_of(reader.get(f"{PEOPLE}?export=csv&etat=confirmee"))

    assert (row["Nom"], row["E-mail"], row["Public"], row["État"]) == (
        "Zola",
        "zola@example.org",
        "jeunes",
        "confirmée",
    )
    assert row["Date"] == f"{timezone.localtime(session.starts_at):%d/%m/%Y}"
    assert "Besoins" not in row
    sheet = cells_of(reader.get(f"{PEOPLE}?export=xlsx"))
    assert [line[5] for line in sheet] == ["Nom", "Autre", "Zola"]


def test_no_cell_is_run_as_a_formula(reader, body):
    make_booking(booked_for=body, last_name="=1+1", first_name="+33")

    [row] = rows_of(reader.get(f"{PEOPLE}?export=csv"))
    book = load_workbook(BytesIO(reader.get(f"{PEOPLE}?export=xlsx").content)).active

    assert (row["Nom"], row["Prénom"]) == ("'=1+1", "'+33")
    assert book["F2"].data_type == "s"
    assert book["F2"].value == "=1+1"
