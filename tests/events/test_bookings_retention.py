from datetime import UTC, datetime, timedelta

import pytest

from errands.minutes import JOBS
from events import bookings
from events.models import Arrangement, Booking, Kind, Meeting
from tests.events.asking import NOW, State, book, booked, member_then, session_of, states, told
from tests.events.factories import make_booking
from tests.factories import make_departement, make_session

pytestmark = pytest.mark.django_db

MONTH = timedelta(days=30)


def test_what_is_nobodys_says_nothing_of_anybody():
    session = session_of()
    made = book(session, departement=make_departement("93"), needs=("lsf",), heard_from="affiche", audience="jeunes")
    Booking.objects.update(form_token="7b1d2f0e-5a47-4b5a-9d3e-0d7a5c8e1f26")

    assert bookings.anonymise(Booking.objects.filter(email="nour@example.org"), NOW) == 1

    left = Booking.objects.get()
    assert left.anonymised_at == NOW
    assert {left.first_name, left.last_name, left.email, left.telephone} == {""}
    assert (left.member, left.form_token) == (None, None)
    assert (left.departement.code, left.heard_from, left.audience, left.number) == ("93", "affiche", "jeunes", 1)
    assert not Arrangement.objects.exists()
    assert left.reference == made.reference


def test_who_leaves_gives_back_what_is_to_come_without_a_message():
    session = session_of(seats=1)
    [there], waiting = booked(session, 1), book(session, "awa")
    assert told(there)

    bookings.anonymise(Booking.objects.filter(pk=there.pk), NOW)

    assert states(there, waiting) == [State.CANCELLED, State.OFFERED]
    assert told(there) == []
    assert Meeting.objects.get(pk=session.pk).is_full


def test_who_came_stays_in_the_figures():
    over, going_on = make_session(starts_at=NOW - timedelta(days=1)), make_session(starts_at=NOW)
    came = [make_booking(session, attendance="venu") for session in (over, going_on)]

    bookings.anonymise(Booking.objects.all(), NOW)

    assert states(*came) == [State.CONFIRMED] * 2
    assert set(Booking.objects.values_list("attendance", flat=True)) == {"venu"}


def test_a_member_who_leaves_is_in_no_booking_any_more():
    event, member = session_of(kind=Kind.WORKSHOP), member_then()
    bookings.book_member(event, member, by=member.user, now=NOW)

    bookings.anonymise(Booking.objects.filter(member=member), NOW)

    assert not member.bookings.exists()


def test_what_is_nobodys_already_is_not_counted_twice():
    book(session_of())
    bookings.anonymise(Booking.objects.all(), NOW)

    assert bookings.anonymise(Booking.objects.all(), NOW + MONTH) == 0
    assert Booking.objects.get().anonymised_at == NOW


@pytest.mark.parametrize(
    ("now", "months", "gone"),
    [
        (datetime(2027, 4, 1, 12, tzinfo=UTC), 6, True),
        (datetime(2027, 4, 1, 10, tzinfo=UTC), 6, False),
        (datetime(2026, 11, 1, 23, tzinfo=UTC), 1, True),
        (datetime(2027, 2, 28, 23, tzinfo=UTC), 5, False),
        (datetime(2027, 10, 2, tzinfo=UTC), 12, True),
    ],
)
def test_old_bookings_become_nobodys_after_so_many_months(now, months, gone):
    make_booking(make_session(starts_at=datetime(2026, 10, 1, 8, 30, tzinfo=UTC)))
    make_booking(make_session(starts_at=now + MONTH))

    assert bookings.anonymise_old(now, months) == gone


def test_a_month_of_thirty_days_has_no_thirty_first():
    make_booking(make_session(starts_at=datetime(2026, 9, 30, 8, tzinfo=UTC)))

    assert bookings.anonymise_old(datetime(2026, 10, 31, 9, tzinfo=UTC), 1) == 0
    assert bookings.anonymise_old(datetime(2026, 10, 31, 12, tzinfo=UTC), 1) == 1


def test_what_people_needed_is_erased_a_month_after_the_session():
    session, later = session_of(), session_of(starts_in=timedelta(days=9))
    book(session, needs=("lsf",)), book(later, needs=("boucle",))
    end = session.ends_at + MONTH

    counts = [bookings.erase_arrangements(end), bookings.erase_arrangements(end + timedelta(seconds=1))]

    assert counts == [0, 1]
    assert Arrangement.objects.get().needs == ["boucle"]


def test_both_are_done_each_minute():
    session = session_of(seats=1)
    held = book(session, needs=("lsf",))

    assert JOBS["places offered"](NOW + timedelta(hours=1)) == 1
    assert JOBS["arrangements erased"](session.ends_at + 2 * MONTH) == 1
    assert states(held) == [State.LAPSED]
