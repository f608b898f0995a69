"""Nothing says whether an address has an account: the same words, status, cookies and time."""

import re
from statistics import median
from time import thread_time

import pytest
from django.core.cache import cache
from django.test import Client

from notices.models import Notice
from tests.accounts.doors import (
    ASK_CODE,
    LOGIN,
    RESET,
    TYPE_CODE,
    TYPE_RESET_CODE,
    make_account,
)

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN, CLOSED = "awa@example.org", "bob@example.org", "eve@example.org"
# As a site online: what hashing costs is part of the answer's time.
COSTLY_HASHER = ["tests.accounts.hashers.CostlyHasher"]
SAME_WITHIN = 0.05
ONE_TIME = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|[a-z]+@example\.org')

DOORS = {
    "login": [(LOGIN, {"login": None, "password": "only-for-strangers"})],
    "code": [(ASK_CODE, {"email": None}), (TYPE_CODE, {"code": "000-000-000"})],
    "forgotten password": [(RESET, {"email": None}), (TYPE_RESET_CODE, {"code": "000-000-000"})],
}
each_door = pytest.mark.parametrize("door", DOORS)


def knock(door, email):
    """What each step of the door answers, then shows."""
    browser = Client()
    seen = []
    for path, typed in DOORS[door]:
        answer = browser.post(path, {name: value or email for name, value in typed.items()})
        seen.append((answer.status_code, answer.headers.get("Location"), sorted(answer.cookies), plain(answer)))
        shown = browser.get(answer.headers.get("Location", path))
        seen.append((shown.status_code, plain(shown)))
    return seen


def plain(answer):
    return ONE_TIME.sub("", answer.text)


@each_door
def test_an_answer_is_the_same_for_everybody(door):
    make_account(KNOWN)
    make_account(CLOSED, is_active=False)

    known = knock(door, KNOWN)

    assert knock(door, UNKNOWN) == known
    assert knock(door, CLOSED) == known


@each_door
def test_an_answer_takes_the_same_time_for_everybody(door, settings):
    settings.PASSWORD_HASHERS = COSTLY_HASHER
    make_account(KNOWN)
    path, typed = DOORS[door][0]
    browsers = {email: Client() for email in (KNOWN, UNKNOWN)}
    times = {KNOWN: [], UNKNOWN: []}

    for _ in range(6):
        for email, taken in times.items():
            cache.clear()
            start = thread_time()  # its own work: the machine may be busy with something else
            browsers[email].post(path, {name: value or email for name, value in typed.items()})
            taken.append(thread_time() - start)

    # The first request of each fills what is kept for the others.
    assert abs(median(times[KNOWN][1:]) - median(times[UNKNOWN][1:])) < SAME_WITHIN


@each_door
def test_being_slowed_is_the_same_for_everybody(door):
    make_account(KNOWN)

    assert slowed(door, KNOWN) == slowed(door, UNKNOWN)


def slowed(door, email):
    cache.clear()
    path, typed = DOORS[door][0]
    answers = [Client().post(path, {name: value or email for name, value in typed.items()}) for _ in range(8)]
    return [(answer.status_code, plain(answer)) for answer in answers]


def test_a_stranger_receives_nothing():
    for door in DOORS:
        knock(door, UNKNOWN)

    assert not Notice.objects.exists()
