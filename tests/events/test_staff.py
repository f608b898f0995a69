"""The counsellor's side of a meeting: the list, the sheet, and what is done from them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Arrangement, Booking, KeptSeats, Kind, Meeting
from tests.accompaniment.agendas import make_appointment
from tests.events.factories import make_booking, make_session_of_today, make_session_over
from tests.factories import make_departement, make_session
from tests.people import make_counsellor, make_member, make_organisation, make_referent

pytestmark = pytest.mark.django_db

State = Booking.State
LIST = "/espace/conseil/reunions/"


@pytest.fixture
def counsellor():
    return make_counsellor()


@pytest.fixture
def office(client, counsellor):
    client.force_login(counsellor.user)
    return client


def sheet_of(session, what=""):
    return f"{LIST}{session.reference}/{what}"


def presence_of(booking, what=""):
    return f"/espace/conseil/presence/{booking.reference}/{what}"


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, path, **data):
    """What the page says after the form is sent."""
    answer = client.post(path, data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def names(page):
    return re.findall(r'<h3><a href="/espace/conseil/presence/[^"]+">([^<]+)</a></h3>', page)


def figures(page):
    return re.findall(r"<dd>(\d+)", page[page.index('id="comptes"') :])[:5]


# The list of meetings


def test_my_meetings_come_first_then_the_soonest(office, counsellor):
    other = make_session(title="Chez une autre", starts_in=timedelta(days=1), host=make_counsellor())
    nobody = make_session(title="De personne", starts_in=timedelta(days=2))
    mine = make_session(title="La mienne", starts_in=timedelta(days=9), host=counsellor)

    page = read(office, LIST)

    order = [page.index(sheet_of(session)) for session in (mine, other, nobody)]
    assert order == sorted(order)
    assert "la vôtre" in page
    assert "personne ne l’anime" in page


def test_a_draft_is_no_meeting_yet(office):
    draft = make_session(publish_at=None)
    planned = make_session(publish_at=timezone.now() + timedelta(hours=1))

    page = read(office, LIST)

    assert "Aucune réunion à venir" in page
    assert [office.get(sheet_of(session)).status_code for session in (draft, planned)] == [404, 404]


def test_a_sheet_is_to_close_once_the_meeting_is_over_and_somebody_had_a_place(office):
    over, empty, closed = make_session_over(), make_session_over(), make_session_over(sheet_closed_at=timezone.now())
    for session in (over, closed):
        make_booking(session)

    to_close, past = read(office, f"{LIST}?voir=a_clore"), read(office, f"{LIST}?voir=passees")

    assert [sheet_of(session) in to_close for session in (over, empty, closed)] == [True, False, False]
    assert [sheet_of(session) in past for session in (over, empty, closed)] == [False, True, True]


def test_a_line_says_how_many_come_and_wait(office):
    session = make_session(seats=2)
    for state in (State.CONFIRMED, State.HELD, State.WAITING, State.CANCELLED):
        make_booking(session, state=state)

    page = read(office, LIST)

    assert re.search(r"2 sur 2\s+places, 1 en attente", page)


@pytest.mark.parametrize("query", ["voir=rien", "page=2", "page=x", "voir=a_venir&page=0"])
def test_a_list_that_does_not_exist_is_not_found(office, query):
    assert office.get(f"{LIST}?{query}").status_code == 404


def test_long_lists_have_pages(office):
    for day in range(1, 22):
        make_session(starts_in=timedelta(days=day))

    assert "?page=2" in read(office, LIST)
    assert read(office, f"{LIST}?page=2").count("cover-link") == 1


# The sheet


def test_the_sheet_says_who_comes_by_name_and_who_waits_in_order(office):
    session = make_session(seats=9)
    make_booking(session, first_name="Zoé", last_name="Étienne")
    make_booking(session, first_name="Ali", last_name="Faure")
    make_booking(session, first_name="Bob", last_name="Durand")
    second = make_booking(session, first_name="Amel", last_name="Arrivée après", state=State.WAITING, number=90)
    first = make_booking(session, first_name="Zora", last_name="Zola", state=State.WAITING, number=80)

    page = read(office, sheet_of(session))

    assert names(page) == ["Bob Durand", "Zoé Étienne", "Ali Faure", first.name, second.name]
    assert page.index("1<sup>er</sup>") < page.index("2<sup>e</sup>")


def test_the_figures_are_those_of_the_meeting(office):
    session = make_session_of_today(seats=9)
    for attendance in ("venu", "venu", "excuse", "absent", ""):
        make_booking(session, attendance=attendance)
    make_booking(session, attendance="venu", is_walk_in=True)
    make_booking(session, state=State.WAITING)
    make_booking(session, state=State.HELD)
    make_booking(session, state=State.HELD, held_until=timezone.now() - timedelta(minutes=1))

    assert figures(read(office, sheet_of(session))) == ["6", "1", "3", "1", "1"]


def test_who_has_no_mailbox_is_called(office):
    session = make_session()
    called = make_booking(session, state=State.HELD, email="", telephone="06 39 98 00 01")
    mailed = make_booking(session, state=State.HELD)

    page = read(office, sheet_of(session))

    assert "À rappeler" in page
    assert 'href="tel:+33639980001"' in page
    assert page.index(called.name) < page.index("Qui vient") < page.index(mailed.name)


def test_a_call_confirms_or_cancels(office, counsellor):
    session = make_session()
    yes, no = (
        make_booking(session, state=State.HELD, email="", telephone=f"06 39 98 00 0{number}") for number in (1, 2)
    )

    assert "place confirmée" in send(office, presence_of(yes, "confirmer/"))
    assert "réservation annulée" in send(office, presence_of(no, "annuler/"))

    states = [Booking.objects.get(pk=booking.pk).state for booking in (yes, no)]
    assert states == [State.CONFIRMED, State.CANCELLED]


def test_a_call_about_a_meeting_that_is_over_says_why_not(office):
    booking = make_booking(make_session_over(), state=State.HELD, email="", telephone="06 39 98 00 01")

    assert "terminée" in send(office, presence_of(booking, "confirmer/"))
    assert "terminée" in send(office, presence_of(booking, "annuler/"))
    assert Booking.objects.get().state == State.HELD


def test_only_the_host_reads_what_people_need(client, counsellor):
    session = make_session_of_today(host=counsellor)
    booking = make_booking(session)
    Arrangement.objects.create(booking=booking, needs=["lsf"])
    needs = "interprète en langue des signes"

    for user, is_shown in [(counsellor.user, True), (make_counsellor().user, False)]:
        client.force_login(user)
        assert (needs in read(client, sheet_of(session))) is is_shown
        assert (needs in read(client, presence_of(booking))) is is_shown


def test_whoever_takes_the_meeting_reads_what_people_need(office, counsellor):
    session = make_session_of_today(host=make_counsellor())
    Arrangement.objects.create(booking=make_booking(session), needs=["boucle"])

    page = send(office, sheet_of(session, "animer/"))

    assert "boucle magnétique" in page
    assert Meeting.objects.get().host == counsellor


def test_whoever_takes_a_meeting_is_told_of_their_appointments_at_these_hours(office, counsellor):
    session, other = make_session(), make_session(starts_in=timedelta(days=9))
    make_appointment(counsellor=counsellor, starts_at=session.ends_at - timedelta(minutes=5))
    make_appointment(counsellor=counsellor, starts_at=session.ends_at)
    make_appointment(starts_at=session.starts_at)

    assert "Vous avez 1\N{NO-BREAK SPACE}rendez-vous à ces heures-là" in send(office, sheet_of(session, "animer/"))
    assert "à ces heures-là" not in send(office, sheet_of(other, "animer/"))


def test_a_name_that_was_erased_counts_and_is_not_shown(office):
    session = make_session_over()
    gone = make_booking(session, first_name="", last_name="", email="", attendance="venu", anonymised_at=timezone.now())

    page = read(office, sheet_of(session))

    assert figures(page)[2] == "1"
    assert gone.reference not in page
    assert office.get(presence_of(gone)).status_code == 404


@pytest.mark.parametrize(("people", "is_searched"), [(15, False), (16, True)])
def test_a_long_sheet_is_searched(office, people, is_searched):
    session = make_session(seats=20)
    for _ in range(people):
        make_booking(session)

    assert ('type="search"' in read(office, sheet_of(session))) is is_searched


@pytest.mark.parametrize(("question", "found"), [("elo", True), ("BEN el", True), ("loise", False), ("%00", False)])
def test_a_name_is_found_by_the_beginning_of_its_words(office, question, found):
    session = make_session()
    make_booking(session, first_name="Éloïse", last_name="Ben Ali")

    assert ("Éloïse Ben Ali" in office.get(f"{sheet_of(session)}?q={question}").content.decode()) is found


def test_the_sheet_asks_as_much_of_the_database_for_sixty_as_for_five(office, counsellor):
    asked = []
    read(office, LIST)  # what a first visit writes
    for people in (5, 60):
        session = make_session_of_today(seats=60, host=counsellor)
        make_people(session, people, counsellor)
        with CaptureQueriesContext(connection) as queries:
            read(office, sheet_of(session))
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 16


def make_people(session, number, counsellor):
    """Of all kinds: members, people of a prescriber, with needs, who came or wait."""
    body = make_organisation(is_prescriber=True)
    for position in range(number):
        member = make_member() if position % 3 == 0 else None
        booking = make_booking(
            session,
            member=member,
            departement=make_departement("93"),
            booked_for=body if position % 4 == 1 else None,
            state=State.WAITING if position % 5 == 4 else State.CONFIRMED,
            attendance="venu" if position % 5 < 3 else "",
        )
        Arrangement.objects.create(booking=booking, needs=["lsf"])
        if member and position % 2:
            make_referent(member, counsellor)


# A tap


def test_one_tap_is_saved_and_comes_back_to_the_row(office):
    booking = make_booking(make_session_of_today())

    answer = office.post(presence_of(booking, "noter/"), {"attendance": "venu", "q": "nour b"})

    assert answer.status_code == 302
    assert answer.url == f"{sheet_of(booking.session)}?q=nour+b#p-{booking.reference}"
    assert Booking.objects.get().attendance == "venu"


def test_the_button_that_holds_is_pressed_and_takes_it_back(office):
    booking = make_booking(make_session_of_today(), attendance="excuse")

    page = read(office, sheet_of(booking.session))
    pressed = re.findall(r'class="mark (\w+)" name="attendance" value="(\w*)" aria-pressed="true"', page)

    assert pressed == [("excused", "")]


def test_a_tap_of_the_script_gives_the_row_and_the_figures(office):
    booking = make_booking(make_session_of_today())
    headers = {"X-Requested-With": "attendance"}

    answer = office.post(presence_of(booking, "noter/"), {"attendance": "venu"}, headers=headers)

    page = answer.content.decode()
    assert names(page) == [booking.name]
    assert figures(page)[2] == "1"
    assert "Créer son espace" in page
    assert "<html" not in page


def test_a_tap_of_the_script_that_is_refused_is_told_on_the_sheet(office):
    booking = make_booking(make_session_over(sheet_closed_at=timezone.now()))
    headers = {"X-Requested-With": "attendance"}

    answer = office.post(presence_of(booking, "noter/"), {"attendance": "venu"}, headers=headers)

    assert answer.status_code == 409
    assert "La feuille est close" in read(office, sheet_of(booking.session))


@pytest.mark.parametrize("word", ["peut-être", "\0", "x" * 500])
def test_a_tap_of_nothing_that_is_known_says_so(office, word):
    booking = make_booking(make_session_of_today())

    assert "Notez présent, excusé ou absent" in send(office, presence_of(booking, "noter/"), attendance=word)
    assert Booking.objects.get().attendance == ""


def test_nothing_is_noted_before_the_sheet_opens(office):
    session = make_session()
    make_booking(session)

    page = read(office, sheet_of(session))

    assert 'class="mark ' not in page
    assert "Les présences se notent" in page


def test_the_sheet_is_closed_and_opened_again(office):
    session = make_session_over()
    came, other = make_booking(session, attendance="venu"), make_booking(session)

    assert "1\N{NO-BREAK SPACE}personne est invitée au diagnostic" in send(office, sheet_of(session, "clore/"))
    assert Booking.objects.get(pk=other.pk).attendance == "absent"
    page = send(office, sheet_of(session, "rouvrir/"))

    assert "rouverte" in page
    assert 'class="mark ' in page
    assert Booking.objects.get(pk=came.pk).invited_at


def test_a_meeting_that_goes_on_is_not_closed(office):
    session = make_session_of_today()

    assert "Vous pourrez clore" in send(office, sheet_of(session, "clore/"))
    assert Meeting.objects.get().sheet_closed_at is None


# By the code of a booking


def test_the_code_names_the_person_and_one_button_says_they_came(office):
    booking = make_booking(make_session_of_today(), first_name="Nour", last_name="Belkacem")

    page = read(office, presence_of(booking))
    assert "<h1>Nour Belkacem</h1>" in page
    assert "Présent·e" in page

    assert "présence notée" in send(office, presence_of(booking))
    assert Booking.objects.get().attendance == "venu"
    assert "Présent·e" not in read(office, presence_of(booking))


def test_reading_the_code_notes_nothing(office):
    booking = make_booking(make_session_of_today())

    read(office, presence_of(booking))

    assert Booking.objects.get().attendance == ""


@pytest.mark.parametrize("days", [-3, 4])
def test_the_code_of_another_day_says_so(office, days):
    booking = make_booking(make_session(starts_in=timedelta(days=days)))

    page = read(office, presence_of(booking))

    assert "Ce n’est pas la réunion d’aujourd’hui" in page
    assert "Présent·e" not in page


def test_the_code_of_another_meeting_of_the_day_says_which_is_mine(office, counsellor):
    booking = make_booking(make_session_of_today())
    mine = make_session_of_today(title="La mienne", host=counsellor)

    page = read(office, presence_of(booking))

    assert "Ce n’est pas votre réunion" in page
    [link] = re.findall(rf'{sheet_of(mine, "sans-reservation/")}[^"]*', page)
    form = read(office, link)
    assert f'value="{booking.last_name}"' in form
    assert f'value="{booking.email}"' in form


def test_the_code_of_a_cancelled_meeting_says_so(office):
    session = make_session_of_today(cancelled_at=timezone.now(), cancelled_because="La salle est fermée")

    page = read(office, presence_of(make_booking(session)))

    assert "Cette réunion est annulée" in page
    assert "La salle est fermée" in page


def test_who_waits_may_be_welcomed_all_the_same(office):
    booking = make_booking(make_session_of_today(), state=State.WAITING)

    assert "pas de place confirmée" in read(office, presence_of(booking))
    send(office, presence_of(booking))

    assert Booking.objects.get().is_walk_in


def test_what_was_written_to_somebody_is_told(office):
    booking = make_booking(make_session(), state=State.HELD, email="", telephone="06 39 98 00 01")
    assert "Rien pour le moment." in read(office, presence_of(booking))
    mailed = make_booking(booking.session)
    send(office, presence_of(mailed, "annuler/"))

    page = read(office, presence_of(mailed))

    assert "Rien pour le moment." not in page
    assert "En attente depuis" in page


# Somebody more


def test_who_comes_in_is_noted_at_once(office, counsellor):
    session = make_session_of_today(seats=1)
    make_booking(session)

    page = send(office, sheet_of(session, "sans-reservation/"), last_name="Belkacem", first_name="Nour")

    assert "Nour Belkacem est sur la feuille, présence notée." in page
    booking = Booking.objects.get(last_name="Belkacem")
    assert (booking.attendance, booking.is_walk_in, booking.booked_by) == ("venu", True, counsellor.user)


def test_a_form_sent_twice_is_one_person(office):
    session = make_session_of_today()
    form = re.search(r'name="form_token" value="([^"]+)"', read(office, sheet_of(session, "sans-reservation/")))
    said = {"form_token": form[1], "last_name": "Belkacem"}

    for _ in range(2):
        send(office, sheet_of(session, "sans-reservation/"), **said)
    send(office, sheet_of(session, "sans-reservation/"), **said | {"last_name": "Diop"})

    assert sorted(Booking.objects.values_list("last_name", flat=True)) == ["Belkacem", "Diop"]


def test_who_is_expected_already_is_shown_on_the_sheet(office):
    session = make_session_of_today()
    make_booking(session, first_name="Nour", last_name="Ali", email="nour@example.org")
    said = {"last_name": "Ali", "email": "nour@example.org"}

    page = send(office, sheet_of(session, "sans-reservation/"), **said)

    assert "Nour Ali est déjà sur la feuille" in page
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "said", "refusal"),
    [
        ("sans-reservation/", {"first_name": "Nour"}, "Donnez un nom."),
        ("sans-reservation/", {"last_name": "A", "email": "rien"}, "Cette adresse n’est pas complète."),
        ("sans-reservation/", {"last_name": "A", "telephone": "12"}, "pas celui d’un téléphone"),
        ("inscrire/", {"last_name": "A"}, "un seul suffit"),
        ("inscrire/", {"last_name": "A\u202eB", "telephone": "0639980001"}, "invisible"),
        ("inscrire/", {"last_name": "A", "telephone": "0639980001", "needs": "cause"}, "Choisissez dans la liste."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(office, what, said, refusal):
    page = send(office, sheet_of(make_session_of_today(), what), departement="", **said)

    assert refusal in page
    assert f'value="{said.get("last_name", "Nour")}"' in page
    assert not Booking.objects.exists()


def test_nobody_comes_in_before_the_day(office):
    page = send(office, sheet_of(make_session(), "sans-reservation/"), last_name="Belkacem")

    assert "deux heures avant le début" in page
    assert 'value="Belkacem"' in page


def test_somebody_who_calls_has_a_place_or_waits(office):
    session = make_session(seats=1)

    page = send(office, sheet_of(session, "inscrire/"), last_name="A", telephone="0639980001", needs=["lsf"])
    assert "A a une place." in page
    page = send(office, sheet_of(session, "inscrire/"), last_name="B", email="b@example.org")
    assert "B est en liste d’attente" in page

    assert list(session.bookings.in_order().values_list("state", flat=True)) == [State.CONFIRMED, State.WAITING]
    assert Arrangement.objects.get().needs == ["lsf"]


def make_event(**fields):
    return make_session(kind=Kind.WORKSHOP, seats=5, **fields)


def test_a_member_is_given_a_place_in_an_event(office, counsellor):
    session, member = make_event(), make_member()
    make_referent(member, counsellor)

    page = send(office, sheet_of(session, "inscrire/"), member=member.reference)

    assert f"{member} a une place." in page
    assert Booking.objects.get().member == member


def test_only_current_members_whom_i_accompany_are_given_one(office, counsellor):
    session, former, other = make_event(), make_member(current=False), make_member()
    make_referent(former, counsellor)
    make_referent(other)

    for member in (former, other):
        assert "Choisissez dans la liste." in send(office, sheet_of(session, "inscrire/"), member=member.reference)
    assert not Booking.objects.exists()


def test_guests_are_asked_for_where_there_are_seats_for_them(office):
    with_guests, without = make_event(guest_seats=2), make_event()

    assert ["/invites/" in read(office, sheet_of(session)) for session in (with_guests, without)] == [True, False]


def test_seats_are_kept_and_given_back(office, counsellor):
    session, body = make_session(seats=5), make_organisation(name="Cap Emploi", is_prescriber=True)
    day = timezone.localdate() + timedelta(days=1)

    page = send(office, sheet_of(session, "garder/"), organisation=body.reference, seats="2", until=f"{day}")
    assert "Cap Emploi" in page
    assert "0 sur 2" in page
    assert KeptSeats.objects.get().recorded_by == counsellor.user

    page = send(office, sheet_of(session, "rendre/"), organisation=body.reference)
    assert "sont à tous" in page
    assert not KeptSeats.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("seats", "9", "5\N{NO-BREAK SPACE}places au plus"),
        ("seats", "0", "au moins une place"),
        ("seats", "deux", "Écrivez un nombre."),
        ("organisation", "zzz", "Choisissez dans la liste."),
        ("organisation", "\0", "caractère nul"),
        ("until", "2020-01-01", "Choisissez un jour entre"),
        ("until", "hier", "Cette date n’existe pas."),
    ],
)
def test_seats_that_cannot_be_kept_are_refused_beside_the_field(office, field, value, refusal):
    session, body = make_session(seats=5), make_organisation(is_prescriber=True)
    day = timezone.localdate() + timedelta(days=1)
    said = {"organisation": body.reference, "seats": "2", "until": f"{day}"} | {field: value}

    assert refusal in send(office, sheet_of(session, "garder/"), **said)
    assert not KeptSeats.objects.exists()


@pytest.mark.parametrize("reference", ["", "zzz", "\0"])
def test_what_nobody_keeps_is_not_given_back(office, reference):
    answer = office.post(sheet_of(make_session(), "rendre/"), {"organisation": reference})

    assert answer.status_code == 404


# A space of their own


def test_a_space_is_made_in_one_tap_and_the_record_is_linked(office, counsellor):
    booking = make_booking(make_session_over(), attendance="venu")

    page = send(office, presence_of(booking, "espace/"))

    member = Booking.objects.get().member
    assert "reçoit par e-mail de quoi ouvrir son espace" in page
    assert f"/espace/conseil/membres/{member.reference}/" in page
    assert "Créer son espace" not in page


def test_the_record_of_somebody_else_s_member_is_not_linked(office):
    member = make_member()
    make_referent(member)
    booking = make_booking(make_session_over(), member=member, attendance="venu")

    page = send(office, presence_of(booking, "espace/"))

    assert "a déjà un compte" in page
    assert member.reference not in page


def test_who_did_not_come_has_no_button_and_no_space(office):
    booking = make_booking(make_session_over(), attendance="absent")

    assert "Créer son espace" not in read(office, sheet_of(booking.session))
    assert "Notez d’abord" in send(office, presence_of(booking, "espace/"))
    assert Booking.objects.get().member is None
