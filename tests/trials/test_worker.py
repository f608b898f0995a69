"""The worker as it runs online, killed in the middle of its work: what it was doing is done, once."""

import json
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from django.conf import settings

from tests.notices.smtp import MailServer
from tests.trials.site_online import make_site, run

pytestmark = pytest.mark.trial
ERRANDS = """
import django, json
django.setup()
from errands.models import Errand
print(json.dumps(list(Errand.objects.order_by("pk").values("kind", "attempts", "deaths", "error"))))
print(Errand.objects.filter(done_at__isnull=False).count(), Errand.objects.filter(leased_until__isnull=False).count())
"""
FIFTY = """
import django
django.setup()
from notices import outbox
for number in range(50):
    outbox.put(kind="trial", to=f"p{number}@example.org", template="trial")
"""
TWO_MINUTES_LATER = """
import django
django.setup()
from django.utils import timezone
from errands.models import Errand
Errand.objects.filter(leased_until__isnull=False).update(leased_until=timezone.now())
"""


@pytest.fixture
def online(tmp_path):
    return make_site(tmp_path)


def errands(environment):
    rows, counts = run(environment, "-c", ERRANDS).splitlines()
    done, leased = map(int, counts.split())
    return json.loads(rows), done, leased


@contextmanager
def workers(environment, number=1):
    started = [
        subprocess.Popen(
            [sys.executable, "manage.py", "work"], env=environment, cwd=settings.ROOT, stderr=subprocess.DEVNULL
        )
        for _ in range(number)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait(10)


class SilentServer:
    """A mail server that answers nobody: whoever speaks to it waits."""

    def __init__(self, port):
        self.reached = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", port))
        self._held = []
        threading.Thread(target=self._hold, daemon=True).start()

    def _hold(self):
        while True:
            try:
                self._held.append(self._listening.accept()[0])
            except OSError:
                return
            self.reached.set()

    def close(self):
        self._listening.shutdown(socket.SHUT_RDWR)
        for connection in (*self._held, self._listening):
            connection.close()


def until(condition, seconds):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"not within {seconds} s"
        time.sleep(0.2)


def test_what_a_killed_worker_was_doing_is_done_by_another_once(online, tell):
    port = int(online["EMAIL_PORT"])
    silent = SilentServer(port)
    run(online, "manage.py", "try_mail", "ada@example.org")

    with workers(online) as [worker]:
        assert silent.reached.wait(60)
        worker.kill()
        worker.wait(10)
    silent.close()
    [left], done, leased = errands(online)
    assert (left["attempts"], done, leased) == (1, 0, 1)
    run(online, "-c", TWO_MINUTES_LATER)
    with MailServer(port) as server, workers(online, 2):
        until(lambda: server.mails, seconds=90)
        time.sleep(5)

    [errand], done, leased = errands(online)
    assert [mail["To"] for mail in server.mails] == ["ada@example.org"]
    assert (errand["deaths"], done, leased) == (1, 1, 0)
    tell("worker: killed in the middle of a message, taken up by one of two others, one mail")


def test_two_workers_do_fifty_errands_once_each(online, tell):
    run(online, "-c", FIFTY)

    with MailServer(int(online["EMAIL_PORT"])) as server, workers(online, 2):
        until(lambda: len(server.mails) >= 50, seconds=120)
        time.sleep(5)

    recipients = [mail["To"] for mail in server.mails]
    rows, done, leased = errands(online)
    assert len(recipients) == len(set(recipients)) == 50
    assert (len(rows), done, leased) == (50, 50, 0)
    tell("worker: two workers, 50 errands, 50 mails")
