"""Hours kept for what is planned: they follow events and appointments, and a cheque of the same origin takes them."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accompaniment import appointments
from accompaniment.models import Appointment
from accompaniment.slots import Slot
from events import attendance, bookings
from events.models import Booking, Meeting
from pages.templatetags.french import short_date
from passport import decisions, ledger, reservations
from passport.appointments import origin_of
from passport.balances import balance
from passport.models import Reservation
from tests.accompaniment.agendas import make_appointment
from tests.events.factories import make_event
from tests.factories import make_user
from tests.passport.factories import counsellor_of, make_passport, make_proposal, make_signed
from tests.people import make_member

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(minute=0, second=0, microsecond=0)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def passport():
    member = make_member()
    return make_passport(member=member, starts_on=timezone.localdate(NOW) - 20 * DAY, now=NOW - 20 * DAY)


def reserved(passport, kind="candidature"):
    return balance(passport)[kind].reserved


def workshop(hours=2, **fields):
    return make_event(activity="candidature", hours=hours, **fields)


def test_a_place_reserves_its_hours_and_gives_them_back(passport):
    booking = bookings.book_member(workshop(), passport.member, by=passport.member.user)
    assert reserved(passport) == 2

    bookings.cancel(booking)
    assert reserved(passport) == 0

    bookings.rejoin(booking)
    assert reserved(passport) == 2
    assert Reservation.objects.count() == 1


def test_one_who_waits_for_a_seat_reserves_nothing(passport):
    event = workshop(seats=1)
    other = make_member()
    bookings.book_member(event, other, by=other.user)

    bookings.book_member(event, passport.member, by=passport.member.user)

    assert reserved(passport) == 0


def test_an_event_that_changes_is_followed_within_a_minute(passport):
    event = workshop()
    bookings.book_member(event, passport.member, by=passport.member.user)

    Meeting.objects.filter(pk=event.pk).update(hours=3)
    assert reservations.follow_all(NOW) == 1
    assert reserved(passport) == 3

    Meeting.objects.filter(pk=event.pk).update(cancelled_at=NOW)
    assert reservations.follow_all(NOW) == 1
    assert reserved(passport) == 0
    assert reservations.follow_all(NOW) == 0


def test_who_did_not_come_has_their_hours_back(passport):
    booking = bookings.book_member(workshop(), passport.member, by=passport.member.user)

    Meeting.objects.update(starts_at=NOW - HOUR, ends_at=NOW)
    attendance.mark(booking, Booking.Attendance.ABSENT, by=make_user())

    assert reserved(passport) == 0


def test_hours_that_the_passport_has_not_are_not_reserved(passport):
    place = {"by": passport.member.user}
    for number in range(3):
        bookings.book_member(workshop(hours=5, in_days=5 + number), passport.member, **place)

    assert reserved(passport) == 10
    assert reservations.follow_all(NOW) == 0


def test_an_activity_that_the_package_has_not_reserves_nothing(passport):
    bookings.book_member(make_event(activity="chorale", hours=2), passport.member, by=passport.member.user)

    assert not Reservation.objects.exists()


def test_a_visit_of_the_same_origin_takes_what_was_kept_for_it(passport):
    event = workshop(hours=12)
    bookings.book_member(event, passport.member, by=passport.member.user)
    facts = {"kind": "candidature", "hours": 2, "now": NOW, "day": timezone.localdate(NOW) - DAY}

    with pytest.raises(ValidationError):
        make_proposal(passport, **facts)
    cheque = make_proposal(passport, origin=f"event:{event.reference}", **facts)

    hours = balance(passport)["candidature"]
    assert (hours.proposed, hours.reserved, hours.free) == (2, 10, 0)
    ledger.withdraw(cheque, counsellor=counsellor_of(passport))
    assert reserved(passport) == 12


def fix(passport, callbacks, minutes=70):
    slot = Slot(counsellor_of(passport), NOW + 3 * DAY, NOW + 3 * DAY + minutes * MINUTE, place="Local")
    with callbacks(execute=True):
        return appointments.book(passport.member, slot, kind=Appointment.Kind.INDIVIDUAL, freely=True)


def test_an_appointment_reserves_whole_hours(passport, django_capture_on_commit_callbacks):
    appointment = fix(passport, django_capture_on_commit_callbacks)
    assert reserved(passport, "rv") == 2

    with django_capture_on_commit_callbacks(execute=True):
        appointments.cancel(appointment)
    assert reserved(passport, "rv") == 0


def test_what_was_held_stays_reserved_until_its_cheque(passport):
    starts_at = NOW - DAY
    facts = {"kind": Appointment.Kind.INDIVIDUAL, "starts_at": starts_at, "state": Appointment.State.DONE}
    appointment = make_appointment(passport.member, counsellor_of(passport), **facts)
    reservations.follow_all(NOW)
    assert reserved(passport, "rv") == 1

    make_signed(passport, now=NOW, day=timezone.localdate(starts_at), hour=8, origin=origin_of(appointment))

    assert (balance(passport)["rv"].used, reserved(passport, "rv")) == (1, 0)


def test_a_diagnostic_reserves_nothing(passport, django_capture_on_commit_callbacks):
    slot = Slot(counsellor_of(passport), NOW + DAY, NOW + DAY + HOUR, place="Local")
    with django_capture_on_commit_callbacks(execute=True):
        appointments.book(passport.member, slot, freely=True)
    reservations.follow_all(NOW)

    assert not Reservation.objects.exists()


def test_nothing_is_reserved_in_a_passport_that_is_over(passport):
    bookings.book_member(workshop(), passport.member, by=passport.member.user)

    decisions.ask(passport, "end", reason="Un emploi", by=counsellor_of(passport).user)

    assert reserved(passport) == 0
    assert reservations.follow_all(NOW) == 0


def test_a_member_without_a_passport_books_as_well():
    member = make_member()

    assert bookings.book_member(workshop(), member, by=member.user).state == Booking.State.CONFIRMED
    assert not Reservation.objects.exists()


def test_hours_of_another_kind_leave_what_is_reserved():
    """Else, once they come back, more would be reserved and proposed than there is."""
    passport = make_passport(starts_on=timezone.localdate(NOW) - 20 * DAY, now=NOW - 20 * DAY)
    origin = "event:abc"
    Reservation.objects.create(passport=passport, origin=origin, kind="rv", hours=2, starts_at=NOW - DAY)
    day = timezone.localdate(NOW) - 2 * DAY
    other = make_proposal(passport, kind="candidature", hours=2, origin=origin, day=day, hour=8)
    make_proposal(passport, hours=4, day=day, hour=12)

    with pytest.raises(ValidationError, match="il n’en reste aucune"):
        make_proposal(passport, hours=2, day=day, hour=17)

    ledger.withdraw(other, counsellor=counsellor_of(passport))
    assert balance(passport)["rv"].free == 0


def test_a_refusal_says_what_holds_the_hours():
    """What is held is what the counsellor may free."""
    passport = make_passport(starts_on=timezone.localdate(NOW) - 20 * DAY, now=NOW - 20 * DAY)
    day = timezone.localdate(NOW) - 2 * DAY
    Reservation.objects.create(passport=passport, origin="appointment:a", kind="rv", hours=1, starts_at=NOW + DAY)
    Reservation.objects.create(passport=passport, origin="event:b", kind="rv", hours=2, starts_at=NOW + 2 * DAY)
    make_signed(passport, day=day, hour=8)
    waiting = make_proposal(passport, hours=2, day=day, hour=12)

    with pytest.raises(ValidationError) as refused:
        make_proposal(passport, day=day, hour=17)
    with pytest.raises(ValidationError) as refused_of_event:
        make_proposal(passport, hours=3, day=day, hour=17, origin="event:b")

    said = refused.value.message_dict["hours"][0]
    dates = [short_date(moment) for moment in (waiting.starts_at, NOW + DAY, NOW + 2 * DAY)]
    assert said.endswith(
        f"il n’en reste aucune. 5\xa0h sont retenues\xa0: 2\xa0h par la visite du {dates[0]}, que le membre n’a pas "
        f"signée ({waiting}), 1\xa0h par le rendez-vous du {dates[1]} et 2\xa0h par l’événement du {dates[2]}."
    )
    assert "il en reste 2. 3\xa0h sont retenues" in refused_of_event.value.message_dict["hours"][0]


def test_a_refusal_speaks_of_no_held_hours_where_none_are():
    passport = make_passport(starts_on=timezone.localdate(NOW) - 20 * DAY, now=NOW - 20 * DAY)
    day = timezone.localdate(NOW) - 2 * DAY
    make_signed(passport, hours=4, day=day, hour=8)

    with pytest.raises(ValidationError) as refused:
        make_proposal(passport, hours=3, day=day, hour=13)

    assert refused.value.message_dict["hours"][0].endswith("il en reste 2.")


def test_hours_stay_reserved_until_the_last_day_on_which_the_visit_is_written(passport):
    starts_at = NOW.replace(hour=8)
    appointment = make_appointment(passport.member, starts_at=starts_at, kind=Appointment.Kind.INDIVIDUAL)
    reservations.follow(passport.member, now=starts_at)

    reservations.follow(passport.member, now=starts_at + 7 * DAY + HOUR)
    assert Reservation.objects.get(origin=origin_of(appointment)).ended_at is None
    reservations.follow(passport.member, now=starts_at + 8 * DAY)
    assert Reservation.objects.get(origin=origin_of(appointment)).ended_at
