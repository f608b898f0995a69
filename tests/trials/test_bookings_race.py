"""Many people ask for the same few seats at the same moment, on the server as it runs online, with PostgreSQL."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from statistics import quantiles
from threading import Barrier
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from events import bookings, links
from events.models import Booking, Meeting
from tests.events.asking import State, asked
from tests.events.test_bookings_at_once import at_once, kinds
from tests.factories import make_session
from tests.keys import key_file
from tests.notices.smtp import free_port
from tests.pace import slowness

pytestmark = [
    pytest.mark.trial,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite runs one writing transaction at a time"),
]

PEOPLE, SEATS, FROM_ONE_NETWORK = 500, 20, 50
SECRET = "x" * 32  # what a browser keeps for the site, and its forms send back
TOGETHER = 4
LONGEST = 0.3  # seconds


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str | None


class Server:
    """The site as `deploy/actess-web.service` starts it, on the database of the test."""

    def __init__(self, folder):
        self.port = free_port()
        database = connection.settings_dict
        at = f"{database['HOST'] or '127.0.0.1'}:{database['PORT'] or 5432}"
        user = ":".join(filter(None, [database["USER"], database["PASSWORD"]]))
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "actess.settings.production",
            "ACTESS_DATA": str(folder),
            "DATABASE_URL": f"postgres://{user}@{at}/{database['NAME']}",
            "SECRET_KEY": settings.SECRET_KEY,
            "ALLOWED_HOSTS": "localhost",
            "BASE_URL": "https://localhost",
            "PASSPORT_KEY_FILE": key_file(),
        }

    def __enter__(self):
        command = [str(Path(sys.executable).parent / "gunicorn"), "actess.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
        self.process = subprocess.Popen(
            [*command, "--timeout", "60", "--log-level", "error"],
            env=self.environment,
            cwd=settings.ROOT,
            stderr=subprocess.DEVNULL,
        )
        limit = time.monotonic() + 60
        while not self.answers():
            assert time.monotonic() < limit, "the site did not start"
            time.sleep(0.2)
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.wait(20)

    def answers(self):
        try:
            return self.ask("GET", "/favicon.ico") > 0
        except (OSError, HTTPException):
            return False

    def ask(self, method, path, fields=None, network=1, session=""):
        """The status; a site that is cut off in the middle raises."""
        return self.answer(method, path, fields, network, session).status

    def answer(self, method, path, fields=None, network=1, session=""):
        """The status, the words, and where it leads."""
        with self.sent(method, path, fields, network, session) as line:
            found = line.getresponse()
            return Answer(found.status, found.read().decode(errors="replace"), found.headers["Location"])

    @contextmanager
    def sent(self, method, path, fields=None, network=1, session=""):
        """Asked, and not yet answered."""
        headers = {
            "Host": "localhost",
            "Origin": "https://localhost",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"198.51.100.{network}",
            "Cookie": f"csrftoken={SECRET}; sessionid={session}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Connection": "close",
        }
        line = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            line.request(method, path, urlencode({"csrfmiddlewaretoken": SECRET} | (fields or {})), headers)
            yield line
        finally:
            line.close()

    def workers(self):
        return [
            int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]


@pytest.fixture
def server(tmp_path):
    with Server(tmp_path) as site:
        yield site


def form(number, token=""):
    return {
        "first_name": "Nour",
        "last_name": f"Belkacem {number}",
        "email": f"nour{number}@example.org",
        "consent": "on",
        "form_token": token or str(uuid4()),
    }


def seconds_at(times, part):
    return quantiles(times, n=100)[part - 1]


def everybody(ask_once):
    """All at once: what each gave, the seconds that each waited, and the seconds of all."""
    barrier, times = Barrier(PEOPLE), [0.0] * PEOPLE

    def ask(number):
        barrier.wait(timeout=60)
        started = time.monotonic()
        try:
            return ask_once(number)
        finally:
            times[number] = time.monotonic() - started

    started = time.monotonic()
    with ThreadPoolExecutor(PEOPLE) as threads:
        answers = list(threads.map(ask, range(PEOPLE)))
    return answers, times, time.monotonic() - started


def check_order(session):
    """Numbers without gap or double, in the order in which rows came, and the seats to the first."""
    rows = list(Booking.objects.filter(session=session).order_by("pk").values_list("number", "state"))
    assert [number for number, _state in rows] == list(range(1, PEOPLE + 1))
    assert [state for _number, state in rows] == [State.HELD] * SEATS + [State.WAITING] * (PEOPLE - SEATS)


def test_five_hundred_people_ask_for_twenty_seats(server, tell):
    session = make_session(seats=SEATS)
    path = reverse("book_session", args=[session.reference])

    answers, times, total = everybody(
        lambda number: server.ask("POST", path, form(number), network=number // FROM_ONE_NETWORK)
    )

    assert set(answers) == {302}
    check_order(session)
    held = Booking.objects.filter(session=session, state=State.HELD)
    confirmed = {server.ask("POST", reverse("booking_confirm", args=[links.token_of(booking)])) for booking in held}
    assert confirmed == {302}
    ended = Counter(Booking.objects.filter(session=session).values_list("state", flat=True))
    assert ended == {State.CONFIRMED: SEATS, State.WAITING: PEOPLE - SEATS}
    assert Meeting.objects.get(pk=session.pk).is_full
    p50, p95 = seconds_at(times, 50), seconds_at(times, 95)
    tell(f"bookings: {PEOPLE} at once for {SEATS} seats in {total:.1f} s, p50 {p50:.1f} s, p95 {p95:.1f} s, no error")


def test_nobody_is_lost_or_doubled_when_the_workers_are_killed(server, tell):
    session, tokens = make_session(seats=SEATS), [str(uuid4()) for _ in range(PEOPLE)]
    path = reverse("book_session", args=[session.reference])
    done, killed, cut = threading.Semaphore(0), [], []

    def kill_in_the_middle():
        for _answer in range(PEOPLE // 4):
            done.acquire()
        for pid in server.workers():
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    def until_acknowledged(number):
        for _time in range(100):
            try:
                status = server.ask("POST", path, form(number, tokens[number]), network=number // FROM_ONE_NETWORK)
            except (OSError, HTTPException) as broken:
                cut.append(type(broken).__name__)
                time.sleep(0.2)
                continue
            done.release()
            return status
        raise AssertionError("never acknowledged")

    killer = threading.Thread(target=kill_in_the_middle)
    killer.start()
    answers, _times, total = everybody(until_acknowledged)
    killer.join(10)

    assert (len(killed), set(answers)) == (2, {302})
    assert cut, "nobody was cut off"
    check_order(session)
    assert Booking.objects.values("email").distinct().count() == PEOPLE
    tell(f"bookings: two workers killed among {PEOPLE} people, {len(cut)} cut off, all there once after {total:.1f} s")


def fifty_people(action, *, pause):
    """The seconds that each booking took; each person pauses between two, and they do not all come at once."""
    people, stop, times = 50, time.monotonic() + 20 * pause, []

    def live(number):
        time.sleep(pause * number / people)
        while time.monotonic() < stop:
            started = time.monotonic()
            action()
            times.append(time.monotonic() - started)
            time.sleep(pause)

    with ThreadPoolExecutor(people) as threads:
        list(threads.map(live, range(people)))
    return times


def test_fifty_people_at_once_wait_for_nothing(server, tell):
    """In one of ten sessions; up to three times, for the machine may do something else meanwhile."""
    paths = [reverse("book_session", args=[make_session(seats=40).reference]) for _number in range(10)]
    people, answers, p95 = count(), [], 1.0

    def book():
        number = next(people)
        answers.append(server.ask("POST", paths[number % 10], form(number), network=number // FROM_ONE_NETWORK))

    for _path in paths:
        book()
    for _time in range(3):
        if p95 > LONGEST:
            # Where everything is twice as slow, people too: as many at once, and as much for each.
            pause = slowness()
            times = fifty_people(book, pause=pause)
            p50, p95 = (seconds_at(times, percent) / pause for percent in (50, 95))
            said = f"{len(times)} bookings, p50 {p50:.3f} s, p95 {p95:.3f} s"
            tell(f"bookings: 50 people who pause for {pause:.1f} s, {said}")

    assert set(answers) == {302}
    assert p95 <= LONGEST


# Two or more of the same person, at the same moment


def test_one_mailbox_asked_for_by_several_has_one_place():
    session = make_session()

    answers = at_once([lambda: bookings.book(session, asked())] * TOGETHER)

    assert kinds(answers) == ["AlreadyBookedError"] * (TOGETHER - 1) + ["Booking"]
    assert Booking.objects.count() == 1


def test_one_form_sent_several_times_books_once():
    session, token = make_session(), uuid4()

    answers = at_once([lambda: bookings.book(session, asked(), form_token=token)] * TOGETHER)

    assert answers == [Booking.objects.get()] * TOGETHER


def test_two_who_change_places_do_not_wait_for_each_other_for_ever():
    here, there = make_session(seats=2), make_session(seats=2)
    one = bookings.confirm(bookings.book(here, asked("one")))
    two = bookings.confirm(bookings.book(there, asked("two")))

    answers = at_once([lambda: bookings.move(one, to=there), lambda: bookings.move(two, to=here)])

    assert kinds(answers) == ["Booking", "Booking"]
    assert {(booking.session_id, booking.email) for booking in Booking.objects.live()} == {
        (there.pk, "one@example.org"),
        (here.pk, "two@example.org"),
    }


def test_an_offer_accepted_while_it_is_put_away_has_one_end():
    session = make_session(seats=1)
    there = bookings.confirm(bookings.book(session, asked("p0")))
    first, second = bookings.book(session, asked("p1")), bookings.book(session, asked("p2"))
    bookings.cancel(there)
    first.refresh_from_db()
    end = first.offered_until

    at_once([lambda: bookings.accept(first, end - timedelta(seconds=1)), lambda: bookings.settle_due(end)])

    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, second.state) in {(State.CONFIRMED, State.WAITING), (State.LAPSED, State.OFFERED)}
    assert session.bookings.taking_a_seat().count() == 1
