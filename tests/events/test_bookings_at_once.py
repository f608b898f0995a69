"""What is asked for at the same moment, on a server that does it at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from events import bookings, seats
from events.bookings import AlreadyBookedError
from events.models import Booking, Meeting
from spaces.erasure import erase
from spaces.models import Erasure
from spaces.personal_data import Person
from tests.events.asking import State, asked
from tests.events.factories import make_event
from tests.factories import make_session, make_user
from tests.people import make_member

TOGETHER = 4
WAITING = """
SELECT count(*) FROM pg_locks WHERE NOT granted
AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())
"""
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite runs one writing transaction at a time"),
]


def at_once(actions):
    """What each gave, or the refusal that it raised."""
    barrier = Barrier(len(actions))

    def run(action):
        barrier.wait(timeout=10)
        try:
            return action()
        except (AlreadyBookedError, ValidationError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


def kinds(answers):
    return sorted(type(answer).__name__ for answer in answers)


def test_the_last_seat_goes_to_one():
    session = make_session(seats=1)

    at_once([lambda n=n: bookings.book(session, asked(f"p{n}")) for n in range(TOGETHER)])

    found = Booking.objects.order_by("number").values_list("number", "state")
    assert list(found) == [(1, State.HELD), (2, State.WAITING), (3, State.WAITING), (4, State.WAITING)]
    assert Meeting.objects.get(pk=session.pk).is_full


def test_one_form_sent_to_two_sessions_books_in_one():
    """The second finds nothing, writes its row, and waits for the end of the first."""
    here, there, token = make_session(), make_session(), uuid4()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            bookings.book(here, asked(), form_token=token)
            second = threads.submit(at_once, [lambda: bookings.book(there, asked(), form_token=token)])
            until_somebody_waits()
        [refusal] = second.result(timeout=10)

    assert refusal.code == "other_session"
    assert Booking.objects.get().session_id == here.pk


def test_who_is_erased_while_their_place_is_cancelled_is_erased():
    member, event = make_member(), make_event()
    place = bookings.book_member(event, member, by=member.user)

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic(), seats.locked(event):
            second = threads.submit(at_once, [lambda: erase(Person(member.user, member), why=Erasure.Why.ASKED)])
            until_somebody_waits()
            bookings.cancel(place)
        second.result(timeout=10)

    place.refresh_from_db()
    assert (place.state, place.member) == (State.CANCELLED, None)


def test_who_is_being_erased_gets_no_place():
    member, event, staff = make_member(account=False), make_event(), make_user()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            erase(Person(None, member), why=Erasure.Why.ASKED)
            second = threads.submit(at_once, [lambda: bookings.book_member(event, member, by=staff)])
            until_somebody_waits()
        [refusal] = second.result(timeout=10)

    assert refusal.code == "erased"
    assert not Booking.objects.exists()


def until_somebody_waits():
    """A transaction sees the backends of its first look, unless it asks for another."""
    for _time in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")
