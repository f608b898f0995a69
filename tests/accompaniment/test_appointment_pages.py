"""What the link of an appointment opens: seen, moved, cancelled, reminders, calendar; by whoever has it alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accompaniment.links import address_of, path_of, token_of
from accompaniment.models import Appointment
from accounts.models import Member
from notices.models import Notice
from tests.accompaniment.agendas import PLACE, make_appointment, make_availability
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db

State = Appointment.State


@pytest.fixture
def made():
    """In two days, with a counsellor who receives every day."""
    counsellor = make_counsellor()
    for weekday in range(7):
        make_availability(counsellor, weekday=weekday)
    starts_at = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=2)
    return make_appointment(make_member(last_name="Diallo"), counsellor, starts_at=starts_at)


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")


def another_slot(client, made):
    slots = client.get(path_of(made, "appointment_move")).context["form"].slots
    return next(key for key, slot in slots.items() if slot.starts_at != made.starts_at)


def test_the_link_shows_when_where_with_whom_and_what_can_be_done(client, made):
    answer = client.get(path_of(made))

    shown = text(answer)
    for said in (PLACE, str(made.counsellor), "Choisir un autre moment", "Annuler le rendez-vous"):
        assert said in shown
    assert address_of(made).endswith(path_of(made))
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"state": State.CANCELLED}, "Ce rendez-vous est annulé"),
        ({"state": State.DONE}, "Ce rendez-vous a eu lieu"),
        ({"state": State.MISSED}, "Ce rendez-vous est passé"),
        ({"starts_at": timezone.now() - timedelta(minutes=5)}, "Ce rendez-vous a commencé"),
    ],
)
def test_what_is_over_says_so_and_offers_nothing(client, fields, told):
    made = make_appointment(**{"starts_at": timezone.now() + timedelta(days=2)} | fields)

    shown = text(client.get(path_of(made)))

    assert told in shown
    assert "Choisir un autre moment" not in shown
    for name in ("appointment_move", "appointment_cancel"):
        assert client.get(path_of(made, name)).url == path_of(made)
    posted = client.post(path_of(made, "appointment_move"), {"slot": "x"}, follow=True)
    assert "ne se déplace plus" in text(posted)


def test_a_video_is_a_link_that_tells_its_site_nothing(client):
    made = make_appointment(place="", video_url="https://visio.example.org/salle")

    assert '<a href="https://visio.example.org/salle" rel="noreferrer">' in text(client.get(path_of(made)))


NAMES = ["appointment", "appointment_move", "appointment_cancel", "appointment_calendar"]


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_link_and_somebody_erased_are_the_same_nothing(client, made, name):
    right = token_of(made)
    other = f"{made.reference[:-1]}{'a' if made.reference[-1] != 'a' else 'b'}.{right.split('.')[1]}"
    for wrong in (other, made.reference, f"{made.reference}.", "x"):
        assert client.get(reverse(name, args=[wrong])).status_code == 404
    assert client.get(reverse(name, args=[right])).status_code == 200

    Member.objects.filter(pk=made.member_id).update(
        erased_at=timezone.now(), user=None, first_name="", last_name="", email="", telephone=""
    )
    assert client.get(reverse(name, args=[right])).status_code == 404


def test_reading_changes_nothing(client, made):
    before = Appointment.objects.values().get()

    for name in [*NAMES, "appointment_reminders"]:
        client.get(path_of(made, name))

    assert Appointment.objects.values().get() == before
    assert not Notice.objects.exists()
    assert client.get(path_of(made, "appointment_reminders")).status_code == 405


def test_the_link_moves_it_to_a_free_slot(client, made):
    answer = client.post(path_of(made, "appointment_move"), {"slot": another_slot(client, made)}, follow=True)

    assert "Votre rendez-vous est déplacé." in text(answer)
    before, made.starts_at = made.starts_at, Appointment.objects.get().starts_at
    assert made.starts_at != before
    assert {notice.recipient for notice in Notice.objects.all()} == {made.member.user.email, made.counsellor.user.email}


def test_the_link_moves_it_to_nothing_else(client, made):
    slot = another_slot(client, made)
    client.post(path_of(made, "appointment_move"), {"slot": slot})
    other = make_appointment(counsellor=make_counsellor(), starts_at=made.starts_at)

    for sent in ({}, {"slot": "x"}, {"slot": slot}):
        answer = client.post(path_of(other, "appointment_move"), sent)
        assert answer.status_code == 200
        assert answer.context["form"].errors
    assert "Ce créneau vient d’être pris" in text(answer)
    other.refresh_from_db()
    assert other.changes == 0


def test_the_link_cancels_it_once_asked_twice(client, made):
    assert "Annuler ce rendez-vous ?" in text(client.get(path_of(made, "appointment_cancel")))

    for _ in range(2):
        answer = client.post(path_of(made, "appointment_cancel"), follow=True)
        assert "Votre rendez-vous est annulé." in text(answer)

    made.refresh_from_db()
    assert (made.state, made.changes) == (State.CANCELLED, 1)


def test_what_has_begun_is_not_cancelled_by_its_link(client):
    made = make_appointment(starts_at=timezone.now() - timedelta(minutes=5))

    assert "a commencé" in text(client.post(path_of(made, "appointment_cancel"), follow=True))
    made.refresh_from_db()
    assert made.is_planned


def test_reminders_are_refused_and_asked_for_again(client, made):
    client.post(path_of(made, "appointment_reminders"), {"rappels": "non"})
    made.refresh_from_db()
    assert made.refuses_reminders
    assert "Vous ne recevez pas de rappel" in text(client.get(path_of(made)))

    client.post(path_of(made, "appointment_reminders"), {"rappels": "oui"})
    made.refresh_from_db()
    assert not made.refuses_reminders


def test_the_calendar_file_keeps_its_name_and_counts_its_changes(client, made):
    def event():
        answer = client.get(path_of(made, "appointment_calendar"))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        return Calendar.from_ical(answer.content).walk("VEVENT")[0]

    first = event()
    client.post(path_of(made, "appointment_move"), {"slot": another_slot(client, made)})
    second = event()
    client.post(path_of(made, "appointment_cancel"))
    third = event()

    assert {str(found["uid"]) for found in (first, second, third)} == {f"{made.reference}@rendez-vous.actess"}
    assert [found["sequence"] for found in (first, second, third)] == [0, 1, 2]
    assert [str(found["status"]) for found in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert first.decoded("dtstart") == made.starts_at != second.decoded("dtstart")
    assert first["dtstart"].params["TZID"] == "Europe/Paris"


def test_what_a_counsellor_does_by_a_link_is_not_written_to_them(client, made):
    client.force_login(made.counsellor.user)

    client.post(path_of(made, "appointment_cancel"))

    assert [notice.recipient for notice in Notice.objects.all()] == [made.member.user.email]


def test_whoever_cancelled_chooses_another_by_the_same_link(client, made):
    again = path_of(made, "appointment_again")
    assert client.get(again).url == path_of(made)
    client.post(path_of(made, "appointment_cancel"))
    assert again in text(client.get(path_of(made)))
    asked = client.get(again)
    assert "Celui que vous aviez est annulé." in text(asked)

    slot = next(iter(asked.context["form"].slots))
    answer = client.post(again, {"slot": slot})

    new = Appointment.objects.planned().get()
    assert answer.url == path_of(new)
    assert (new.member, new.kind) == (made.member, "diagnostic")
    assert client.get(again).url == path_of(new)
    assert client.post(again, {"slot": slot}).url == path_of(new)
    assert again not in text(client.get(path_of(made)))


@pytest.mark.parametrize(
    ("fields", "other"),
    [
        ({"kind": "individuel"}, None),
        ({}, {"state": State.DONE}),
        ({}, {"starts_at": timezone.now() - timedelta(days=1)}),
    ],
    ids=["an individual one", "the diagnostic was held", "one is to mark"],
)
def test_another_is_not_chosen_where_it_would_be_one_too_many(client, fields, other):
    made = make_appointment(state=State.CANCELLED, **fields)
    if other:
        make_appointment(made.member, **other)

    again = path_of(made, "appointment_again")
    assert again not in text(client.get(path_of(made)))
    assert client.get(again).url == path_of(made)
    assert client.post(again, {"slot": "x"}).url == path_of(made)
