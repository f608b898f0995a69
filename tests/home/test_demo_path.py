"""The demonstration's sessions are booked, its members on their way, and all of it moves with the days."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accompaniment.models import Appointment, Availability, Diagnostic, LearningAgreement
from events.models import Booking, Guest, InfoSession, Kind, Meeting, MemberEvent
from home import site_setup
from home.demo import accounts, bookings, moving_people, path, people, sessions
from notices.models import Notice
from tests.factories import make_departements

State = Booking.State


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The day on which everything was loaded."""
    with django_db_blocker.unblock(), transaction.atomic():
        site_setup.prepare()
        make_departements()
        accounts.create()
        today = timezone.localdate()
        places = sessions.load_places()
        sessions.load_sessions(places, today)
        people.load(today)
        bookings.load(today)
        path.load(today, places)
        yield today
        transaction.set_rollback(True)


@pytest.fixture
def today(loaded):
    with transaction.atomic():
        yield loaded
        transaction.set_rollback(True)


def test_a_session_is_full_and_people_wait_in_order(today):
    [full] = InfoSession.objects.filter(is_full=True)

    assert full.bookings.taking_a_seat().count() == full.seats
    assert [booking.number for booking in full.bookings.waiting().in_order()] == [
        full.seats + place for place in (1, 2, 3, 4)
    ]


def test_no_session_has_more_people_than_seats(today):
    for session in Meeting.objects.all():
        assert session.bookings.taking_a_seat().count() <= session.seats


def test_every_past_session_is_closed_with_who_came(today):
    for session in InfoSession.objects.open_to_all().past():
        assert session.sheet_closed_at
        assert session.bookings.filter(attendance="venu").count() >= 4
        assert not session.bookings.filter(attendance="").exists()


def test_members_have_events_of_each_kind_with_places_and_guests(today):
    kinds = set(MemberEvent.objects.open_to_members().upcoming().values_list("kind", flat=True))

    assert kinds == set(Kind) - {Kind.INFO}
    assert Booking.objects.filter(member__isnull=False, session__kind=Kind.ASSEMBLY).exists()
    assert Guest.objects.filter(is_shown=True).exists()


def test_counsellors_receive_where_their_appointments_are(today):
    assert Availability.objects.count() == 4
    for appointment in Appointment.objects.all():
        local = timezone.localtime(appointment.starts_at)
        [receives] = Availability.objects.filter(counsellor=appointment.counsellor, weekday=local.weekday())
        assert receives.starts <= local.time() < receives.ends
        assert (appointment.ends_at > timezone.now()) == (appointment.state == Appointment.State.PLANNED)


def test_one_agreement_can_be_signed_and_another_waits(today):
    now = timezone.now()

    proposed = LearningAgreement.objects.filter(state=LearningAgreement.State.PROPOSED)
    assert sorted(agreement.can_be_signed(now) for agreement in proposed) == [False, True]
    assert Diagnostic.objects.filter(finished_at=None).count() == 1


def test_nobody_is_written_to(today):
    assert not Notice.objects.exists()


def test_a_second_loading_adds_nothing(today):
    before = (Booking.objects.count(), MemberEvent.objects.count(), Appointment.objects.count())

    bookings.load(today)
    path.load(today, {})

    assert (Booking.objects.count(), MemberEvent.objects.count(), Appointment.objects.count()) == before


def test_the_days_move_and_the_hours_on_the_wall_stay(today):
    hours = {row.pk: timezone.localtime(row.starts_at).time() for row in Appointment.objects.all()}
    booked = Booking.objects.order_by("pk").first().booked_at

    moving_people.move(196)

    assert {row.pk: timezone.localtime(row.starts_at).time() for row in Appointment.objects.all()} == hours
    assert Booking.objects.order_by("pk").first().booked_at == booked + timedelta(days=196)


def test_all_of_it_can_be_taken_away(today):
    path.remove()
    bookings.remove()

    assert not Booking.objects.exists()
    assert not Availability.objects.exists()
