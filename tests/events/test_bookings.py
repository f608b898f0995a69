from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import bookings
from events.bookings import AlreadyBookedError
from events.models import Arrangement, Booking, Kind, Meeting
from notices.models import Notice
from tests.events.asking import A_WEEK, NOW, State, asked, book, booked, member_then, session_of, states, told
from tests.events.factories import make_booking
from tests.factories import make_departement, make_user
from tests.people import make_member, make_membership, make_organisation

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
TOKEN = UUID("7b1d2f0e-5a47-4b5a-9d3e-0d7a5c8e1f26")


def refused(code, action, *args, **fields):
    with pytest.raises(ValidationError) as refusal:
        action(*args, **fields)
    codes = [error.code for error in refusal.value.error_list]
    assert codes == [code]


def test_a_visitor_is_held_a_seat_for_half_an_hour_and_sent_the_link():
    session = session_of()

    booking = book(session, departement=make_departement("93"), heard_from="affiche", audience="femmes")

    assert (booking.state, booking.number, booking.booked_at) == (State.HELD, 1, NOW)
    assert booking.held_until == NOW + 30 * MINUTE
    assert told(booking) == ["booking_to_confirm"]
    booking.refresh_from_db()
    assert (booking.heard_from, booking.audience, booking.departement.code) == ("affiche", "femmes", "93")


def test_a_hold_ends_with_the_start_of_the_session():
    session = session_of(starts_in=10 * MINUTE)

    assert book(session).held_until == session.starts_at


def test_who_has_no_mailbox_is_held_a_seat_until_we_have_called():
    booking = book(session_of(), telephone="06 39 98 00 00")

    assert booking.is_to_call_back
    assert booking.held_until.isoformat() == "2026-10-05T23:59:00+02:00"  # Friday and Monday


def test_when_all_seats_are_held_the_next_ones_wait_in_order():
    session = session_of(seats=1)
    first = book(session, "ada")

    second, third = book(session, "awa"), book(session, "lin")

    assert states(first, second, third) == [State.HELD, State.WAITING, State.WAITING]
    assert [booking.number for booking in (first, second, third)] == [1, 2, 3]
    assert [bookings.rank(booking) for booking in (first, second, third)] == [0, 1, 2]
    assert told(third) == ["booking_waiting"]


def test_nobody_passes_who_waits_even_when_a_seat_is_free():
    session = session_of(seats=1, starts_in=timedelta(hours=1))
    [there] = booked(session, 1)
    waiting = book(session, "awa")
    bookings.cancel(there, now=NOW)  # too late to be offered

    newcomer = book(session, "lin")

    assert states(waiting, newcomer) == [State.WAITING, State.WAITING]
    assert bookings.seats_left(session, NOW) == 0


def test_a_hold_that_is_over_makes_room_for_a_newcomer():
    session = session_of(seats=1)
    late = book(session, "ada")

    newcomer = book(session, "awa", now=NOW + 30 * MINUTE)

    assert states(late, newcomer) == [State.LAPSED, State.HELD]


def test_what_people_need_is_kept_apart_in_the_order_of_the_list():
    booking = book(session_of(), needs=("gros-caracteres", "lsf"))

    assert Arrangement.objects.get().booking == booking
    assert Arrangement.objects.get().needs == ["lsf", "gros-caracteres"]


def test_who_needs_nothing_has_nothing_kept():
    book(session_of())

    assert not Arrangement.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"last_name": " "}, "last_name"),
        ({"email": ""}, "email"),
        ({"email": "pas une adresse"}, "email"),
        ({"email": "a@example.org, b@example.org"}, "email"),
        ({"first_name": "A\u202eb"}, "first_name"),
        ({"telephone": "12"}, "telephone"),
        ({"telephone": "06 39 98 00 00 ou bien le soir"}, "telephone"),
        ({"heard_from": "partout"}, "heard_from"),
        ({"audience": "x"}, "audience"),
        ({"needs": ("diagnostic",)}, "needs"),
        ({"first_name": "a" * 151}, "first_name"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(fields, field):
    session = session_of()
    person = bookings.Asked(**{"first_name": "Nour", "last_name": "Belkacem", "email": "nour@example.org"} | fields)

    with pytest.raises(ValidationError) as refusal:
        bookings.book(session, person, now=NOW)

    assert list(refusal.value.message_dict) == [field]
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"cancelled_at": NOW}, "cancelled"),
        ({"publish_at": None}, "not_open"),
        ({"publish_at": NOW + MINUTE}, "not_open"),
        ({"starts_in": timedelta()}, "started"),
        ({"starts_in": -timedelta(hours=2)}, "ended"),
        ({"kind": Kind.WORKSHOP}, "members_only"),
    ],
)
def test_a_session_that_is_not_open_takes_no_visitor(fields, code):
    refused(code, book, session_of(**fields))

    assert not Booking.objects.exists()


# The same person


@pytest.mark.parametrize("again", ["nour@example.org", "NOUR@Example.org", " Nour@example.org "])
def test_one_mailbox_has_one_place_and_is_told_so(again):
    session = session_of()
    first = book(session)

    with pytest.raises(AlreadyBookedError) as found:
        book(session, email=again)

    assert found.value.booking == first
    assert told(first) == ["booking_to_confirm", "booking_already"]
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("again", ["0639980000", "+33 6 39 98 00 00", "0033639980000", "+33 (0)6.39.98.00.00"])
def test_one_telephone_has_one_place_however_it_is_written(again):
    session = session_of()
    first = book(session, telephone="06 39 98 00 00")

    with pytest.raises(AlreadyBookedError) as found:
        book(session, telephone=again)

    assert found.value.booking == first


def test_a_telephone_is_kept_in_one_form():
    written = {"+44 20 7946 0018": "+442079460018", "0044 20 7946 0018": "+442079460018", "3949123": "3949123"}

    kept = [book(session_of(), telephone=number).telephone for number in written]

    assert kept == list(written.values())


def test_two_people_of_one_home_share_a_telephone_when_each_has_a_mailbox():
    session = session_of()

    for name in ("ada", "awa"):
        book(session, email=f"{name}@example.org", telephone="06 39 98 00 00")

    assert Booking.objects.live().count() == 2


def test_who_gave_their_place_back_may_ask_again():
    session = session_of()
    bookings.cancel(book(session), now=NOW)

    again = book(session)

    assert (again.state, again.number) == (State.HELD, 2)


def test_an_address_kept_in_other_letters_is_the_same():
    session = session_of()
    first = make_booking(session, email="Nour@Example.org")

    with pytest.raises(AlreadyBookedError) as found:
        book(session)

    assert found.value.booking == first


# The same form


def test_a_form_sent_twice_books_once():
    session = session_of()

    first = bookings.book(session, asked(), form_token=TOKEN, now=NOW)
    again = bookings.book(session, asked(), form_token=TOKEN, now=NOW + MINUTE)

    assert first == again
    assert told(first) == ["booking_to_confirm"]


def test_a_form_sent_again_after_the_start_still_gives_its_booking():
    session = session_of()
    first = bookings.book(session, asked(), form_token=TOKEN, now=NOW)

    assert bookings.book(session, asked(), form_token=TOKEN, now=session.starts_at) == first


def test_a_form_does_not_serve_for_another_session():
    bookings.book(session_of(), asked(), form_token=TOKEN, now=NOW)

    refused("other_session", bookings.book, session_of(), asked("ada"), form_token=TOKEN, now=NOW)


def test_a_form_filled_in_again_for_somebody_else_is_another_demand():
    session = session_of()
    first = bookings.book(session, asked("ada"), form_token=TOKEN, now=NOW)

    friend = bookings.book(session, asked("awa"), form_token=TOKEN, now=NOW)

    assert friend != first
    assert Booking.objects.count() == 2


# By a prescriber, by a counsellor, by a member


def test_who_is_booked_by_a_counsellor_has_their_seat_at_once():
    session, counsellor = session_of(), make_user()

    booking = bookings.book_for(session, asked(), by=counsellor, now=NOW)

    assert (booking.state, booking.confirmed_at, booking.booked_by) == (State.CONFIRMED, NOW, counsellor)
    assert booking.booked_for is None
    assert told(booking) == ["booking_confirmed"]


def test_a_counsellor_books_until_the_end_and_a_prescriber_until_the_start():
    session, by, body = session_of(), make_user(), make_organisation(is_prescriber=True)

    refused("started", bookings.book_for, session, asked("a"), organisation=body, by=by, now=session.starts_at)
    bookings.book_for(session, asked("b"), by=by, now=session.starts_at)
    refused("ended", bookings.book_for, session, asked("c"), by=by, now=session.ends_at)


def test_only_members_are_booked_in_their_events():
    event = session_of(kind=Kind.WORKSHOP)

    refused("members_only", bookings.book_for, event, asked(), by=make_user(), now=NOW)


def test_somebody_who_has_a_place_is_not_booked_again_and_hears_nothing():
    session = session_of()
    first = book(session)

    with pytest.raises(AlreadyBookedError):
        bookings.book_for(session, asked(), by=make_user(), now=NOW)

    assert told(first) == ["booking_to_confirm"]


def test_when_all_is_taken_who_is_booked_by_a_prescriber_waits():
    session, body = session_of(seats=1), make_organisation(is_prescriber=True)
    booked(session, 1)

    booking = bookings.book_for(session, asked(), organisation=body, by=make_user(), now=NOW)

    assert (booking.state, booking.booked_for) == (State.WAITING, body)
    assert told(booking) == ["booking_waiting"]


def test_a_member_books_an_event_until_its_start_and_their_counsellor_until_its_end():
    event, member, other = session_of(kind=Kind.WORKSHOP), member_then(), member_then()

    mine = bookings.book_member(event, member, by=member.user, now=NOW)
    refused("started", bookings.book_member, event, other, by=other.user, now=event.starts_at)
    theirs = bookings.book_member(event, other, by=make_user(), now=event.starts_at)

    assert states(mine, theirs) == [State.CONFIRMED, State.CONFIRMED]
    assert (mine.first_name, mine.name) == ("", str(member))
    assert Notice.objects.get(about=mine.reference).recipient == member.user.email


def test_a_member_has_one_place():
    event, member = session_of(kind=Kind.WORKSHOP), member_then()
    first = bookings.book_member(event, member, by=member.user, now=NOW)

    with pytest.raises(AlreadyBookedError) as found:
        bookings.book_member(event, member, by=member.user, now=NOW)

    assert found.value.booking == first


def member_until(day):
    member = make_member(current=False)
    make_membership(member, starts_on=NOW.date() - A_WEEK, ends_on=day)
    return member


def test_whose_membership_ends_before_a_members_event_has_no_place_in_it():
    event, member = session_of(kind=Kind.WORKSHOP), member_until((NOW + A_WEEK).date() - timedelta(days=1))

    for by in (member.user, make_user()):
        with pytest.raises(ValidationError) as refusal:
            bookings.book_member(event, member, by=by, now=NOW)
        assert "finit le 7\u00a0octobre 2026, avant cet événement" in refusal.value.messages[0]
        assert refusal.value.code == "not_a_member_then"
    assert not Booking.objects.exists()


def test_whose_membership_ends_on_the_day_of_a_members_event_has_a_place():
    event, member = session_of(kind=Kind.WORKSHOP), member_until((NOW + A_WEEK).date())

    assert bookings.book_member(event, member, by=member.user, now=NOW).state == State.CONFIRMED


def test_a_renewal_that_is_recorded_counts():
    event, member = session_of(kind=Kind.WORKSHOP), member_until(NOW.date())
    make_membership(member, starts_on=NOW.date() + timedelta(days=1), ends_on=NOW.date() + 9 * A_WEEK)

    assert bookings.book_member(event, member, by=member.user, now=NOW).state == State.CONFIRMED


def test_a_membership_that_begins_after_the_day_does_not_count():
    event, member = session_of(kind=Kind.WORKSHOP), make_member(current=False)
    make_membership(member, starts_on=event.starts_at.date() + timedelta(days=1))

    refused("not_a_member_then", bookings.book_member, event, member, by=member.user, now=NOW)


def test_any_member_books_what_is_open_to_all():
    session, former = session_of(), make_member(current=False)

    assert bookings.book_member(session, former, by=former.user, now=NOW).state == State.CONFIRMED


# On the day


def test_who_walks_in_takes_nobodys_seat():
    session, host = session_of(seats=1), make_user()
    booked(session, 1)

    came = bookings.walk_in(session, bookings.Asked("Ada", "L"), by=host, now=session.starts_at)

    assert (came.state, came.is_walk_in, came.number, came.booked_by) == (State.CONFIRMED, True, 2, host)
    assert told(came) == []
    assert session.bookings.taking_a_seat().count() == 1


@pytest.mark.parametrize(
    ("moment", "is_allowed"),
    [
        (-timedelta(hours=2, seconds=1), False),
        (-timedelta(hours=2), True),
        (timedelta(hours=2) + A_WEEK, True),
        (timedelta(hours=2, seconds=1) + A_WEEK, False),
    ],
)
def test_people_walk_in_from_two_hours_before_until_a_week_after(moment, is_allowed):
    session = session_of()
    call = (session, asked())

    if is_allowed:
        assert bookings.walk_in(*call, by=make_user(), now=session.starts_at + moment).is_walk_in
    else:
        refused("not_the_day", bookings.walk_in, *call, by=make_user(), now=session.starts_at + moment)


def test_nobody_walks_in_where_nothing_takes_place():
    session = session_of(cancelled_at=NOW)

    refused("cancelled", bookings.walk_in, session, asked(), by=make_user(), now=session.starts_at)


def test_who_waited_and_came_waits_no_more_and_takes_no_seat():
    session = session_of(seats=1)
    booked(session, 1)
    waiting = book(session, "awa")

    came = bookings.walk_in(session, asked("awa"), by=make_user(), now=session.starts_at)

    assert came == waiting
    assert (came.state, came.is_walk_in) == (State.CONFIRMED, True)
    assert states(waiting) == [State.CONFIRMED]


def test_who_came_with_a_seat_that_was_held_has_it():
    session = session_of(seats=1)
    held = book(session, "awa", now=session.starts_at - 20 * MINUTE)

    came = bookings.walk_in(session, asked("awa"), by=make_user(), now=session.starts_at - 10 * MINUTE)

    assert came == held
    assert (came.state, came.is_walk_in) == (State.CONFIRMED, False)


def test_who_had_booked_is_not_written_down_twice():
    session = session_of()
    [there] = booked(session, 1)

    with pytest.raises(AlreadyBookedError) as found:
        bookings.walk_in(session, asked("p0"), by=make_user(), now=session.starts_at)

    assert found.value.booking == there


def test_a_person_written_down_twice_by_the_same_form_is_one():
    session, host = session_of(), make_user()
    call = {"by": host, "form_token": TOKEN, "now": session.starts_at}

    first = bookings.walk_in(session, bookings.Asked("Ada", "L"), **call)
    again = bookings.walk_in(session, bookings.Asked("Ada", "L", needs=("lsf",)), **call)

    assert first == again


def test_what_somebody_who_walks_in_needs_is_kept():
    session = session_of()

    came = bookings.walk_in(session, asked(needs=("lsf",)), by=make_user(), now=session.starts_at)

    assert Arrangement.objects.get(booking=came).needs == ["lsf"]


# What lists say


def test_a_session_is_said_to_be_full_exactly_while_no_newcomer_gets_a_seat():
    session = session_of(seats=1)
    full = [Meeting.objects.get(pk=session.pk).is_full]
    held = book(session)
    full.append(Meeting.objects.get(pk=session.pk).is_full)
    bookings.cancel(held, now=NOW)
    full.append(Meeting.objects.get(pk=session.pk).is_full)

    assert full == [False, True, False]


def test_public_pages_stay_fresh_as_long_as_seats_are_left():
    """Each change of the row of a session makes them stale."""
    session = session_of(seats=3)
    before = Meeting.objects.values("updated_at", "sequence", "is_full").get(pk=session.pk)

    bookings.confirm(book(session), now=NOW)

    assert Meeting.objects.values("updated_at", "sequence", "is_full").get(pk=session.pk) == before


def test_a_booking_costs_the_same_however_many_wait():
    def queries(session, name):
        with CaptureQueriesContext(connection) as found:
            book(session, name)
        return len(found)

    session = session_of(seats=1)
    book(session, "first"), book(session, "second")
    few = queries(session, "third")
    for number in range(15):
        book(session, f"w{number}")

    assert queries(session, "last") == few <= 24
