"""From a session to a diagnostic: whoever came picks a slot by the link, or a counsellor does it for them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accompaniment import agenda
from accompaniment.links import path_of
from accompaniment.models import Appointment, Availability
from accounts.models import Member, Referent
from events.hosted import hosted
from events.links import token_of
from events.models import Kind
from notices.models import Notice
from tests.accompaniment.agendas import make_availability
from tests.events.factories import make_booking
from tests.factories import make_session
from tests.people import make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db


@pytest.fixture
def counsellor():
    """Receives every day, so that slots are free whatever today is."""
    counsellor = make_counsellor()
    for weekday in range(7):
        make_availability(counsellor, weekday=weekday)
    return counsellor


@pytest.fixture
def came():
    return make_booking(make_session(starts_in=timedelta(days=-1)), attendance="venu")


def page_of(booking):
    return reverse("diagnostic_slots", args=[token_of(booking)])


def staff_page_of(booking):
    return reverse("staff_diagnostic_slots", args=[booking.session.reference, booking.reference])


def first_slot(client, path):
    return next(iter(client.get(path).context["form"].slots))


def test_whoever_came_picks_a_slot_and_has_a_record_and_an_appointment(client, counsellor, came):
    slot = first_slot(client, page_of(came))

    answer = client.post(page_of(came), {"slot": slot})

    made = Appointment.objects.get()
    assert answer.url == path_of(made)
    assert (made.counsellor, made.kind, made.made_by) == (counsellor, "diagnostic", None)
    assert (made.member.last_name, made.member.email) == (came.last_name, came.email)
    came.refresh_from_db()
    assert came.member == made.member
    assert not Referent.objects.filter(member=made.member).exists()
    assert Notice.objects.get().recipient == came.email
    assert client.get(page_of(came)).url == path_of(made)
    assert client.post(page_of(came), {"slot": slot}).url == path_of(made)
    assert Appointment.objects.count() == 1


def test_a_slot_that_was_taken_in_between_is_said_and_the_free_ones_are_shown(client, counsellor, came):
    slot = first_slot(client, page_of(came))
    other = make_booking(came.session, attendance="venu")
    client.post(page_of(other), {"slot": slot})
    members = Member.objects.count()

    answer = client.post(page_of(came), {"slot": slot})

    assert answer.status_code == 200
    assert "Ce créneau vient d’être pris" in answer.content.decode()
    assert slot not in answer.context["form"].slots
    assert len(answer.context["form"].slots) > 10
    assert Member.objects.count() == members


@pytest.mark.parametrize("sent", [{}, {"slot": "x"}, {"slot": "1-20270113T0800"}])
def test_without_a_slot_the_page_asks_for_one(client, counsellor, came, sent):
    answer = client.post(page_of(came), sent)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("attendance", ["", "absent", "excuse"])
def test_the_page_is_for_those_who_came(client, counsellor, attendance):
    booking = make_booking(make_session(starts_in=timedelta(days=-1)), attendance=attendance)
    client_of_staff = type(client)()
    client_of_staff.force_login(counsellor.user)

    assert client.get(page_of(booking)).status_code == 404
    assert client.post(page_of(booking), {}).status_code == 404
    assert client_of_staff.get(staff_page_of(booking)).status_code == 404


def test_members_events_lead_to_no_diagnostic(client, counsellor, came):
    came.session.kind = Kind.WORKSHOP
    came.session.save()

    assert client.get(page_of(came)).status_code == 404


@pytest.mark.parametrize("token", ["x", "abc.def", "."])
def test_a_wrong_link_leads_nowhere(client, token):
    assert client.get(f"/reservation/{token}/diagnostic/").status_code == 404


def test_a_known_member_sees_the_slots_of_their_referent(client, counsellor, came):
    member = make_member(account=False, first_name=came.first_name, last_name=came.last_name, email=came.email)
    mine = make_availability(weekday=2).counsellor
    make_referent(member, mine)

    slots = client.get(page_of(came)).context["form"].slots.values()

    assert {slot.counsellor for slot in slots} == {mine}


def test_without_free_slots_the_page_says_to_call(client, came):
    assert "Aucun créneau libre" in client.get(page_of(came)).content.decode()


def test_days_are_shown_by_seven(client, counsellor, came):
    first, second = (client.get(page_of(came), {"page": number}).context["page"] for number in (1, 2))

    assert len(first) == len(second) == 7
    assert first[-1].date < second[0].date
    assert first[0].count == len(first[0].groups[0].slots)
    assert client.get(page_of(came), {"page": "x"}).status_code == 404


def test_slots_are_read_in_as_many_queries_for_one_counsellor_as_for_ten(client, counsellor, came):
    client.get(page_of(came))
    with CaptureQueriesContext(connection) as of_one:
        client.get(page_of(came))
    for _ in range(9):
        make_availability()

    with CaptureQueriesContext(connection) as of_ten:
        answer = client.get(page_of(came))

    assert len({slot.counsellor for slot in answer.context["form"].slots.values()}) == 10
    assert len(of_ten) == len(of_one)


def test_a_counsellor_fixes_one_for_somebody_without_an_address(client, counsellor):
    booking = make_booking(
        make_session(starts_in=timedelta(days=-1)), attendance="venu", email="", telephone="0639981234"
    )
    other = make_counsellor()
    client.force_login(other.user)

    answer = client.post(staff_page_of(booking), {"slot": first_slot(client, staff_page_of(booking))}, follow=True)

    made = Appointment.objects.get()
    assert (made.counsellor, made.made_by, made.member.telephone) == (counsellor, other.user, booking.telephone)
    assert "Le rendez-vous est fixé" in answer.content.decode()
    assert not Notice.objects.exists()
    assert not Referent.objects.filter(member=made.member).exists()


def test_a_counsellor_may_choose_a_slot_of_today(client, counsellor, came):
    Availability.objects.update(starts="00:00", ends="23:59", length=15)
    client.force_login(counsellor.user)

    staff = list(client.get(staff_page_of(came)).context["form"].slots.values())
    visitor = list(client.get(page_of(came)).context["form"].slots.values())

    assert staff[0].starts_at - timezone.now() < timedelta(hours=1)
    assert visitor[0].starts_at - timezone.now() > timedelta(hours=23)


def test_the_booking_is_one_of_this_meeting(client, counsellor, came):
    client.force_login(counsellor.user)
    elsewhere = reverse("staff_diagnostic_slots", args=[make_session().reference, came.reference])

    assert client.get(elsewhere).status_code == 404


def test_meetings_that_a_counsellor_receives_are_in_their_agenda_and_take_their_slots(counsellor):
    now = timezone.now()
    session = make_session(host=counsellor, starts_in=timedelta(days=3))
    make_session(host=counsellor, cancelled_at=now)
    make_session(host=counsellor, publish_at=None)
    make_session()

    [found] = hosted([counsellor.pk], now, now + timedelta(days=30))

    assert (found.counsellor_id, found.starts_at, found.title) == (counsellor.pk, session.starts_at, session.title)
    assert found.url == reverse("sheet", args=[session.reference])
    assert hosted in agenda.sources
    assert hosted([counsellor.pk], session.ends_at, now + timedelta(days=30)) == []
