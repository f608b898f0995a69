"""Several counsellors, or several taps of one, at the same moment: each thing is done once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import Invitation, Member, Referent
from events import attendance, kept_seats, people
from events.models import Booking, KeptSeats
from notices.models import Notice
from tests.events.factories import make_booking, make_session_of_today, make_session_over
from tests.factories import make_session
from tests.people import make_counsellor, make_organisation

pytestmark = pytest.mark.django_db(transaction=True)

TOGETHER = 4


@pytest.fixture(autouse=True)
def many_writers():
    if connection.vendor == "sqlite":
        pytest.skip("A database in memory has one writer.")


def at_once(act, given):
    """What each gave, or its refusal."""
    barrier = Barrier(len(given))

    def one(argument):
        try:
            barrier.wait(timeout=10)
            return act(argument)
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(given)) as threads:
        return list(threads.map(one, given))


def test_what_several_do_at_once_is_done_once():
    """One test for four things: what is left of it is taken away once."""
    one_space_is_made()
    a_sheet_is_closed_once()
    who_waits_is_let_in_once()
    no_more_seats_are_kept_than_there_are()


def one_space_is_made():
    user, booking = make_counsellor().user, make_booking(make_session_over(), attendance="venu")

    opened = at_once(lambda _number: people.open_space(booking, by=user), range(TOGETHER))

    assert len({each.member.pk for each in opened}) == 1
    assert [row.objects.count() for row in (Member, Referent, Invitation, Notice)] == [1, 1, 1, 1]


def a_sheet_is_closed_once():
    session = make_session_over()
    came = make_booking(session, attendance="venu")
    users = [make_counsellor().user for _ in range(TOGETHER)]

    invited = at_once(lambda user: attendance.close(session, by=user), users)

    assert sorted(invited) == [0, 0, 0, 1]
    assert Notice.objects.filter(about=came.reference).count() == 1


def who_waits_is_let_in_once():
    session = make_session_of_today(seats=1)
    make_booking(session)
    waiting = make_booking(session, state=Booking.State.WAITING)
    users = [make_counsellor().user for _ in range(TOGETHER)]

    at_once(lambda user: attendance.mark(waiting, "venu", by=user), users)

    kept = Booking.objects.get(pk=waiting.pk)
    assert (kept.state, kept.attendance, kept.is_walk_in) == (Booking.State.CONFIRMED, "venu", True)


def no_more_seats_are_kept_than_there_are():
    session, user = make_session(seats=5), make_counsellor().user
    bodies = [make_organisation(is_prescriber=True) for _ in range(TOGETHER)]
    day = timezone.localdate(session.starts_at)

    at_once(lambda body: kept_seats.keep(session, organisation=body, number=2, until=day, by=user), bodies)

    assert KeptSeats.objects.filter(session=session).count() == 2
