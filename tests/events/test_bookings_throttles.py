from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from events import throttles
from events.throttles import SlowDownError
from tests.events.asking import NOW, asked

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def nobody_asked_yet():
    cache.clear()


def ask(address="192.0.2.1", person=None, *, now=NOW):
    throttles.check(RequestFactory().post("/", REMOTE_ADDR=address), person or asked(), now)


def until_refused(attempts, ask_once):
    """How many were let through."""
    for number in range(attempts):
        try:
            ask_once(number)
        except SlowDownError:
            return number
    return attempts


def somebody(number):
    return asked(f"p{number}")


def test_a_job_centre_books_for_sixty_people_in_an_hour():
    assert until_refused(70, lambda number: ask(person=somebody(number))) == 60


def test_another_network_is_another_one():
    until_refused(70, lambda number: ask(person=somebody(number)))

    ask("192.0.2.2", somebody(99))


def test_one_home_is_one_network_whatever_address_it_takes():
    assert until_refused(70, lambda number: ask(f"2001:db8:0:1::{number:x}", somebody(number))) == 60
    ask("2001:db8:0:2::1", somebody(99))


def test_an_old_address_written_as_a_new_one_is_the_same():
    assert throttles.network("::ffff:192.0.2.1") == throttles.network("192.0.2.1")
    assert throttles.network("unix:") == throttles.network("") == ""


@pytest.mark.parametrize(
    "person",
    [
        lambda number: asked(email=["nour@example.org", "NOUR@example.org ", "Nour@Example.org"][number % 3]),
        lambda number: asked(telephone=["06 39 98 00 00", "+33639980000", "0033 6 39 98 00 00"][number % 3]),
    ],
)
def test_one_person_asks_eight_times_an_hour_from_wherever(person):
    assert until_refused(20, lambda number: ask(f"192.0.2.{number}", person(number))) == 8


def test_the_refusal_says_when_to_come_back():
    for minute in range(8):
        ask(now=NOW + minute * MINUTE)

    with pytest.raises(SlowDownError, match="Réessayez dans 50 minutes, ou appelez-nous"):
        ask(now=NOW + 10 * MINUTE)
    with pytest.raises(SlowDownError, match="Réessayez dans 1 minute,"):
        ask(now=NOW + 59 * MINUTE + timedelta(seconds=30))
    ask(now=NOW + 60 * MINUTE)


def test_what_was_refused_does_not_make_the_wait_longer():
    for _time in range(8):
        ask()
    until_refused(5, lambda _number: ask(now=NOW + 50 * MINUTE))

    ask(now=NOW + 60 * MINUTE)


def test_the_cache_holds_nobodys_address():
    kept = throttles._key("mailbox nour@example.org")

    assert "nour" not in kept
    assert kept != throttles._key("mailbox ada@example.org")
