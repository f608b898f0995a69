"""What becomes of seats with time: holds and offers end, and what is free is offered down the list."""

from datetime import date, timedelta

import pytest

from events import bookings, kept_seats, offers
from events.models import Booking, KeptSeats, Meeting
from tests.events.asking import NOW, State, asked, book, booked, session_of, states, told
from tests.events.factories import make_booking
from tests.factories import make_user
from tests.people import make_organisation

pytestmark = pytest.mark.django_db

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def prescriber(session, seats=1, *, until=date(2026, 10, 3)):
    body = make_organisation(is_prescriber=True)
    KeptSeats.objects.create(session=session, organisation=body, seats=seats, until=until)
    return body


def by_prescriber(session, body, name="p", *, now=NOW):
    return bookings.book_for(session, asked(name), organisation=body, by=make_user(), now=now)


def resized(session, seats):
    Meeting.objects.filter(pk=session.pk).update(seats=seats)
    return Meeting.objects.get(pk=session.pk)


def listed(number=3, **fields):
    """A session of one seat that is confirmed, and people who wait for it."""
    session = session_of(seats=1, **fields)
    [there] = booked(session, 1)
    return session, there, [book(session, f"w{index}") for index in range(number)]


# How long


@pytest.mark.parametrize(
    ("left", "lasts"),
    [
        (timedelta(days=30), timedelta(hours=48)),
        (timedelta(days=8), timedelta(hours=48)),
        (timedelta(days=4), timedelta(days=1)),
        (8 * HOUR, 2 * HOUR),
        (2 * HOUR, 30 * MINUTE),
        (HOUR, 30 * MINUTE),
    ],
)
def test_an_offer_lasts_a_quarter_of_the_time_left_and_two_days_at_most(left, lasts):
    assert offers.offered_until(session_of(starts_in=left), NOW) == NOW + lasts


@pytest.mark.parametrize(("left", "state"), [(2 * HOUR, State.OFFERED), (2 * HOUR - MINUTE, State.WAITING)])
def test_nothing_is_offered_in_the_last_two_hours(left, state):
    session, there, [first, *_others] = listed()
    now = session.starts_at - left

    bookings.cancel(there, now=now)

    assert states(first) == [state]


def test_an_offer_goes_down_the_list_and_each_is_told():
    session, there, people = listed(3)
    bookings.cancel(there, now=NOW)

    now, seen = NOW, []
    for _turn in people:
        seen.append(states(*people))
        now = Booking.objects.get(state=State.OFFERED).offered_until
        bookings.settle(session, now)

    assert seen == [
        [State.OFFERED, State.WAITING, State.WAITING],
        [State.LAPSED, State.OFFERED, State.WAITING],
        [State.LAPSED, State.LAPSED, State.OFFERED],
    ]
    assert states(*people) == [State.LAPSED] * 3
    assert {tuple(told(person)) for person in people} == {("booking_waiting", "booking_offered", "booking_lapsed")}


def test_what_is_offered_counts_as_taken():
    session, there, _people = listed(1)
    bookings.cancel(there, now=NOW)

    newcomer = book(session, "lin")

    assert newcomer.state == State.WAITING


def test_several_seats_are_offered_at_once_in_order():
    session, _there, people = listed(3)
    session = resized(session, 3)

    assert bookings.settle(session, NOW) == 2
    assert states(*people) == [State.OFFERED, State.OFFERED, State.WAITING]


def test_settling_twice_changes_nothing():
    session, there, people = listed(2)
    bookings.cancel(there, now=NOW)

    assert bookings.settle(session, NOW) == 0
    assert states(*people) == [State.OFFERED, State.WAITING]


@pytest.mark.parametrize(
    "fields", [{"cancelled_at": NOW}, {"publish_at": None}, {"publish_at": NOW + HOUR}, {"ends_at": NOW + 9 * HOUR}]
)
def test_nothing_is_offered_in_a_session_that_does_not_take_place(fields):
    session, there, people = listed(1)
    Booking.objects.filter(pk=there.pk).update(state=State.CANCELLED)
    past = {"starts_at": NOW - HOUR} if "ends_at" in fields else {}
    Meeting.objects.filter(pk=session.pk).update(**fields, **past)

    bookings.settle(session, NOW)

    assert states(*people) == [State.WAITING]


# Each minute


def test_each_minute_what_is_over_is_put_away_and_its_person_told():
    session = session_of(seats=1)
    held, waiting = book(session, "ada"), book(session, "awa")

    early, due, again = (bookings.settle_due(NOW + minutes * MINUTE) for minutes in (29, 30, 30))

    assert (early, due, again) == (0, 2, 0)
    assert states(held, waiting) == [State.LAPSED, State.OFFERED]
    assert told(held) == ["booking_to_confirm", "booking_lapsed"]


def test_each_minute_an_offer_that_is_over_goes_to_the_next():
    _session, there, people = listed(2)
    bookings.cancel(there, now=NOW)
    people[0].refresh_from_db()

    assert bookings.settle_due(people[0].offered_until) == 2
    assert states(*people) == [State.LAPSED, State.OFFERED]


def test_a_session_that_cannot_be_settled_does_not_hold_the_others_back(caplog):
    broken, other = session_of(seats=1), session_of(seats=1)
    Booking.objects.filter(pk=book(broken).pk).update(email="nowhere")
    held = book(other)

    assert bookings.settle_due(NOW + 30 * MINUTE) == 1
    assert states(held) == [State.LAPSED]
    assert "could not be settled" in caplog.text


def test_a_hold_that_ends_after_the_session_has_begun_is_put_away_all_the_same():
    session = session_of(starts_in=5 * MINUTE)
    held = book(session)

    assert bookings.settle_due(session.ends_at + HOUR) == 1
    assert states(held) == [State.LAPSED]


def test_what_waits_in_a_cancelled_session_stays_as_it_is():
    session = session_of(seats=1)
    held = book(session)
    Meeting.objects.filter(pk=session.pk).update(cancelled_at=NOW)

    assert bookings.settle_due(NOW + HOUR) == 0
    assert bookings.settle(session, NOW + HOUR) == 0
    assert states(held) == [State.HELD]


def test_each_minute_costs_the_same_however_many_sessions_have_nothing_due(django_assert_num_queries):
    for _number in range(3):
        listed(1)

    with django_assert_num_queries(1):
        assert bookings.settle_due(NOW) == 0


def test_one_session_that_is_due_is_settled_alone():
    due, other = session_of(seats=1), session_of(seats=1)
    book(due), book(other, now=NOW + MINUTE)

    assert [session.pk for session in offers.due(NOW + 30 * MINUTE)] == [due.pk]


# Seats that are kept


def test_kept_seats_are_for_whom_their_prescriber_books():
    session = session_of(seats=2)
    body = prescriber(session)
    first, second = book(session, "ada"), book(session, "awa")

    theirs = by_prescriber(session, body)

    assert states(first, second, theirs) == [State.HELD, State.WAITING, State.CONFIRMED]
    assert bookings.rank(second) == 1


def test_seats_left_are_said_to_each_as_they_are():
    session = session_of(seats=3)
    body, other = prescriber(session, 2), make_organisation(is_prescriber=True)

    def left():
        return [bookings.seats_left(session, NOW, for_organisation=whom) for whom in (None, body, other)]

    counts = [left()]
    book(session, "ada")
    counts.append(left())
    by_prescriber(session, body)
    counts.append(left())
    book(session, "awa")
    counts.append(left())

    assert counts == [[1, 3, 1], [0, 2, 0], [0, 1, 0], [0, 1, 0]]


def test_a_prescriber_who_has_used_theirs_waits_like_everybody():
    session = session_of(seats=2)
    body = prescriber(session)
    by_prescriber(session, body, "p1")
    book(session, "ada"), book(session, "awa")

    more = by_prescriber(session, body, "p2")

    assert states(more) == [State.WAITING]
    assert bookings.rank(more) == 2


def test_a_kept_seat_given_back_goes_to_whom_the_same_prescriber_has_in_the_list():
    session = session_of(seats=2)
    body = prescriber(session)
    theirs = by_prescriber(session, body, "p1")
    book(session, "ada")
    waiting, behind = book(session, "awa"), by_prescriber(session, body, "p2")

    bookings.cancel(theirs, now=NOW)

    assert states(waiting, behind) == [State.WAITING, State.OFFERED]


def test_a_kept_seat_given_back_is_kept_again():
    session = session_of(seats=1)
    body = prescriber(session)
    theirs, waiting = by_prescriber(session, body), book(session, "ada")

    bookings.cancel(theirs, now=NOW)

    assert states(waiting) == [State.WAITING]
    assert bookings.seats_left(session, NOW, for_organisation=body) == 1


def test_more_kept_seats_than_are_left_never_make_one_too_many():
    session = session_of(seats=2)
    body, other = prescriber(session, 2), prescriber(session, 2)
    waiting = [by_prescriber(session, body, f"p{number}") for number in range(3)]

    assert states(*waiting) == [State.CONFIRMED, State.CONFIRMED, State.WAITING]
    assert bookings.seats_left(session, NOW, for_organisation=other) == 0


def test_more_kept_seats_than_are_left_are_not_offered_twice():
    session = session_of(seats=1)
    [there] = booked(session, 1)
    bodies = [prescriber(session), prescriber(session)]
    waiting = [by_prescriber(session, body, f"q{number}") for number, body in enumerate(bodies)]

    bookings.cancel(there, now=NOW)

    assert states(*waiting) == [State.OFFERED, State.WAITING]


def test_from_the_next_day_on_kept_seats_are_offered_to_whoever_waits():
    session = session_of(seats=2)
    body = prescriber(session)
    book(session, "ada"), book(session, "awa", now=NOW)
    bookings.confirm(Booking.objects.get(email="ada@example.org"), now=NOW)
    [waiting] = Booking.objects.waiting()
    midnight = NOW.replace(day=3, hour=22)

    done = [bookings.settle_due(midnight - MINUTE), bookings.settle_due(midnight), bookings.settle_due(midnight)]

    assert done == [0, 1, 0]
    assert states(waiting) == [State.OFFERED]
    assert bookings.seats_left(session, midnight, for_organisation=body) == 0


def test_from_the_next_day_on_a_session_is_full_no_more():
    session = session_of(seats=1)
    prescriber(session)
    bookings.settle(session, NOW)
    assert Meeting.objects.get(pk=session.pk).is_full

    bookings.settle_due(NOW.replace(day=3, hour=22))

    assert not Meeting.objects.get(pk=session.pk).is_full
    assert book(session, now=NOW.replace(day=4)).state == State.HELD


def test_seats_kept_by_the_rule_are_those_that_bookings_find():
    session, body = session_of(seats=3), make_organisation(is_prescriber=True)

    kept_seats.keep(session, organisation=body, number=2, until=date(2026, 10, 3), by=make_user(), now=NOW)

    assert [bookings.seats_left(session, NOW, for_organisation=whom) for whom in (None, body)] == [1, 3]


# Told apart


def test_a_prescribers_walk_in_uses_none_of_their_seats():
    session = session_of(seats=1)
    body = prescriber(session)

    make_booking(session, booked_for=body, is_walk_in=True)

    assert bookings.seats_left(session, NOW, for_organisation=body) == 1
