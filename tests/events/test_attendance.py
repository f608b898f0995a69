"""Who came: noted from two hours before, taken back by a second tap, closed once the meeting is over."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from events import attendance, hosting
from events.models import Booking, Kind, Meeting
from notices.models import Notice
from tests.events.factories import make_booking, make_event, make_session_of_today, make_session_over
from tests.factories import make_session
from tests.people import make_counsellor, make_member

pytestmark = pytest.mark.django_db

State = Booking.State
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def counsellor():
    return make_counsellor()


@pytest.fixture
def user(counsellor):
    return counsellor.user


def read(booking):
    return Booking.objects.get(pk=booking.pk)


@pytest.mark.parametrize("word", ["venu", "excuse", "absent"])
def test_a_tap_is_noted_with_who_and_when(user, word):
    booking, now = make_booking(make_session_of_today()), timezone.now()

    attendance.mark(booking, word, by=user, now=now)

    kept = read(booking)
    assert (kept.attendance, kept.attended_by, kept.attended_at) == (word, user, now)


def test_another_tap_takes_it_back(user):
    booking = make_booking(make_session_of_today(), attendance="venu", attended_by=user, attended_at=timezone.now())

    attendance.mark(booking, "", by=user)

    kept = read(booking)
    assert (kept.attendance, kept.attended_by, kept.attended_at) == ("", None, None)


def test_the_same_tap_twice_is_one(user):
    booking, now = make_booking(make_session_of_today()), timezone.now()
    attendance.mark(booking, "venu", by=user, now=now)

    attendance.mark(booking, "venu", by=make_counsellor().user, now=now + MINUTE)

    assert (read(booking).attended_by, read(booking).attended_at) == (user, now)


def test_a_word_that_is_none_is_refused(user):
    booking = make_booking(make_session_of_today())

    with pytest.raises(ValidationError, match="Notez présent"):
        attendance.mark(booking, "peut-être", by=user)
    assert read(booking).attendance == ""


@pytest.mark.parametrize(("before", "is_open"), [(HOUR * 2 + MINUTE, False), (HOUR * 2, True), (-HOUR * 50, True)])
def test_the_sheet_opens_two_hours_before(user, before, is_open):
    session = make_session()
    booking, now = make_booking(session), session.starts_at - before

    assert attendance.is_open(session, now) is is_open
    if is_open:
        attendance.mark(booking, "venu", by=user, now=now)
    else:
        with pytest.raises(ValidationError, match="deux heures avant"):
            attendance.mark(booking, "venu", by=user, now=now)
    assert read(booking).attendance == ("venu" if is_open else "")


def test_a_cancelled_meeting_has_no_sheet(user):
    session = make_session_of_today(cancelled_at=timezone.now())
    booking = make_booking(session)

    with pytest.raises(ValidationError, match="annulée"):
        attendance.mark(booking, "venu", by=user)
    with pytest.raises(ValidationError, match="annulée"):
        attendance.close(session, by=user, now=session.ends_at + HOUR)
    assert not attendance.is_open(session, timezone.now())
    assert read(booking).attendance == ""


@pytest.mark.parametrize("state", [State.HELD, State.OFFERED])
def test_who_comes_while_a_seat_is_held_for_them_has_it(user, state):
    booking = make_booking(make_session_of_today(), state=state)

    attendance.mark(booking, "venu", by=user)

    kept = read(booking)
    assert (kept.state, kept.is_walk_in, kept.attendance) == (State.CONFIRMED, False, "venu")


@pytest.mark.parametrize("state", [State.WAITING, State.CANCELLED, State.LAPSED])
def test_who_comes_without_a_seat_takes_nobody_s(user, state):
    session = make_session_of_today(seats=1)
    taken = make_booking(session)
    booking = make_booking(session, state=state, ended_at=timezone.now() if state != State.WAITING else None)

    attendance.mark(booking, "venu", by=user)

    kept = read(booking)
    assert (kept.state, kept.is_walk_in, kept.attendance, kept.ended_at) == (State.CONFIRMED, True, "venu", None)
    assert list(session.bookings.taking_a_seat()) == [taken]


def test_a_hold_whose_time_is_over_holds_nothing(user):
    session = make_session_of_today(seats=1)
    booking = make_booking(session, state=State.HELD, held_until=timezone.now() - MINUTE)
    make_booking(session, state=State.CANCELLED)

    attendance.mark(booking, "venu", by=user)

    assert read(booking).is_walk_in


def test_somebody_has_one_line_only(user):
    session = make_session_of_today()
    make_booking(session, email="nour@example.org")
    former = make_booking(session, email="nour@example.org", state=State.CANCELLED)

    with pytest.raises(ValidationError, match="une autre place"):
        attendance.mark(former, "venu", by=user)
    assert read(former).state == State.CANCELLED


@pytest.mark.parametrize("word", ["excuse", "absent"])
def test_who_had_no_place_is_not_absent(user, word):
    booking = make_booking(make_session_of_today(), state=State.WAITING)

    with pytest.raises(ValidationError, match="pas de place confirmée"):
        attendance.mark(booking, word, by=user)


def test_a_name_that_was_erased_is_not_noted(user):
    nobody = {"first_name": "", "last_name": "", "email": "", "anonymised_at": timezone.now()}
    booking = make_booking(make_session_of_today(), **nobody)

    with pytest.raises(ValidationError, match="effacé"):
        attendance.mark(booking, "venu", by=user)


def test_a_closed_sheet_is_written_on_no_more_until_it_is_opened_again(user):
    session = make_session_over()
    booking = make_booking(session)
    attendance.close(session, by=user)

    with pytest.raises(ValidationError, match="Rouvrez-la"):
        attendance.mark(booking, "venu", by=user)
    attendance.reopen(session, by=user)
    attendance.mark(booking, "venu", by=user)

    assert read(booking).attendance == "venu"


def test_who_is_not_noted_is_absent_once_the_sheet_is_closed(user):
    session, now = make_session_over(), timezone.now()
    unknown, excused = make_booking(session), make_booking(session, attendance="excuse")
    waiting = make_booking(session, state=State.WAITING)

    attendance.close(session, by=user, now=now)

    assert (read(unknown).attendance, read(unknown).attended_by, read(unknown).attended_at) == ("absent", user, now)
    assert [read(excused).attendance, read(waiting).attendance] == ["excuse", ""]
    assert Meeting.objects.get(pk=session.pk).sheet_closed_at == now


def test_closing_waits_for_the_end(user):
    session = make_session_of_today()
    booking = make_booking(session, attendance="venu")

    with pytest.raises(ValidationError, match="La réunion finit"):
        attendance.close(session, by=user, now=session.ends_at - MINUTE)
    assert read(booking).invited_at is None
    assert not Notice.objects.exists()

    attendance.close(session, by=user, now=session.ends_at)
    assert read(booking).invited_at == session.ends_at


def test_those_who_came_are_written_to_once(user):
    session = make_session_over()
    came = make_booking(session, attendance="venu", email="nour@example.org")
    make_booking(session, attendance="absent")

    assert attendance.close(session, by=user) == 1
    attendance.reopen(session, by=user)
    assert attendance.close(session, by=user) == 0

    [notice] = Notice.objects.all()
    assert (notice.about, notice.recipient) == (came.reference, "nour@example.org")


def test_who_is_noted_after_a_reopening_is_written_to_then(user):
    session = make_session_over()
    booking = make_booking(session)
    attendance.close(session, by=user)
    attendance.reopen(session, by=user)
    attendance.mark(booking, "venu", by=user)

    assert attendance.close(session, by=user) == 1
    assert Notice.objects.get().about == booking.reference


def test_closing_twice_closes_once(user):
    session, now = make_session_over(), timezone.now()
    make_booking(session, attendance="venu")
    attendance.close(session, by=user, now=now)

    assert attendance.close(session, by=user, now=now + HOUR) == 0
    assert Meeting.objects.get(pk=session.pk).sheet_closed_at == now
    assert ModelLogEntry.objects.filter(action="events.close_sheet").count() == 1


def test_opening_an_open_sheet_changes_nothing(user):
    attendance.reopen(make_session_over(), by=user)

    assert not ModelLogEntry.objects.filter(action="events.reopen_sheet").exists()


def test_a_members_event_leads_to_no_diagnostic(user):
    session = make_session_over(kind=Kind.WORKSHOP)
    booking = make_booking(session, member=make_member(), attendance="venu")

    assert attendance.close(session, by=user) == 0
    assert read(booking).invited_at is None


def test_the_log_says_who_closed_and_names_nobody(user):
    session = make_session_over()
    make_booking(session, last_name="Introuvable")
    attendance.close(session, by=user)
    attendance.reopen(session, by=user)

    lines = ModelLogEntry.objects.filter(action__startswith="events.").order_by("pk")
    assert [(line.action, line.user) for line in lines] == [
        ("events.close_sheet", user),
        ("events.reopen_sheet", user),
    ]
    assert {line.label for line in lines} == {f"réunion {session.reference}"}


def test_a_counsellor_takes_a_meeting_and_the_log_says_so(counsellor):
    session = make_session(host=make_counsellor())

    hosting.take(session, by=counsellor.user)
    hosting.take(session, by=counsellor.user)

    assert Meeting.objects.get(pk=session.pk).host == counsellor
    assert hosting.is_host(counsellor.user, session)
    [line] = ModelLogEntry.objects.filter(action="events.host")
    assert (line.user, line.label) == (counsellor.user, f"réunion {session.reference}")


def test_what_counsellors_do_is_in_the_history_that_editors_read(counsellor):
    for thing in (make_session(), make_event()):
        hosting.take(thing, by=counsellor.user)

        assert [line.action for line in ModelLogEntry.objects.for_instance(thing)] == ["events.host"]


def test_taking_a_meeting_changes_no_calendar(counsellor):
    session = make_session()

    hosting.take(session, by=counsellor.user)

    assert Meeting.objects.get(pk=session.pk).sequence == session.sequence


def test_only_an_active_counsellor_takes_a_meeting():
    former = make_counsellor(ends_on=timezone.localdate() - timedelta(days=1))
    session = make_session()

    with pytest.raises(PermissionDenied):
        hosting.take(session, by=former.user)
    assert Meeting.objects.get(pk=session.pk).host is None
