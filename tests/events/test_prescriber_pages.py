"""The prescriber's screens: sessions to come, people one after the other, the list, and what is typed wrong."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Booking, KeptSeats
from notices.models import Notice
from tests.events.factories import make_booking, make_session_over
from tests.factories import make_departement, make_departements, make_place, make_session
from tests.people import make_affiliation, make_organisation

pytestmark = pytest.mark.django_db

PEOPLE = "/espace/prescripteur/inscriptions/"
SESSIONS = "/espace/prescripteur/reunions/"
FIGURES = "/espace/prescripteur/chiffres/"
DAY = timedelta(days=1)
State = Booking.State
NOUR = {"first_name": "Nour", "last_name": "Belkacem", "email": "nour@example.org", "agreed": "on"}


@pytest.fixture
def body():
    make_departements()
    return make_organisation(is_prescriber=True, name="La Passerelle")


@pytest.fixture
def reader(client, body):
    client.force_login(make_affiliation(organisation=body).user)
    return client


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def at(session):
    return f"{SESSIONS}{session.reference}/"


# The sessions


def test_the_list_holds_the_sessions_where_somebody_can_be_booked(reader):
    make_session(title="Demain")
    make_session(title="Brouillon", publish_at=None)
    make_session(title="Annulée", cancelled_at=timezone.now())
    make_session(title="Commencée", starts_at=timezone.now() - timedelta(minutes=5))
    make_session_over(title="Passée")

    page = read(reader, SESSIONS)

    assert "Demain" in page
    assert not [title for title in ("Brouillon", "Annulée", "Commencée", "Passée") if title in page]


def test_each_says_the_seats_left_and_those_kept(reader, body):
    session = make_session(seats=3)
    until = timezone.localdate() + DAY
    KeptSeats.objects.create(session=session, organisation=body, seats=2, until=until)
    KeptSeats.objects.create(session=session, organisation=make_organisation(is_prescriber=True), seats=1, until=until)

    assert "2 places, dont 2 gardées pour vous jusqu’au" in read(reader, SESSIONS)
    make_booking(session, booked_for=body)
    page = read(reader, SESSIONS)
    assert "1 place, dont 1 gardée pour vous" in page
    assert "1 inscription de votre part" in page


def test_a_full_one_says_how_many_wait(reader):
    session = make_session(seats=1)
    make_booking(session)
    for _ in range(2):
        make_booking(session, state=State.WAITING)

    assert "Complet : liste d’attente (2 personnes)" in read(reader, SESSIONS)


def test_they_are_filtered_by_departement(reader):
    make_session(title="À Bobigny", place=make_place(code="93"))
    make_session(title="À Versailles", place=make_place(code="78"))

    page = read(reader, f"{SESSIONS}?departement=78")
    assert "À Versailles" in page
    assert "À Bobigny" not in page
    assert "Voir toutes les réunions" in read(reader, f"{SESSIONS}?departement=95")


def test_an_empty_list_says_so(reader):
    assert "Aucune réunion à venir" in read(reader, SESSIONS)
    assert "Aucune inscription" in read(reader, PEOPLE)


# A person after the other


def test_people_are_booked_one_after_the_other(reader, body):
    session = make_session()
    first = reader.post(at(session), NOUR, follow=True).content.decode()
    assert "Nour Belkacem a une place." in first
    reader.post(at(session), NOUR | {"email": "", "telephone": "06 39 98 00 12", "last_name": "Zola"})

    page = read(reader, at(session))

    assert "Inscrire une autre personne" in page
    assert "Nour Zola" in page
    assert "06 39 98 00 12" in page
    assert (
        list(Booking.objects.order_by("pk").values_list("booked_for__name", "heard_from", "state"))
        == [("La Passerelle", "prescripteur", "confirmee")] * 2
    )


def test_the_form_is_empty_for_the_next_person(reader):
    session = make_session()
    page = reader.post(at(session), NOUR, follow=True).content.decode()

    assert 'value="nour@example.org"' not in page
    tokens = {page.split('name="form_token" value="')[1].split('"')[0] for page in (page, read(reader, at(session)))}
    assert len(tokens) == 2


def test_what_to_say_to_the_person_is_told(reader):
    session = make_session(seats=1)
    without_mail = NOUR | {"email": "", "telephone": "06 39 98 00 12"}
    told = reader.post(at(session), without_mail, follow=True).content.decode()
    assert "Dites-lui la date" in told

    told = reader.post(at(session), NOUR, follow=True).content.decode()
    assert "en liste d’attente, au rang 1" in told
    assert "Nous lui écrivons" in told
    told = reader.post(at(session), without_mail | {"telephone": "06 39 98 00 13"}, follow=True).content.decode()
    assert "au rang 2. Nous l’appelons" in told
    assert "En liste d’attente, rang 2" in told


def test_what_is_needed_is_kept_for_the_host(reader):
    session = make_session()
    reader.post(at(session), NOUR | {"needs": ["lsf", "plain-pied"], "departement": "93", "audience": "jeunes"})

    booking = Booking.objects.get()
    assert booking.arrangement.needs == ["plain-pied", "lsf"]
    assert (booking.departement, booking.audience) == (make_departement("93"), "jeunes")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"agreed": ""}, "sans son accord"),
        ({"email": ""}, "un seul suffit"),
        ({"email": "nour@"}, "comme prenom@example.org"),
        ({"first_name": ""}, "prénom de la personne"),
        ({"last_name": "a\u202eb"}, "caractère invisible"),
        ({"telephone": "12"}, "pas celui d’un téléphone"),
        ({"departement": "00"}, "Choisissez dans la liste"),
        ({"audience": "x"}, "Choisissez dans la liste"),
        ({"needs": ["x"]}, "Choisissez dans la liste"),
    ],
)
def test_what_is_typed_wrong_is_said_and_the_rest_is_kept(reader, typed, told):
    page = reader.post(at(make_session()), NOUR | {"last_name": "Resté"} | typed).content.decode()

    assert told in page.replace("&#x27;", "'")
    assert ("Resté" in page) is ("last_name" not in typed)
    assert not Booking.objects.exists()


def test_a_refusal_of_the_rules_keeps_what_was_typed(reader):
    session = make_session()
    make_booking(session, email="nour@example.org")

    page = reader.post(at(session), NOUR).content.decode()

    assert "avec ces coordonnées" in page
    assert "Belkacem" in page
    assert Notice.objects.filter(recipient="nour@example.org").count() == 0


@pytest.mark.parametrize("token", ["", "x", "00000000-0000-0000-0000-00000000000g"])
def test_a_token_that_is_none_books_all_the_same(reader, token):
    reader.post(at(make_session()), NOUR | {"form_token": token})

    assert Booking.objects.count() == 1


def test_a_session_that_began_takes_nobody(reader):
    for session in (make_session_over(), make_session(cancelled_at=timezone.now(), cancelled_because="Grève")):
        page = reader.post(at(session), NOUR).content.decode()
        assert "Inscrire une personne" not in page
    assert "Grève" in page
    assert not Booking.objects.exists()


def test_a_draft_does_not_exist(reader):
    draft = make_session(publish_at=None)

    assert reader.get(at(draft)).status_code == reader.post(at(draft), NOUR).status_code == 404


def test_who_acts_for_several_chooses_for_which(client, body):
    affiliation, second = make_affiliation(organisation=body), make_organisation(is_prescriber=True, name="Zénith")
    make_affiliation(user=affiliation.user, organisation=second)
    client.force_login(affiliation.user)
    session = make_session(seats=4)
    KeptSeats.objects.create(session=session, organisation=second, seats=3, until=timezone.localdate() + DAY)

    assert "1 place<" in read(client, SESSIONS).replace(" <", "<")
    assert "4 places, dont 3 gardées" in read(client, f"{SESSIONS}?organisme={second.reference}")
    assert "Choisissez l’organisme" in client.post(at(session), NOUR).content.decode()
    answer = client.post(at(session), NOUR | {"organisme": second.reference})

    assert second.reference in answer.url
    assert Booking.objects.get().booked_for == second
    assert "Nour Belkacem" in read(client, f"{PEOPLE}?organisme={second.reference}")
    assert "Nour Belkacem" not in read(client, f"{PEOPLE}?organisme={body.reference}")


def test_an_organisation_that_is_not_theirs_is_refused(client, body):
    affiliation, other = make_affiliation(organisation=body), make_organisation(is_prescriber=True)
    make_affiliation(user=affiliation.user, organisation=make_organisation(is_prescriber=True))
    client.force_login(affiliation.user)

    page = client.post(at(make_session()), NOUR | {"organisme": other.reference}).content.decode()

    assert "Choisissez dans la liste" in page
    assert not Booking.objects.exists()


# The list


def test_the_list_says_where_each_stands_and_who_came_when_it_is_known(reader, body):
    session, over = make_session(seats=40), make_session_over(seats=40)
    for state in State:
        make_booking(session, booked_for=body, state=state)
    make_booking(over, booked_for=body, attendance="venu")
    make_booking(over, booked_for=body, attendance="venu", is_walk_in=True)
    make_booking(over, booked_for=body, attendance="excuse")
    make_booking(over, booked_for=body, attendance="absent")

    page = read(reader, PEOPLE)

    for words in (
        *("Inscription confirmée", "En liste d’attente, rang 1", "À confirmer par la personne", "Place proposée"),
        *("Inscription annulée", "Inscription expirée", "Présent<", "Présent, sans avoir réservé", "Excusé", "Absent"),
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("etat=attente", {"Attente"}),
        ("etat=venu", {"Venue"}),
        ("mois={month}", {"Venue"}),
        ("reunion={session}", {"Attente", "Prévue"}),
        ("reunion={session}&etat=confirmee", {"Prévue"}),
        ("etat=absent", set()),
    ],
)
def test_the_list_is_filtered(reader, body, query, found):
    session = make_session(starts_in=timedelta(days=100))
    over = make_session(starts_in=-timedelta(days=100))
    make_booking(session, booked_for=body, last_name="Attente", state=State.WAITING)
    make_booking(session, booked_for=body, last_name="Prévue")
    make_booking(over, booked_for=body, last_name="Venue", attendance="venu")
    month = f"{timezone.localtime(over.starts_at):%Y-%m}"

    page = read(reader, f"{PEOPLE}?{query.format(month=month, session=session.reference)}")

    assert {name for name in ("Attente", "Prévue", "Venue") if f"Nour {name}" in page} == found
    assert "Effacer les filtres" in page


@pytest.mark.parametrize("path", [PEOPLE, SESSIONS, FIGURES])
@pytest.mark.parametrize(
    "query",
    [
        *("page=0", "page=-1", "page=x", "page=99999999", "page=2", "etat=x", "etat=%00", "mois=2026-13", "mois=x"),
        *("reunion=x", "organisme=x", "departement=00", "annee=1", "annee=x", "export=pdf", "export=csv&tableau=x"),
        *("reunion='%20OR%201=1", "mois=99999-01", "etat[]=venu", "departement=93&departement=x", "page=2&page=1"),
    ],
)
def test_a_filter_that_names_nothing_is_never_an_error(reader, body, path, query):
    make_booking(booked_for=body)

    assert reader.get(f"{path}?{query}").status_code in {200, 400, 404}


@pytest.mark.parametrize("query", ["page=0", "page=2", "etat=x", "mois=2026-13", "reunion=x", "export=pdf"])
def test_a_page_of_the_list_that_is_not_there_is_a_404(reader, query):
    assert reader.get(f"{PEOPLE}?{query}").status_code == 404


def test_the_list_has_pages_that_keep_the_filters(reader, body):
    session = make_session(seats=60)
    for _ in range(25):
        make_booking(session, booked_for=body)

    page = read(reader, f"{PEOPLE}?etat=confirmee")

    assert "25 inscriptions" in page
    assert "etat=confirmee&amp;page=2" in page
    assert len(reader.get(f"{PEOPLE}?etat=confirmee&page=2").context["people"]) == 5


@pytest.mark.parametrize("people", [2, 18])
def test_the_pages_cost_the_same_whatever_their_length(reader, body, people, django_assert_max_num_queries):
    for _ in range(people):
        session = make_session(seats=60)
        KeptSeats.objects.create(session=session, organisation=body, seats=1, until=timezone.localdate() + DAY)
        make_booking(session, booked_for=body, state=State.WAITING, departement=make_departement("93"))
        make_booking(session, sent_by=body, tells_prescriber=True)
    for path, most in ((PEOPLE, 18), (f"{PEOPLE}?export=csv", 16), (SESSIONS, 17), (at(session), 22)):
        reader.get(path)
        with django_assert_max_num_queries(most):
            reader.get(path)


# Cancelling


def test_looking_at_the_question_cancels_nothing(reader, body):
    booking = make_booking(booked_for=body)
    path = f"{PEOPLE}{booking.reference}/annuler/"

    assert "Annuler cette inscription" in read(reader, path)
    assert Booking.objects.get().state == State.CONFIRMED
    answer = reader.post(path, follow=True)

    assert "est annulée. Sa place est rendue." in answer.content.decode()
    assert Booking.objects.get().state == State.CANCELLED
    assert "rien à annuler" in read(reader, path)
    assert "rien à annuler" in reader.post(path, follow=True).content.decode()


def test_only_theirs_that_are_live_are_offered_to_be_cancelled(reader, body):
    make_booking(booked_for=body, state=State.CANCELLED)
    make_booking(make_session_over(), booked_for=body)
    make_booking(sent_by=body, tells_prescriber=True)
    live = make_booking(booked_for=body)

    assert [person.booking for person in reader.get(PEOPLE).context["people"] if person.may_cancel] == [live]
