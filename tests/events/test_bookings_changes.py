from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from accounts import memberships
from events import bookings
from events.bookings import AlreadyBookedError
from events.models import Arrangement, Booking, InfoSession, KeptSeats, Kind
from tests.events.asking import NOW, State, asked, book, booked, member_then, session_of, states, told
from tests.events.factories import make_booking
from tests.events.test_bookings import refused
from tests.factories import make_user
from tests.people import make_organisation

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
OVER = NOW + 30 * MINUTE


def lapsed(session, name="late"):
    """A hold that was not confirmed, and was put away."""
    booking = book(session, name)
    bookings.settle(session, OVER)
    return Booking.objects.get(pk=booking.pk)


# Confirmed


def test_the_link_confirms_a_seat_that_is_held():
    booking = book(session_of())

    bookings.confirm(booking, now=OVER - MINUTE)

    assert (booking.state, booking.confirmed_at) == (State.CONFIRMED, OVER - MINUTE)
    assert told(booking) == ["booking_to_confirm", "booking_confirmed"]


def test_a_link_opened_twice_confirms_once():
    booking = book(session_of())
    bookings.confirm(booking, now=NOW)

    bookings.confirm(booking, now=NOW + MINUTE)

    assert booking.confirmed_at == NOW
    assert told(booking) == ["booking_to_confirm", "booking_confirmed"]


def test_a_hold_that_is_over_is_confirmed_as_long_as_nobody_wants_the_seat():
    session = session_of(seats=1)
    late = book(session)

    bookings.confirm(late, now=OVER)

    assert states(late) == [State.CONFIRMED]
    assert told(late) == ["booking_to_confirm", "booking_confirmed"]


def test_a_hold_that_is_over_is_not_confirmed_where_somebody_waits():
    session = session_of(seats=1)
    late, waiting = book(session, "late"), book(session, "awa")

    refused("lapsed", bookings.confirm, late, now=OVER)
    bookings.settle(session, OVER)

    assert states(late, waiting) == [State.LAPSED, State.OFFERED]


def test_a_place_that_has_lapsed_takes_a_free_seat_again():
    session = session_of(seats=1)
    late = lapsed(session)

    bookings.confirm(late, now=OVER)

    assert (late.state, late.ended_at) == (State.CONFIRMED, None)
    assert late.number == 1


def test_a_place_that_has_lapsed_puts_away_what_is_over_and_stands_in_its_way():
    session = session_of(seats=1)
    late = lapsed(session)
    other = book(session, "awa", now=OVER)

    bookings.confirm(late, now=OVER + 30 * MINUTE)

    assert states(late, other) == [State.CONFIRMED, State.LAPSED]


def test_a_place_that_has_lapsed_is_not_taken_from_another():
    session = session_of(seats=1)
    late = lapsed(session)
    other = book(session, "awa", now=OVER)

    refused("lapsed", bookings.confirm, late, now=OVER)

    assert states(late, other) == [State.LAPSED, State.HELD]


def test_somebody_who_has_asked_again_does_not_confirm_twice():
    session = session_of()
    late = lapsed(session)
    again = book(session, "late", now=OVER)

    refused("already", bookings.confirm, late, now=OVER)

    assert states(late, again) == [State.LAPSED, State.HELD]


@pytest.mark.parametrize("state", [State.WAITING, State.CANCELLED])
def test_only_a_seat_that_was_held_is_confirmed(state):
    booking = make_booking(session_of(), state=state)

    refused(state.name.lower(), bookings.confirm, booking, now=NOW)


def test_a_counsellor_who_called_confirms_until_the_end():
    session, counsellor = session_of(), make_user()
    booking = book(session, telephone="06 39 98 00 00", now=session.starts_at - MINUTE)

    refused("started", bookings.confirm, booking, now=session.starts_at)
    bookings.confirm(booking, by=counsellor, now=session.starts_at)

    assert states(booking) == [State.CONFIRMED]
    entry = ModelLogEntry.objects.for_instance(InfoSession.objects.get(pk=session.pk)).get()
    assert (entry.action, entry.user) == ("events.confirm_place", counsellor)
    assert booking.last_name not in entry.label


def test_nothing_is_confirmed_in_a_session_that_is_cancelled():
    session = session_of()
    booking = book(session)
    type(session).objects.filter(pk=session.pk).update(cancelled_at=NOW)

    refused("cancelled", bookings.confirm, booking, now=NOW)


# Given back


def test_a_seat_that_is_given_back_is_offered_to_the_next():
    session = session_of(seats=1)
    [there], waiting = booked(session, 1), book(session, "awa")

    bookings.cancel(there, now=NOW)

    assert states(there, waiting) == [State.CANCELLED, State.OFFERED]
    assert (there.ended_at, there.changes) == (NOW, 1)
    assert told(there)[-1] == "booking_cancelled"
    assert told(waiting) == ["booking_waiting", "booking_offered"]


def test_a_place_given_back_twice_is_given_back_once():
    [there] = booked(session_of(), 1)
    bookings.cancel(there, now=NOW)

    bookings.cancel(there, now=NOW + MINUTE)

    assert (there.ended_at, there.changes) == (NOW, 1)


def test_who_leaves_the_list_lets_the_others_come_forward():
    session = session_of(seats=1)
    booked(session, 1)
    first, second = book(session, "awa"), book(session, "lin")

    bookings.cancel(first, now=NOW)

    assert bookings.rank(second) == 1


def test_a_place_is_given_back_until_the_session_ends():
    session = session_of()
    first, second = booked(session, 2)

    bookings.cancel(first, now=session.ends_at - MINUTE)
    refused("ended", bookings.cancel, second, now=session.ends_at)

    assert states(first, second) == [State.CANCELLED, State.CONFIRMED]


def test_who_attended_keeps_their_place():
    session = session_of()
    [there] = booked(session, 1)
    Booking.objects.update(attendance="venu")

    refused("attended", bookings.cancel, there, now=session.starts_at)


def test_the_history_says_who_cancelled_for_somebody():
    session, counsellor = session_of(), make_user()
    [there] = booked(session, 1)

    bookings.cancel(there, by=counsellor, now=NOW)

    entry = ModelLogEntry.objects.for_instance(InfoSession.objects.get(pk=session.pk)).get()
    assert (entry.action, entry.user) == ("events.cancel_place", counsellor)


def test_what_is_nobodys_does_not_change():
    [there] = booked(session_of(), 1)
    bookings.anonymise(Booking.objects.all(), NOW)

    refused("anonymised", bookings.cancel, there, now=NOW)


# Offered


def offered(session):
    """The seat of somebody who gave it back; others wait behind."""
    [there] = booked(session, 1)
    next_one, behind = book(session, "awa"), book(session, "lin")
    bookings.cancel(there, now=NOW)
    next_one.refresh_from_db()
    return next_one, behind


def test_who_accepts_has_the_seat():
    next_one, behind = offered(session_of(seats=1))

    bookings.accept(next_one, NOW + MINUTE)
    bookings.accept(next_one, NOW + 2 * MINUTE)

    assert states(next_one, behind) == [State.CONFIRMED, State.WAITING]
    assert next_one.confirmed_at == NOW + MINUTE
    assert told(next_one)[-1] == "booking_confirmed"


def test_the_link_that_confirms_also_accepts():
    next_one, _behind = offered(session_of(seats=1))

    bookings.confirm(next_one, now=NOW)

    assert states(next_one) == [State.CONFIRMED]


def test_an_offer_that_is_over_is_not_accepted():
    next_one, behind = offered(session_of(seats=1))

    refused("lapsed", bookings.accept, next_one, next_one.offered_until)
    bookings.settle(next_one.session, next_one.offered_until)

    assert states(next_one, behind) == [State.LAPSED, State.OFFERED]


def test_who_declines_lets_the_next_one_have_it_and_is_told_how_to_come_back():
    next_one, behind = offered(session_of(seats=1))

    bookings.decline(next_one, NOW)
    bookings.decline(next_one, NOW)

    assert states(next_one, behind) == [State.LAPSED, State.OFFERED]
    assert told(next_one)[-1] == "booking_lapsed"


@pytest.mark.parametrize("action", [bookings.accept, bookings.decline])
@pytest.mark.parametrize("state", [State.WAITING, State.CANCELLED, State.HELD])
def test_only_what_is_offered_is_accepted_or_declined(action, state):
    booking = make_booking(session_of(), state=state)

    refused(state.name.lower(), action, booking, NOW)


def test_a_seat_that_is_theirs_is_not_declined():
    [there] = booked(session_of(), 1)

    refused("confirmed", bookings.decline, there, NOW)


# Back again


def test_who_comes_back_takes_a_free_seat_with_a_new_number():
    session = session_of()
    [there] = booked(session, 1)
    bookings.cancel(there, now=NOW)

    bookings.rejoin(there, NOW + MINUTE)
    bookings.rejoin(there, NOW + 2 * MINUTE)

    assert (there.state, there.number, there.changes, there.ended_at) == (State.CONFIRMED, 2, 2, None)
    assert there.confirmed_at == NOW + MINUTE
    assert told(there)[-2:] == ["booking_cancelled", "booking_confirmed"]


def test_who_comes_back_stands_at_the_end_of_the_list():
    next_one, behind = offered(session_of(seats=1))
    bookings.decline(next_one, NOW)

    bookings.rejoin(next_one, NOW)

    assert (next_one.state, next_one.number, bookings.rank(next_one)) == (State.WAITING, 4, 1)
    assert states(behind) == [State.OFFERED]
    assert told(next_one)[-1] == "booking_waiting"


def test_who_has_asked_again_does_not_come_back_twice():
    session = session_of()
    late = lapsed(session)
    book(session, "late", now=OVER)

    refused("already", bookings.rejoin, late, OVER)


def test_who_walked_in_and_left_comes_back_to_a_seat_as_others_do():
    session = session_of(seats=1)
    soon = session.starts_at - 10 * MINUTE
    came = bookings.walk_in(session, asked("nour"), by=make_user(), now=soon)
    bookings.cancel(came, now=soon)

    bookings.rejoin(came, soon)

    assert (came.state, came.is_walk_in, bookings.seats_left(session, soon)) == (State.CONFIRMED, False, 0)


def test_nobody_comes_back_after_the_start():
    session = session_of()
    late = lapsed(session)

    refused("started", bookings.rejoin, late, session.starts_at)


# Another date


def test_another_date_takes_everything_along():
    here, there = session_of(seats=1), session_of(starts_in=timedelta(days=14))
    body = make_organisation(is_prescriber=True)
    person = asked(sent_by=body, tells_prescriber=True, needs=("lsf",), refuses_reminders=True)
    first = bookings.confirm(bookings.book(here, person, now=NOW), now=NOW)
    waiting = book(here, "awa")

    moved = bookings.move(first, to=there, now=NOW)

    assert states(first, moved, waiting) == [State.CANCELLED, State.CONFIRMED, State.OFFERED]
    assert (moved.session, moved.number, moved.email) == (there, 1, first.email)
    assert (moved.sent_by, moved.tells_prescriber, moved.refuses_reminders) == (body, True, True)
    assert Arrangement.objects.get().booking == moved
    assert (told(first)[-1], told(moved)) == ("booking_cancelled", ["booking_confirmed"])


def test_a_full_session_leaves_the_place_where_it_was():
    here, there = session_of(), session_of(seats=1)
    [first] = booked(here, 1)
    book(there, "awa")

    refused("full", bookings.move, first, to=there, now=NOW)

    assert states(first) == [State.CONFIRMED]
    assert there.bookings.count() == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"starts_in": timedelta()}, "started"),
        ({"cancelled_at": NOW}, "cancelled"),
        ({"publish_at": None}, "not_open"),
        ({"kind": Kind.WORKSHOP}, "members_only"),
    ],
)
def test_a_session_that_is_not_open_leaves_the_place_where_it_was(fields, code):
    [first] = booked(session_of(), 1)

    refused(code, bookings.move, first, to=session_of(**fields), now=NOW)

    assert states(first) == [State.CONFIRMED]


def test_nobody_moves_out_of_a_session_that_has_ended():
    here = session_of()
    [first] = booked(here, 1)

    refused("ended", bookings.move, first, to=session_of(starts_in=timedelta(days=30)), now=here.ends_at)


def test_who_has_a_place_there_too_keeps_both():
    here, there = session_of(), session_of()
    [first], [second] = booked(here, 1), booked(there, 1)

    with pytest.raises(AlreadyBookedError) as found:
        bookings.move(first, to=there, now=NOW)

    assert found.value.booking == second
    assert states(first, second) == [State.CONFIRMED, State.CONFIRMED]


def test_a_move_asked_for_twice_is_made_once():
    here, there = session_of(), session_of()
    [first] = booked(here, 1)

    moved = bookings.move(first, to=there, now=NOW)

    assert bookings.move(first, to=there, now=NOW) == moved
    assert Booking.objects.live().count() == 1


def test_nobody_moves_to_where_they_are():
    here = session_of()
    [first] = booked(here, 1)

    with pytest.raises(AlreadyBookedError):
        bookings.move(first, to=here, now=NOW)


def test_who_has_no_place_any_more_may_choose_another_date():
    late = lapsed(session_of())

    moved = bookings.move(late, to=session_of(), now=OVER)

    assert states(late, moved) == [State.LAPSED, State.CONFIRMED]
    assert told(late)[-1] == "booking_lapsed"


def test_a_move_takes_the_seats_that_are_kept_for_its_prescriber():
    body = make_organisation(is_prescriber=True)
    here, there = session_of(), session_of(seats=1)
    KeptSeats.objects.create(session=there, organisation=body, seats=1, until=there.starts_at.date())
    first = bookings.book_for(here, asked(), organisation=body, by=make_user(), now=NOW)
    [other] = booked(here, 1)

    refused("full", bookings.move, other, to=there, now=NOW)
    moved = bookings.move(first, to=there, now=NOW)

    assert (moved.state, moved.booked_for) == (State.CONFIRMED, body)


# What they said of themselves


def test_a_person_corrects_what_they_said():
    booking = book(session_of(), needs=("lsf",))
    number = {"telephone": "+33 6 39 98 00 00"}

    bookings.change(booking, first_name=" Noor ", tells_prescriber=True, needs=("boucle",), now=NOW, **number)

    booking.refresh_from_db()
    assert (booking.first_name, booking.telephone, booking.tells_prescriber) == ("Noor", "06 39 98 00 00", True)
    assert Arrangement.objects.get().needs == ["boucle"]


def test_who_needs_nothing_any_more_has_nothing_kept():
    booking = book(session_of(), needs=("lsf",))

    bookings.change(booking, needs=(), now=NOW)

    assert not Arrangement.objects.exists()


def test_what_is_not_said_anew_stays():
    booking = book(session_of(), needs=("lsf",))

    bookings.change(booking, refuses_reminders=True, now=NOW)

    assert Booking.objects.get().refuses_reminders
    assert Arrangement.objects.exists()


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"last_name": " "}, "last_name"),
        ({"first_name": "A\0"}, "first_name"),
        ({"telephone": "1"}, "telephone"),
        ({"needs": ("x",)}, "needs"),
    ],
)
def test_what_cannot_be_kept_is_not_changed(details, field):
    booking = book(session_of())

    with pytest.raises(ValidationError) as refusal:
        bookings.change(booking, **details, now=NOW)

    assert list(refusal.value.message_dict) == [field]
    assert Booking.objects.get().last_name == "Belkacem"


def test_the_only_way_to_reach_somebody_is_not_taken_away():
    booking = book(session_of(), telephone="06 39 98 00 00")

    with pytest.raises(ValidationError, match="un seul suffit"):
        bookings.change(booking, telephone="", now=NOW)


def test_a_telephone_is_not_changed_into_somebody_elses():
    session = session_of()
    book(session, telephone="06 39 98 00 00")
    booking = book(session, "awa", telephone="06 39 98 00 01")

    refused("already", bookings.change, booking, telephone="0639980000", now=NOW)


@pytest.mark.parametrize("kind", [Kind.WORKSHOP, Kind.OUTING])
def test_whose_membership_ended_comes_back_to_no_members_event(kind):
    here, there, member = session_of(kind=kind), session_of(kind=kind), member_then()
    booking = bookings.book_member(here, member, by=member.user, now=NOW)
    bookings.cancel(booking, now=NOW)
    memberships.end(member, by=make_user(), on=NOW.date() + timedelta(days=1))

    refused("not_a_member_then", bookings.rejoin, booking, NOW)
    refused("not_a_member_then", bookings.move, booking, to=there, now=NOW)

    assert states(booking) == [State.CANCELLED]
    assert not there.bookings.exists()


def test_a_members_name_is_corrected_in_their_record():
    event, member = session_of(kind=Kind.WORKSHOP), member_then()
    booking = bookings.book_member(event, member, by=member.user, now=NOW)

    bookings.change(booking, first_name="Autre", refuses_reminders=True, now=NOW)

    booking.refresh_from_db()
    assert (booking.first_name, booking.refuses_reminders) == ("", True)


def test_nothing_else_is_changed():
    with pytest.raises(TypeError, match="state"):
        bookings.change(book(session_of()), state="confirmee", now=NOW)


def test_what_was_cancelled_may_still_be_corrected_until_the_end():
    session = session_of()
    booking = book(session)
    bookings.cancel(booking, now=NOW)

    bookings.change(booking, first_name="Noor", now=NOW)
    refused("ended", bookings.change, booking, first_name="Nora", now=session.ends_at)

    assert Booking.objects.get().first_name == "Noor"
