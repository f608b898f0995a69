"""Many people sign at the same moment, on the server as it runs online, with PostgreSQL: nothing is spent twice."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from http.client import HTTPException
from itertools import islice
from threading import Barrier
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import Referent
from passport import ledger, verification
from passport.balances import balance
from passport.models import Cheque, Entry, Passport
from tests.logins import CompleteLogin
from tests.passport.factories import MEANS, counsellor_of, make_passport, make_signed, visit
from tests.people import make_counsellor, make_referent
from tests.trials.test_bookings_race import Server

pytestmark = [
    pytest.mark.trial,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite runs one writing transaction at a time"),
]

DAY = timedelta(days=1)
TOGETHER, MEMBERS, OF_EACH = 50, 20, 3
KEPT = ("kind", "key", "day", "hour", "place", "what")


@pytest.fixture
def server(tmp_path):
    with Server(tmp_path) as site:
        yield site


@pytest.fixture(scope="module")
def styles(tmp_path_factory, django_db_setup):
    """What pages need besides the database."""
    folder = tmp_path_factory.mktemp("styles")
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, cwd=settings.ROOT, env=Server(folder).environment, check=True)
    return folder / "static"


@pytest.fixture
def server_of_pages(tmp_path, styles):
    (tmp_path / "static").symlink_to(styles)
    with Server(tmp_path) as site:
        yield site


def make_present(**fields):
    """Open since twenty days: what it says is so now."""
    now = timezone.now()
    return make_passport(starts_on=timezone.localdate(now) - 20 * DAY, now=now - 20 * DAY, **fields)


def today():
    return timezone.localdate()


def session_of(member):
    """A member or a counsellor who has just shown their password."""
    client = CompleteLogin()
    client.force_login(member.user)
    kept = client.session
    kept["account_authentication_methods"] = [{"method": "password", "at": time.time(), "email": member.user.email}]
    kept["account_authentication_methods_user"] = str(member.user.pk)
    kept.save()
    return client.cookies["sessionid"].value


def at_once(actions):
    """What each gave, or the refusal that it raised."""
    barrier = Barrier(len(actions))

    def run(action):
        try:
            barrier.wait(timeout=60)
            return action()
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


def proposing(passport, number, *, counsellor=None, key=None):
    """One hour of its own, within the last seven days."""
    said = visit(day=today() - (1 + number // 10) * DAY, hour=8 + number % 10)
    writer, key = counsellor or counsellor_of(passport), key or uuid4()
    return lambda: ledger.propose(passport, said, counsellor=writer, key=key, means=MEANS)


def check_all(tell, told):
    report = verification.verify()
    assert report.broken == []
    tell(f"passports: {told}, {report.entries} entries as they were signed")


def with_one_hour_left():
    passport = make_present()
    for hour in (8, 12):
        make_signed(passport, day=today() - 6 * DAY, hour=hour, hours=2 if hour == 8 else 3)
    assert balance(passport)["rv"].free == 1
    return passport


def test_the_last_hour_is_proposed_once(tell):
    passport = with_one_hour_left()

    answers = at_once([proposing(passport, number) for number in range(TOGETHER)])

    accepted = [answer for answer in answers if isinstance(answer, Cheque)]
    assert len(accepted) == 1
    assert balance(passport)["rv"].free == 0
    assert {error.code for answer in answers if answer not in accepted for error in answer.error_dict["hours"]} == {
        "quota"
    }
    check_all(tell, f"{TOGETHER} visits proposed at once for one hour, one accepted")


def fields_of(page, **typed):
    """What a browser would send of a visit’s form, with `typed` in it."""
    found = dict.fromkeys(re.findall(r'<(?:input|select)[^>]* name="(\w+)"', page.text), "")
    for field in re.findall(r"<input[^>]*>", page.text):
        if (name := re.search(r' name="(\w+)"', field)) and (value := re.search(r' value="([^"]*)"', field)):
            found[name[1]] = unescape(value[1])
    assert typed.keys() <= found.keys(), f"no such field: {typed.keys() - found.keys()}"
    return found | typed | {"sign": "1"}


def forms(server, path, session):
    """Of as many visits as there are people, no two at the same time, each in a form of its own."""
    page = server.answer("GET", f"{path}?activite=rv", session=session)
    assert page.status == 200
    for number in range(TOGETHER):
        day, hour = today() - (1 + number // 10) * DAY, 8 + number % 10
        said = {"day": day.isoformat(), "hour": f"{hour:02}:00", "hours": "1", "what": f"Visite {number}"}
        yield fields_of(page, key=str(uuid4()), place=f"Salle {number}", **said)


def test_fifty_forms_at_once_sign_the_last_hour_once(server_of_pages, tell):
    """The counsellor’s page itself: who is refused reads why, beside what they typed."""
    passport = with_one_hour_left()
    path, session = reverse("visit_write", args=[passport.reference]), session_of(counsellor_of(passport))
    before = Cheque.objects.count()
    sent = list(forms(server_of_pages, path, session))

    answers = at_once([lambda form=form: server_of_pages.answer("POST", path, form, session=session) for form in sent])

    assert Counter(answer.status for answer in answers) == {302: 1, 200: TOGETHER - 1}
    [cheque] = Cheque.objects.filter(state=Cheque.State.PROPOSED)
    assert Cheque.objects.count() == before + 1
    for form, answer in zip(sent, answers, strict=True):
        if answer.status == 302:
            assert (answer.location, cheque.what) == (reverse("cheque_staff", args=[cheque.reference]), form["what"])
            continue
        assert "6 heures en tout, il n’en reste aucune" in answer.text
        kept = fields_of(answer)
        assert {name: kept[name] for name in KEPT} == {name: form[name] for name in KEPT}
    hours = balance(passport)["rv"]
    assert (hours.used, hours.proposed, hours.free) == (5, 1, 0)
    check_all(tell, f"{TOGETHER} forms of a counsellor sent at once for one hour, one signed, the others say why")


def hang_up(server, path, fields, session):
    """All is sent, and nobody waits for the answer."""
    with server.sent("POST", path, fields, session=session):
        pass


def wait_until(done):
    limit = time.monotonic() + 60
    while not done():
        assert time.monotonic() < limit, "what was sent was never done"
        time.sleep(0.05)


@pytest.mark.parametrize("is_awaited", [True, False], ids=["once it was done", "at once"])
def test_who_hung_up_and_sends_it_again_has_signed_once(server_of_pages, tell, is_awaited):
    """Both signatures: the counsellor’s, then the member’s."""
    server, passport = server_of_pages, make_present()
    writer, signer = session_of(counsellor_of(passport)), session_of(passport.member)
    path = reverse("visit_write", args=[passport.reference])

    for number, form in enumerate(islice(forms(server, path, writer), OF_EACH), start=1):
        rows = Cheque.objects.filter(key=form["key"])
        hang_up(server, path, form, writer)
        if is_awaited:
            wait_until(rows.exists)
        told = {server.answer("POST", path, form, session=writer).location for _time in range(2)}
        cheque = rows.get()
        assert told == {reverse("cheque_staff", args=[cheque.reference])}

        there = reverse("sign_cheque", args=[cheque.reference])
        hang_up(server, there, {}, signer)
        if is_awaited:
            wait_until(rows.filter(state=Cheque.State.SIGNED).exists)
        again = [server.answer("POST", there, session=signer) for _time in range(2)]
        assert {(answer.status, answer.location) for answer in again} == {(302, there)}
        assert Entry.objects.filter(act="visit").count() == Cheque.objects.count() == number

    assert (balance(passport)["rv"].used, balance(passport)["rv"].proposed) == (OF_EACH, 0)
    check_all(tell, f"{2 * OF_EACH} signatures whose sender hung up and came back, each there once")


def test_two_counsellors_do_not_both_have_the_last_hour():
    passport, stand_in = with_one_hour_left(), make_counsellor()
    make_referent(
        passport.member,
        stand_in,
        role=Referent.Role.STAND_IN,
        starts_at=timezone.now() - DAY,
        ends_at=timezone.now() + DAY,
    )

    answers = at_once([proposing(passport, 1), proposing(passport, 5, counsellor=stand_in)])

    assert sorted(type(answer).__name__ for answer in answers) == ["Cheque", "ValidationError"]


def test_one_form_sent_many_times_is_one_cheque():
    passport, key = make_present(), uuid4()

    answers = at_once([proposing(passport, 1, key=key) for _time in range(TOGETHER)])

    assert {answer.pk for answer in answers} == {Cheque.objects.get().pk}


def test_fifty_signatures_at_once_spend_one_visit(server, tell):
    passport = with_one_hour_left()
    cheque = proposing(passport, 1)()
    session, path = session_of(passport.member), reverse("sign_cheque", args=[cheque.reference])
    before = Entry.objects.count()

    answers = at_once([lambda: server.ask("POST", path, session=session)] * TOGETHER)

    assert set(answers) == {302}
    assert Entry.objects.count() == before + 1
    assert (balance(passport)["rv"].used, balance(passport)["rv"].free) == (6, 0)
    check_all(tell, f"{TOGETHER} signatures of one visit at once, one spent")


def signatures_that_wait():
    """The session and the page of each."""
    for _member in range(MEMBERS):
        passport = make_present()
        session = session_of(passport.member)
        for number in range(OF_EACH):
            yield session, reverse("sign_cheque", args=[proposing(passport, number)().reference])


class Killer(threading.Thread):
    """Twice in the middle, all the workers at once, with nothing said to them before."""

    def __init__(self, server, many):
        super().__init__()
        self.server, self.many, self.killed, self.cut = server, many, 0, 0
        self.done = threading.Semaphore(0)

    def run(self):
        for share in (4, 3):
            for _answer in range(self.many // share):
                self.done.acquire()
            for pid in self.server.workers():
                os.kill(pid, signal.SIGKILL)
                self.killed += 1

    def until_acknowledged(self, session, path):
        for _time in range(200):
            try:
                status = self.server.ask("POST", path, session=session)
            except (OSError, HTTPException):
                self.cut += 1
                time.sleep(0.2)
                continue
            self.done.release()
            return status
        raise AssertionError("never acknowledged")


def test_nothing_is_lost_or_half_signed_when_the_workers_are_killed(server, tell):
    waiting = list(signatures_that_wait())
    killer = Killer(server, len(waiting))
    killer.start()

    answers = at_once([lambda one=one: killer.until_acknowledged(*one) for one in waiting])
    killer.join(20)

    assert set(answers) == {302}
    assert killer.killed, "nobody was killed"
    assert Cheque.objects.filter(state=Cheque.State.SIGNED, entry__isnull=False).count() == len(waiting)
    assert Entry.objects.filter(act="visit").count() == len(waiting)
    assert all(balance(passport)["rv"].used == OF_EACH for passport in Passport.objects.all())
    told = f"{killer.killed} workers killed among {len(waiting)} signatures, {killer.cut} cut off, all there once"
    check_all(tell, told)


@contextmanager
def held(passport):
    """Somebody else writes in it, and takes their time."""
    begun, over = threading.Event(), threading.Event()

    def hold():
        with ledger.locked(passport):
            begun.set()
            over.wait(30)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait(10)
    try:
        yield
    finally:
        over.set()
        holder.join(10)


def test_who_waits_too_long_for_a_passport_is_asked_to_come_back(client):
    passport = make_present()
    cheque = proposing(passport, 1)()
    path = reverse("sign_cheque", args=[cheque.reference])
    client.cookies["sessionid"] = session_of(passport.member)

    start = time.monotonic()
    with held(passport):
        answer = client.post(path)

    assert 3 <= time.monotonic() - start <= 9
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert Cheque.objects.get(pk=cheque.pk).state == Cheque.State.PROPOSED
    assert client.post(path).status_code == 302
    assert Cheque.objects.get(pk=cheque.pk).state == Cheque.State.SIGNED
