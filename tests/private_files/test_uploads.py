"""Files that arrive in pieces: resumed after a cut, taken once, nothing left of what is refused."""

import os
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home import upkeep
from pages.models import File
from private_files import uploads
from private_files.models import Upload
from tests.factories import make_user
from tests.private_files.clamav import EICAR, Scanner

pytestmark = pytest.mark.django_db
WHOLE = b"0123456789"
START = {"purpose": "test-film", "name": "Ma vidéo.mp4", "size": "10", "mark": "m"}
not_allowed = set()
taken = []


def take(user, upload):
    with uploads.received(upload) as file:
        content = file.read()
        if b"bad" in content:
            raise ValidationError("Ce n’est pas un film.")
        if b"bug" in content:
            raise ZeroDivisionError
        taken.append((user.pk, upload.name, upload.about, content, file.content_type))
        file.seek(0)
        document = File(title="x", file_size=file.size)
        document.file.save(upload.name, file, save=False)
        File.objects.bulk_create([document])
    return "/espace/"


def anyone(_user):
    return True


def keep_nothing(_user, _upload):
    return None


uploads.accepts("test-film", largest=1000, may=lambda user: user.pk not in not_allowed, finish=take)
uploads.accepts("test-note", largest=1000, may=anyone, finish=keep_nothing)


@pytest.fixture(autouse=True)
def _nothing_yet(settings, tmp_path):
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    not_allowed.clear()
    taken.clear()


@pytest.fixture
def sender(client):
    client.user = make_user()
    client.force_login(client.user)
    return client


def start(client, **changes):
    return client.post(reverse("upload_start"), START | changes)


def send(client, reference, content, offset, **headers):
    return client.post(
        reverse("upload", args=[reference]),
        content,
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset)} | headers,
    )


def here():
    root = Path(os.fspath(Upload(reference="x").path)).parent
    return sorted(path.name for path in root.iterdir()) if root.is_dir() else []


def test_a_file_arrives_in_pieces_and_is_taken_once(sender):
    said = start(sender).json()
    reference = said["reference"]
    assert said == {"reference": reference, "size": 10, "offset": 0, "finished": False}

    assert send(sender, reference, WHOLE[:4], 0).json()["offset"] == 4
    assert sender.get(reverse("upload", args=[reference])).json()["offset"] == 4
    last = send(sender, reference, WHOLE[4:], 4).json()

    assert last == {"reference": reference, "size": 10, "offset": 10, "finished": True, "next": "/espace/"}
    assert taken == [(sender.user.pk, "Ma vidéo.mp4", "", WHOLE, "video/mp4")]
    with File.objects.get().file.open() as stored:
        assert stored.read() == WHOLE
    assert here() == []
    assert sender.get(reverse("upload", args=[reference])).json() == last, "the last answer may be lost too"
    assert send(sender, reference, b"", 10).json() == last
    assert len(taken) == 1


def test_a_piece_that_does_not_follow_is_told_where_to_go_on(sender):
    reference = start(sender).json()["reference"]
    send(sender, reference, WHOLE[:4], 0)

    for offset in (0, 3, 5, 10):
        answer = send(sender, reference, b"xx", offset)
        assert (answer.status_code, answer.json()) == (HTTPStatus.CONFLICT, {"offset": 4})

    send(sender, reference, WHOLE[4:], 4)
    assert taken[0][3] == WHOLE


def test_a_file_known_again_goes_on_and_another_takes_its_place(sender, django_capture_on_commit_callbacks):
    first = start(sender).json()["reference"]
    send(sender, first, WHOLE[:4], 0)

    again = start(sender).json()
    assert (again["reference"], again["offset"]) == (first, 4)
    with django_capture_on_commit_callbacks(execute=True):
        other = start(sender, mark="another").json()
    note = start(sender, purpose="test-note").json()

    assert other["offset"] == 0
    assert here() == sorted([other["reference"], note["reference"]])
    assert sender.get(reverse("upload", args=[first])).status_code == HTTPStatus.GONE
    assert send(sender, first, b"xx", 4).json()["error"] == uploads.ENDED


def test_what_the_disk_lost_is_sent_again(sender):
    reference = start(sender).json()["reference"]
    send(sender, reference, WHOLE[:4], 0)
    Upload.objects.get().path.unlink()

    assert sender.get(reverse("upload", args=[reference])).json()["offset"] == 0
    assert send(sender, reference, b"xx", 4).json() == {"offset": 0}
    assert send(sender, reference, WHOLE, 0).json()["finished"]
    assert taken[0][3] == WHOLE


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"size": "0"}, 400, "vide"),
        ({"size": "1001"}, 400, "trop lourd"),
        ({"size": "-1"}, 400, ""),
        ({"size": "9" * 40}, 400, ""),
        ({"size": "x"}, 400, "nombre"),
        ({"name": ""}, 400, "requis"),
        ({"purpose": ""}, 400, "requis"),
        ({"mark": "x" * 65}, 400, "64"),
    ],
)
def test_what_is_announced_wrongly_is_refused_with_a_sentence(sender, changes, status, sentence):
    answer = start(sender, **changes)

    assert answer.status_code == status
    assert sentence in answer.json()["error"]
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "piece",
    [
        {"content": b"x" * 11, "offset": 0},
        {"content": b"x", "offset": "-1"},
        {"content": b"x", "offset": ""},
        {"content": b"x", "offset": "1e1"},
        {"content": b"x", "offset": "9" * 30},
    ],
)
def test_a_piece_that_cannot_be_is_refused(sender, piece):
    reference = start(sender).json()["reference"]

    answer = send(sender, reference, **piece)

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.json()["error"]
    assert Upload.objects.get().arrived == 0


def test_a_piece_is_not_longer_than_four_megabytes_nor_a_form(sender):
    uploads.accepts("test-large", largest=10**8, may=anyone, finish=keep_nothing)
    reference = start(sender, purpose="test-large", size=str(10**7)).json()["reference"]

    assert send(sender, reference, bytes(uploads.LARGEST_PIECE + 1), 0).status_code == HTTPStatus.BAD_REQUEST
    assert sender.post(reverse("upload", args=[reference]), {"a": "b"}).status_code == HTTPStatus.BAD_REQUEST
    assert send(sender, reference, bytes(uploads.LARGEST_PIECE), 0).json()["offset"] == uploads.LARGEST_PIECE


def test_somebody_elses_upload_does_not_exist(sender):
    reference = start(sender).json()["reference"]
    sender.force_login(make_user())

    assert sender.get(reverse("upload", args=[reference])).status_code == HTTPStatus.NOT_FOUND
    assert send(sender, reference, b"x", 0).status_code == HTTPStatus.NOT_FOUND
    assert sender.post(reverse("upload_abandon", args=[reference])).status_code == HTTPStatus.NOT_FOUND
    assert sender.get(reverse("upload", args=["nothing"])).status_code == HTTPStatus.NOT_FOUND


def test_a_right_that_ends_ends_the_upload(sender):
    reference = start(sender).json()["reference"]
    not_allowed.add(sender.user.pk)

    assert send(sender, reference, WHOLE, 0).status_code == HTTPStatus.NOT_FOUND
    assert start(sender).status_code == HTTPStatus.NOT_FOUND
    assert start(sender, purpose="unknown").status_code == HTTPStatus.NOT_FOUND
    assert taken == []


def test_a_stranger_is_sent_to_the_login(client):
    assert start(client).status_code == HTTPStatus.FOUND
    assert client.get(reverse("upload", args=["x"])).status_code == HTTPStatus.FOUND


def test_another_site_sends_nothing(sender):
    reference = start(sender).json()["reference"]
    forger = Client(enforce_csrf_checks=True)
    forger.force_login(sender.user)

    assert start(forger).status_code == HTTPStatus.FORBIDDEN
    assert send(forger, reference, WHOLE, 0).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("content", [b"bad 456789", EICAR[:10]])
def test_nothing_stays_of_a_refused_file(sender, settings, content, django_capture_on_commit_callbacks):
    with Scanner(answer=None if content.startswith(b"bad") else b"stream: Eicar FOUND") as scanner:
        settings.CLAMAV_SOCKET = scanner.address
        reference = start(sender).json()["reference"]
        with django_capture_on_commit_callbacks(execute=True):
            answer = send(sender, reference, content, 0)

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.json()["error"] in {"Ce n’est pas un film.", uploads.virus.INFECTED}
    assert (taken, here()) == ([], [])
    assert not File.objects.exists()
    assert start(sender).json()["offset"] == 0, "a new one can start"


def test_a_scanner_that_is_away_loses_nothing_of_what_was_sent(sender, settings):
    settings.CLAMAV_SOCKET = "127.0.0.1:9"
    reference = start(sender).json()["reference"]

    answer = send(sender, reference, WHOLE, 0)
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "impossible" in answer.json()["error"]
    settings.CLAMAV_SOCKET = ""

    assert send(sender, reference, b"", 10).json()["finished"]
    assert len(taken) == 1


def test_a_bug_of_ours_loses_nothing_of_what_was_sent(sender):
    sender.raise_request_exception = False
    reference = start(sender).json()["reference"]

    assert send(sender, reference, b"bug 456789", 0).status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert sender.get(reverse("upload", args=[reference])).json()["offset"] == 10
    assert Upload.objects.get().taken_until is None


def test_what_another_process_is_taking_is_left_to_it_until_it_is_dead(sender):
    reference = start(sender).json()["reference"]
    send(sender, reference, WHOLE[:9], 0)
    Upload.objects.update(taken_until=timezone.now() + timedelta(minutes=1))

    assert send(sender, reference, WHOLE[9:], 9).json()["finished"] is False
    Upload.objects.update(taken_until=timezone.now() - timedelta(minutes=1))

    assert send(sender, reference, b"", 10).json()["finished"]
    assert len(taken) == 1


def test_an_upload_is_abandoned_and_its_bytes_with_it(sender, django_capture_on_commit_callbacks):
    reference = start(sender).json()["reference"]
    send(sender, reference, WHOLE[:4], 0)

    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert sender.post(reverse("upload_abandon", args=[reference])).status_code == HTTPStatus.OK

    assert here() == []
    assert sender.get(reverse("upload", args=[reference])).status_code == HTTPStatus.GONE


def test_a_person_sends_so_many_files_a_day(sender):
    for number in range(uploads.MOST_A_DAY):
        assert start(sender, mark=str(number)).status_code == HTTPStatus.OK

    answer = start(sender)
    assert (answer.status_code, answer.json()["error"]) == (HTTPStatus.TOO_MANY_REQUESTS, uploads.TOO_MANY)
    Upload.objects.update(started_at=timezone.now() - timedelta(days=1, minutes=1))
    assert start(sender).status_code == HTTPStatus.OK


def test_a_full_disk_is_said_before_anything_is_sent(sender):
    uploads.accepts("test-huge", largest=10**15, may=anyone, finish=keep_nothing)

    answer = start(sender, purpose="test-huge", size=str(10**15))

    assert (answer.status_code, answer.json()["error"]) == (HTTPStatus.INSUFFICIENT_STORAGE, uploads.NO_ROOM)
    assert not Upload.objects.exists()


def test_a_piece_that_the_disk_refuses_changes_nothing(sender):
    reference = start(sender).json()["reference"]
    upload = Upload.objects.get()
    upload.path.unlink()
    upload.path.mkdir()  # which nobody can write as a file

    answer = send(sender, reference, WHOLE[:4], 0)

    assert (answer.status_code, answer.json()["error"]) == (HTTPStatus.INSUFFICIENT_STORAGE, uploads.NO_ROOM)
    assert Upload.objects.get().offset == 0


def test_what_was_left_for_a_day_is_swept_both_ways(sender):
    reference = start(sender).json()["reference"]
    send(sender, reference, WHOLE[:4], 0)
    recent, old = Upload.objects.get().path.parent / "recent", Upload.objects.get().path.parent / "old"
    recent.write_bytes(b"x")
    old.write_bytes(b"x")
    past = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(old, (past, past))

    done, failed = upkeep.run_due()
    assert (done["uploads swept"], failed) == (1, [])
    assert here() == sorted([reference, "recent"])

    assert uploads.sweep(timezone.now() + timedelta(days=1, minutes=1)) == 2
    assert here() == []
    assert not Upload.objects.exists()
    assert uploads.sweep(timezone.now()) == 0


def test_the_database_too_keeps_one_running_upload_and_its_size(sender):
    start(sender)
    facts = {"owner": sender.user, "purpose": "test-film", "name": "x", "size": 10}

    for bad in (facts, facts | {"purpose": "y", "offset": 11}, facts | {"purpose": "y", "size": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Upload.objects.create(**bad)
    assert str(Upload.objects.get()) == "Ma vidéo.mp4 (test-film)"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE private_files_upload SET size = 0")


def test_sweeping_before_anything_was_ever_sent_is_nothing():
    assert uploads.sweep(timezone.now()) == 0
