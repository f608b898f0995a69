"""The mail server is away for an hour, as sites online are: places are taken all the same, and every word arrives."""

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress

import pytest
from django.conf import settings

from tests.notices.smtp import MailServer
from tests.trials.site_online import make_site, run, settings_of
from tests.trials.test_worker import SilentServer, until

pytestmark = pytest.mark.trial
MANY = 20
HOUR = 60
SESSION = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from association.models import Departement
from events.models import Meeting, Place
paris = Departement.objects.get_or_create(code="75", defaults={"name": "Paris", "locative": "à Paris"})[0]
place = Place.objects.create(name="Salle", address="3 rue du Port", postcode="75001", city="Paris", departement=paris)
start = timezone.now() + timedelta(days=30)
Meeting.objects.create(title="Réunion", starts_at=start, ends_at=start + timedelta(hours=2), place=place, seats=50,
                       publish_at=timezone.now() - timedelta(days=1))
"""
BOOK = """
import django, json, sys, time
django.setup()
from events import bookings
from events.models import Meeting
session, seconds = Meeting.objects.get(), []
for number in range(int(sys.argv[1]), int(sys.argv[2])):
    began = time.monotonic()
    asked = bookings.Asked(first_name="Ada", last_name=f"Numéro {number}", email=f"p{number}@example.org")
    booking = bookings.book(session, asked)
    booked = time.monotonic()
    bookings.confirm(booking)
    seconds.append([booked - began, time.monotonic() - booked])
# The first one of a process that has just started reads the templates.
print(json.dumps(seconds[1:]))
"""
# The clock of the site goes on: what waits for its time, and what a process that died was doing, is due.
LATER = """
import django, sys
django.setup()
from datetime import timedelta
from django.db.models import F
from django.utils import timezone
from errands.models import Errand
from notices.models import Notice
ago = timedelta(minutes=int(sys.argv[1]))
Errand.objects.pending().update(due_at=F("due_at") - ago, asked_at=F("asked_at") - ago)
Errand.objects.filter(leased_until__isnull=False).update(leased_until=F("leased_until") - ago)
Notice.objects.update(asked_at=F("asked_at") - ago)
"""
QUESTIONS = {
    "waiting": "SELECT count(*) FROM notices_notice WHERE sent_at IS NULL",
    "attempts": "SELECT coalesce(sum(attempts), 0) FROM errands_errand WHERE kind = 'notice' AND done_at IS NULL",
    "given_up": "SELECT count(*) FROM errands_errand WHERE given_up_at IS NOT NULL",
    "leased": "SELECT count(*) FROM errands_errand WHERE leased_until IS NOT NULL",
    "texts": "SELECT count(*) FROM notices_notice WHERE sent_at IS NOT NULL AND text || html || calendar <> ''",
}


class HoldingServer(MailServer):
    """Takes the message, and does not say so: whoever sent it cannot know."""

    def __init__(self, port):
        super().__init__(port)
        self.taken = threading.Event()

    def _read(self, stream):
        self.mails.append(super()._read(stream))
        self.taken.set()
        stream.readline()  # nothing, once whoever waits for an answer is gone
        raise ConnectionError

    def _talk(self, stream):
        with suppress(ConnectionError):
            super()._talk(stream)


@pytest.fixture(scope="module")
def with_a_session(tmp_path_factory):
    """The folder of a site online, with a session whose places are free."""
    folder = tmp_path_factory.mktemp("online")
    run(make_site(folder), "-c", SESSION)
    return folder


@pytest.fixture
def online(with_a_session, tmp_path):
    """The environment of such a site, on a database of its own."""
    shutil.copytree(with_a_session, tmp_path / "site")
    return settings_of(tmp_path / "site")


def state(environment):
    """Read beside the site, which is working."""
    with closing(sqlite3.connect(f"{environment['ACTESS_DATA']}/actess.sqlite3", timeout=20)) as database:
        return {name: database.execute(question).fetchone()[0] for name, question in QUESTIONS.items()}


@contextmanager
def worker(environment):
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work"], env=environment, cwd=settings.ROOT, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


@contextmanager
def nobody_there(_port):
    yield


@contextmanager
def silent(port):
    server = SilentServer(port)
    yield
    server.close()


@contextmanager
def busy(port):
    with MailServer(port, MAIL="451 later"):
        yield


@pytest.mark.parametrize("away", [nobody_there, silent, busy])
def test_places_are_taken_while_the_mail_server_is_away_and_each_word_arrives_once(online, away, tell):
    port = int(online["EMAIL_PORT"])
    seconds = []

    with away(port), worker(online):
        for part in range(2):
            timed = json.loads(run(online, "-c", BOOK, part * MANY // 2, (part + 1) * MANY // 2))
            seconds += [second for both in timed for second in both]
            until(lambda: state(online)["attempts"], seconds=60)
            run(online, "-c", LATER, HOUR // 2)
    waiting = state(online)["waiting"]
    run(online, "-c", LATER, HOUR)
    with MailServer(port) as server, worker(online):
        until(lambda: not state(online)["waiting"], seconds=120)
        time.sleep(2)

    sent = [(mail["To"], mail["Subject"].split(" : ")[0]) for mail in server.mails]
    subjects = ("Confirmez votre place", "Votre place est confirmée")
    assert max(seconds) < 1
    assert waiting == len(sent) == 2 * MANY
    assert sorted(sent) == sorted((f"p{number}@example.org", subject) for number in range(MANY) for subject in subjects)
    assert len({mail["Message-ID"] for mail in server.mails}) == len(sent)
    assert state(online) == dict.fromkeys(QUESTIONS, 0)
    tell(f"mail down ({away.__name__}): {MANY} places, {max(seconds):.2f} s at most, {len(sent)} mails, each once")


def test_a_worker_killed_once_the_server_has_the_message_makes_one_copy_that_is_known(online, tell):
    port = int(online["EMAIL_PORT"])
    run(online, "-c", BOOK, 0, 1)

    with HoldingServer(port) as holding, worker(online) as killed:
        assert holding.taken.wait(60)
        killed.kill()
        killed.wait(10)
    [first] = holding.mails
    run(online, "-c", LATER, HOUR)
    with MailServer(port) as server, worker(online):
        until(lambda: not state(online)["waiting"], seconds=90)
        time.sleep(2)

    known = [mail["Message-ID"] for mail in server.mails]
    assert len(known) == len(set(known)) == 2
    assert known.count(first["Message-ID"]) == 1
    tell("mail down: a worker killed between sending and writing, one second copy, under the same Message-ID")
