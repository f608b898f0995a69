"""Three questions to those who came: once, without their name, read from three answers on."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from events import opinions
from events.links import token_of
from events.models import Booking, InfoSession, Opinion
from tests.events.factories import make_booking, make_session_over
from tests.factories import make_session
from tests.people import make_counsellor

pytestmark = pytest.mark.django_db

CAME = Booking.Attendance.CAME
ANSWERS = {"useful": 4, "clear": 3, "better": "Des chaises"}


def make_came(session=None, **fields):
    return make_booking(session or make_session_over(), attendance=CAME, **fields)


def at(booking):
    return reverse("booking_opinion", args=[token_of(booking)])


def test_the_answers_are_kept_apart_from_who_gave_them():
    booking = make_came()
    opinions.give(booking, **ANSWERS)

    [opinion] = Opinion.objects.all()
    assert (opinion.session, opinion.useful, opinion.clear) == (booking.session, 4, 3)
    assert {field.name for field in Opinion._meta.get_fields()} == {
        *("id", "session", "useful", "clear", "better", "given_on")
    }
    assert opinion.given_on == timezone.localdate()


def test_that_somebody_answered_is_kept_without_the_moment():
    session = make_session_over()
    first, second = make_came(session), make_came(session)
    opinions.give(first, **ANSWERS)
    opinions.give(second, **ANSWERS, now=timezone.now() + timedelta(days=3))

    assert set(Booking.objects.values_list("opinion_at", flat=True)) == {session.ends_at}


def test_it_is_given_once():
    booking = make_came()
    opinions.give(booking, **ANSWERS)

    with pytest.raises(ValidationError, match="déjà enregistré"):
        opinions.give(Booking.objects.get(), **ANSWERS)
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize("attendance", ["", "absent", "excuse"])
def test_who_did_not_come_is_not_asked(client, attendance):
    booking = make_booking(make_session_over(), attendance=attendance)

    with pytest.raises(ValidationError, match="qui sont venues"):
        opinions.give(booking, **ANSWERS)
    assert client.get(at(booking)).status_code == client.post(at(booking), ANSWERS).status_code == 404
    assert not Opinion.objects.exists()


@pytest.mark.parametrize("marks", [{"useful": 5, "clear": 1}, {"useful": 1, "clear": 0}])
def test_a_mark_is_one_of_four(marks):
    with pytest.raises(ValidationError):
        opinions.give(make_came(), **marks)
    assert not Booking.objects.filter(opinion_at__isnull=False).exists()


def test_whoever_has_the_link_answers_and_is_thanked(client):
    booking = make_came()
    assert "utile" in client.get(at(booking)).content.decode()
    assert not Opinion.objects.exists()

    answer = client.post(at(booking), ANSWERS, follow=True)

    assert "Merci, votre avis est enregistré" in answer.content.decode()
    assert Opinion.objects.get().better == "Des chaises"


def test_a_second_answer_keeps_what_was_typed_and_changes_nothing(client):
    booking = make_came()
    opinions.give(booking, **ANSWERS)

    page = client.post(at(booking), ANSWERS | {"better": "Encore ceci"}).content.decode()

    assert "Votre avis est déjà enregistré" in page
    assert "Encore ceci" in page
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    [{}, {"useful": "9", "clear": "x"}, {"useful": "1"}, {"useful": "1", "clear": "1", "better": "a" * 501}],
)
def test_what_is_not_an_answer_is_said_beside_the_question(client, typed):
    page = client.post(at(make_came()), typed).content.decode()

    assert "à corriger" in page
    assert not Opinion.objects.exists()


def test_a_wrong_link_opens_nothing(client):
    anonymous = make_booking(
        make_session_over(), first_name="", last_name="", email="", anonymised_at=timezone.now(), attendance=CAME
    )

    for path in (at(anonymous), "/reservation/x.y/avis/"):
        assert client.get(path).status_code == 404
    with pytest.raises(ValidationError):
        opinions.give(anonymous, **ANSWERS)


def test_opinions_are_read_from_three_answers_on():
    session = make_session(seats=40)
    give(session, 2)
    assert opinions.by_session(InfoSession.objects.all()) == []

    Opinion.objects.create(session=session, useful=1, clear=1, better="")
    [row] = opinions.by_session(InfoSession.objects.all())

    assert (row["answers"], row["useful_mean"], row["clear_mean"]) == (3, 3, 7 / 3)


def test_what_was_written_is_in_no_order_of_arrival():
    session = make_session(seats=40)
    for text in ("Plus de temps", "", "Des chaises", "Un café"):
        Opinion.objects.create(session=session, useful=4, clear=4, better=text)

    assert opinions.by_session(InfoSession.objects.all())[0]["texts"] == ["Des chaises", "Plus de temps", "Un café"]


def give(session, number):
    for _ in range(number):
        Opinion.objects.create(session=session, useful=4, clear=3, better="Un café")


@pytest.mark.parametrize("sessions", [1, 6])
def test_reading_them_costs_the_same_whatever_there_is(sessions, django_assert_num_queries):
    for _ in range(sessions):
        give(make_session(), 3)

    with django_assert_num_queries(2):
        assert len(opinions.by_session(InfoSession.objects.all())) == sessions


def test_counsellors_read_the_averages_and_the_texts_but_no_name(client):
    session = make_session_over()
    for number in range(3):
        opinions.give(make_came(session, last_name="Zqxnom"), useful=4, clear=2, better=f"Texte {number}")
    few = make_session_over(title="Trop peu")
    opinions.give(make_came(few), useful=1, clear=1, better="Reconnaissable")
    client.force_login(make_counsellor().user)

    page = client.get("/espace/conseil/chiffres/?periode=dates&du=2020-01-01&au=2099-12-31").content.decode()

    assert "Utile : 4 sur 4. Claire : 2 sur 4" in page.replace("\xa0", " ")
    assert "Texte 1" in page
    assert "Reconnaissable" not in page
    assert "Zqxnom" not in page
