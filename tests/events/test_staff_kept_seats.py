"""Seats kept for a prescriber: never more than what is free, until a day, and then for all."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events import kept_seats, seats
from events.models import Booking, KeptSeats, Meeting
from tests.events.factories import make_booking, make_session_of_today
from tests.factories import make_session
from tests.people import make_counsellor, make_organisation

pytestmark = pytest.mark.django_db

State = Booking.State
DAY = timedelta(days=1)


@pytest.fixture
def user():
    return make_counsellor().user


@pytest.fixture
def body():
    return make_organisation(is_prescriber=True)


def keep(session, body, number, *, by, until=None, **fields):
    day = until or timezone.localdate() + DAY
    return kept_seats.keep(session, organisation=body, number=number, until=day, by=by, **fields)


def test_kept_seats_are_taken_for_all_others(user, body):
    session = make_session(seats=5)

    kept = keep(session, body, 3, by=user)

    assert (kept.seats, kept.recorded_by) == (3, user)
    assert seats.seats_left(session) == 2
    assert seats.seats_left(session, for_organisation=body) == 5


def test_a_meeting_whose_last_seats_are_kept_is_full(user, body):
    session = make_session(seats=2)

    keep(session, body, 2, by=user)
    assert Meeting.objects.get(pk=session.pk).is_full

    kept_seats.release(session, organisation=body, by=user)
    assert not Meeting.objects.get(pk=session.pk).is_full


@pytest.mark.parametrize(("number", "is_kept"), [(3, True), (4, False)])
def test_no_more_are_kept_than_are_free(user, body, number, is_kept):
    session = make_session(seats=5)
    make_booking(session)
    keep(session, make_organisation(is_prescriber=True), 1, by=user)

    if is_kept:
        keep(session, body, number, by=user)
    else:
        with pytest.raises(ValidationError, match="garder 3"):
            keep(session, body, number, by=user)
    assert KeptSeats.objects.filter(organisation=body).exists() is is_kept


def test_what_their_people_have_counts_among_those_kept(user, body):
    session = make_session(seats=3)
    make_booking(session, booked_for=body)

    keep(session, body, 3, by=user)

    assert seats.seats_left(session) == 0
    assert seats.seats_left(session, for_organisation=body) == 2


def test_a_second_decision_replaces_the_first(user, body):
    session = make_session(seats=5)
    keep(session, body, 4, by=user)

    keep(session, body, 5, by=user)
    keep(session, body, 1, by=user)

    assert KeptSeats.objects.get().seats == 1
    assert seats.seats_left(session) == 4


def test_where_people_wait_what_is_free_is_theirs(user, body):
    session = make_session(seats=1)
    make_booking(session)
    make_booking(session, state=State.WAITING)

    with pytest.raises(ValidationError, match="attendent une place"):
        keep(session, body, 1, by=user)


def test_seats_that_are_given_back_are_offered_in_order(user, body):
    session = make_session(seats=1)
    keep(session, body, 1, by=user)
    first, second = (make_booking(session, state=State.WAITING) for _ in range(2))

    kept_seats.release(session, organisation=body, by=user)

    assert [Booking.objects.get(pk=row.pk).state for row in (first, second)] == [State.OFFERED, State.WAITING]


def test_fewer_kept_seats_are_offered_too(user, body):
    session = make_session(seats=2)
    keep(session, body, 2, by=user)
    waiting = make_booking(session, state=State.WAITING)

    keep(session, body, 1, by=user)

    assert Booking.objects.get(pk=waiting.pk).state == State.OFFERED


def test_a_full_meeting_has_nothing_to_keep(user, body):
    session = make_session(seats=1)
    make_booking(session)

    with pytest.raises(ValidationError, match="Aucune place n’est libre"):
        keep(session, body, 1, by=user)


@pytest.mark.parametrize("days", [-1, 8])
def test_until_a_day_that_is_neither_past_nor_after_the_meeting(user, body, days):
    session = make_session(seats=5, starts_in=7 * DAY)

    with pytest.raises(ValidationError, match="Choisissez un jour entre"):
        keep(session, body, 1, by=user, until=timezone.localdate() + days * DAY)


def test_the_days_of_decision_and_of_the_meeting_are_among_them(user, body):
    session = make_session(seats=5, starts_in=7 * DAY)

    keep(session, body, 1, by=user, until=timezone.localdate())
    keep(session, body, 1, by=user, until=timezone.localdate(session.starts_at))

    assert KeptSeats.objects.get().until == timezone.localdate(session.starts_at)


@pytest.mark.parametrize("fields", [{"is_company": True}, {"is_prescriber": True, "closed_on": date(2026, 1, 1)}])
def test_only_for_a_prescriber_that_is_open(user, fields):
    with pytest.raises(ValidationError, match="prescripteur"):
        keep(make_session(seats=5), make_organisation(**fields), 1, by=user)


def test_not_of_a_cancelled_meeting_nor_of_one_that_began(user, body):
    with pytest.raises(ValidationError, match="annulée"):
        keep(make_session(cancelled_at=timezone.now()), body, 1, by=user)
    with pytest.raises(ValidationError, match="commencé"):
        keep(make_session_of_today(), body, 1, by=user, until=timezone.localdate())


def test_the_list_says_how_many_are_used(user, body):
    session = make_session(seats=5)
    keep(session, body, 3, by=user)
    make_booking(session, booked_for=body)
    make_booking(session, booked_for=body, state=State.CANCELLED)
    make_booking(session)

    [row] = kept_seats.of(session)

    assert (row.organisation, row.used, row.seats) == (body, 1, 3)


def test_what_is_not_kept_is_released_without_a_word(user, body):
    kept_seats.release(make_session(), organisation=body, by=user)

    assert not KeptSeats.objects.exists()
