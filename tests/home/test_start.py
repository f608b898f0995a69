"""`manage.py start` as a person runs it: a process, a worker, an embedded database."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from home.demo.accounts import ACCOUNTS
from tests.pace import slowness

pytestmark = pytest.mark.trial

# Of the machine that bounds were set on.
SECONDS_FOR_A_FIRST_START = 120
SECONDS_FOR_A_SECOND_START = 10


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The data folder of a site that has been started once."""
    folder = tmp_path_factory.mktemp("site")
    with started(folder, within=SECONDS_FOR_A_FIRST_START):
        pass
    return folder


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def started(folder, *, within):
    """A running site: its process, its address, and what it says, in a file."""
    limit = within * slowness()
    address = f"http://127.0.0.1:{(port := free_port())}/"
    environment = os.environ | {
        "ACTESS_DATA": str(folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "actess.settings.development",
        "PYTHONUNBUFFERED": "1",
    }
    said = folder / "said.txt"
    with said.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start", "--port", str(port)],
            cwd=settings.ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        until(lambda: answers(address) or process.poll() is not None, seconds=limit)
        assert process.poll() is None, said.read_text()
        yield process, address, said
    finally:
        process.terminate()
        process.wait(15)


def until(condition, *, seconds):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"not within {seconds} s"
        time.sleep(0.1)


def answers(address):
    try:
        with closing(HTTPConnection(urlsplit(address).netloc, timeout=30)) as asking:
            asking.request("GET", "/")
            return asking.getresponse().status == HTTPStatus.OK
    except ConnectionError:
        return False


def worker_of(process):
    """The process ids of the children that work."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(child) for child in children if b"work" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")]


def is_alive(pid):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_second_start_is_ready_soon_and_says_where_everything_is(data):
    with started(data, within=SECONDS_FOR_A_SECOND_START) as (_process, address, said):
        text = said.read_text()

    port = address.rsplit(":", 1)[1]
    for path in ("", "gestion/", "courrier/"):
        assert f"http://localhost:{port}{path}" in text
    for account in ACCOUNTS:
        assert account.email in text
        assert account.password in text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_the_worker_ends_with_the_site_however_it_ends(data, number):
    with started(data, within=SECONDS_FOR_A_SECOND_START) as (process, _address, _said):
        [worker] = worker_of(process)

        process.send_signal(number)

        process.wait(15)
        until(lambda: not is_alive(worker), seconds=15)


def test_a_port_that_is_taken_is_said_to_be(data):
    with started(data, within=SECONDS_FOR_A_SECOND_START) as (_process, address, _said):
        port = address.strip("/").rsplit(":", 1)[1]
        command = [sys.executable, "manage.py", "start", "--port", port]
        environment = os.environ | {"ACTESS_DATA": str(data), "DATABASE_URL": ""}

        second = subprocess.run(
            command,
            cwd=settings.ROOT,
            env=environment | {"DJANGO_SETTINGS_MODULE": "actess.settings.development"},
            check=False,
            capture_output=True,
            text=True,
        )

    assert second.returncode == 1
    assert f"Port {port}" in second.stderr
    assert "PORT=" in second.stderr
