"""The one way by which a private file leaves: what is not yours does not exist, whichever way you ask."""

from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from django.core.files.storage import Storage
from django.urls import reverse

from private_files import kinds, names
from private_files.kinds import PrivateFile
from tests.factories import make_file, make_user

pytestmark = pytest.mark.django_db
WORDS = b"0123456789"
shelf = {}
began = []


def find_on_shelf(user, reference):
    owner, file = shelf.get(reference, (None, None))
    return file if owner == user.pk else None


kinds.register("test-shelf", find_on_shelf)


@pytest.fixture(autouse=True)
def _empty_shelf():
    shelf.clear()
    began.clear()


@pytest.fixture
def owner():
    return make_user()


@pytest.fixture
def mine(client, owner):
    """The address of a film of somebody who is logged in."""
    client.force_login(owner)
    return put_on_shelf(owner)


def put_on_shelf(owner, *, content=WORDS, reference="abc", **more):
    stored = make_file(content=content, name="film.mp4").file
    facts = {"stored": stored, "name": "Ma vidéo.mp4", "mimetype": "video/mp4", "on_sent": began.append}
    shelf[reference] = owner.pk, PrivateFile(**facts | more)
    return address(reference)


def address(reference, kind="test-shelf"):
    return reverse("private_file", args=[kind, reference])


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_its_owner_reads_it(client, mine):
    response = client.get(mine)

    assert response.status_code == HTTPStatus.OK
    assert body(response) == WORDS
    assert response["Content-Type"] == "video/mp4"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Content-Disposition"] == "inline; filename*=utf-8''Ma%20vid%C3%A9o.mp4"


ASKED = {
    "whole": {},
    "first byte": {"Range": "bytes=0-0"},
    "suffix": {"Range": "bytes=-1"},
    "outside": {"Range": "bytes=999-"},
    "two ranges": {"Range": "bytes=0-1,3-4"},
    "any version": {"If-None-Match": "*"},
    "not modified": {"If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT"},
    "no version": {"If-Match": '"another"'},
    "unmodified": {"If-Unmodified-Since": "Wed, 01 Jan 2020 00:00:00 GMT"},
    "version": {"Range": "bytes=0-1", "If-Range": '"x"'},
}


@pytest.mark.parametrize("who", ["stranger", "somebody else"])
def test_what_is_not_yours_is_answered_as_what_does_not_exist(client, owner, who, subtests):
    put_on_shelf(owner)
    if who == "somebody else":
        client.force_login(make_user())

    for (asked, headers), method in product(ASKED.items(), ["get", "head"]):
        with subtests.test(asked, method=method):
            asked_of_nobody(getattr(client, method), headers)
    assert began == []


def asked_of_nobody(ask, headers):
    """Somebody else’s, nothing, no such kind: the same answer."""
    paths = (address("abc"), address("nothing"), address("abc", kind="unknown"))
    answers = [ask(path, headers=headers) for path in paths]

    assert [answer.status_code for answer in answers] == [HTTPStatus.NOT_FOUND] * 3
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    assert not {"ETag", "Last-Modified", "Accept-Ranges", "Content-Range"} & set(answers[0].headers)
    assert answers[0]["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=2-4", HTTPStatus.PARTIAL_CONTENT, b"234"),
        ("bytes=-3", HTTPStatus.PARTIAL_CONTENT, b"789"),
        ("bytes=7-", HTTPStatus.PARTIAL_CONTENT, b"789"),
        ("bytes=0-99999999999999999999", HTTPStatus.PARTIAL_CONTENT, WORDS),
        ("bytes=10-", HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b""),
        ("bytes=-0", HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b""),
        ("bytes=5-1", HTTPStatus.OK, WORDS),
        ("bytes=0-1,4-5", HTTPStatus.OK, WORDS),
        ("bytes=" + "0-," * 300, HTTPStatus.OK, WORDS),
        ("items=0-1", HTTPStatus.OK, WORDS),
    ],
)
def test_a_part_is_sent_as_the_standard_says(client, mine, asked, status, part):
    response = client.get(mine, headers={"Range": asked})

    assert (response.status_code, body(response)) == (status, part)
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        assert response["Content-Range"] == "bytes */10"
    assert response["Cache-Control"] == "private, no-store"


def test_a_part_is_sent_only_of_the_version_already_begun(client, mine):
    etag = client.get(mine)["ETag"]

    same = client.get(mine, headers={"Range": "bytes=2-4", "If-Range": etag})
    other = client.get(mine, headers={"Range": "bytes=2-4", "If-Range": '"another"'})

    assert (same.status_code, other.status_code) == (HTTPStatus.PARTIAL_CONTENT, HTTPStatus.OK)


def test_what_the_owner_has_already_is_not_sent_again(client, mine):
    etag = client.get(mine)["ETag"]

    response = client.get(mine, headers={"If-None-Match": etag})

    assert (response.status_code, body(response)) == (HTTPStatus.NOT_MODIFIED, b"")


def test_head_says_what_get_would_send(client, mine):
    response = client.head(mine, headers={"Range": "bytes=2-4"})

    assert response.status_code == HTTPStatus.OK
    assert response["Content-Length"] == "10"
    assert body(response) == b""


@pytest.mark.parametrize("method", ["post", "options", "put", "delete"])
def test_it_is_only_read(client, mine, method):
    assert getattr(client, method)(mine).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_all_that_is_sent_is_told(client, mine):
    """Nobody reads a film unseen by leaving out its first byte, nor with a condition that does not hold."""
    asked = ({}, {"Range": "bytes=0-"}, {"Range": "bytes=1-"}, {"Range": "bytes=-4"}, {"If-None-Match": '"other"'})
    for headers in asked:
        assert body(client.get(mine, headers=headers))

    assert len(began) == len(asked)


def test_what_is_not_sent_is_not_told(client, mine):
    etag = client.get(mine)["ETag"]
    began.clear()

    client.head(mine)
    for headers in (
        {"Range": "bytes=99-"},
        {"If-None-Match": etag},
        {"If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT"},
    ):
        client.get(mine, headers=headers)

    assert began == []


def test_a_right_that_ends_between_two_parts_ends_the_film(client, mine):
    body(client.get(mine, headers={"Range": "bytes=0-4"}))

    shelf.clear()

    assert client.get(mine, headers={"Range": "bytes=5-"}).status_code == HTTPStatus.NOT_FOUND


def test_a_file_that_the_disk_lost_is_said_to_be_so_to_who_may_read_it(client, mine, owner, caplog):
    Path(shelf["abc"][1].stored.path).unlink()

    response = client.get(mine)

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "momentanément indisponible" in response.content.decode()
    assert "missing: test-shelf abc" in caplog.text
    client.force_login(make_user())
    assert client.get(mine).status_code == HTTPStatus.NOT_FOUND


def test_the_web_server_sends_it_where_there_is_one(client, settings, mine):
    settings.SENDFILE_URL = "/_private/"

    response = client.get(mine, headers={"Range": "bytes=0-1"})

    assert response["X-Accel-Redirect"].startswith("/_private/")
    assert response["Cache-Control"] == "private, no-store"
    assert body(response) == b""
    assert len(began) == 1


class Bucket(Storage):
    """One file without a path, under an address that it signs."""

    def exists(self, name):
        return True

    def size(self, name):
        return len(WORDS)

    def get_modified_time(self, name):
        return datetime(2026, 11, 1, tzinfo=UTC)

    def open(self, name, mode="rb"):
        return BytesIO(WORDS)

    def url(self, name):
        return f"https://bucket.example/{name}?signature=x"


@pytest.fixture
def in_a_bucket(client, owner, mine):
    """What is on the shelf is in a bucket."""
    found = shelf["abc"][1]
    found.stored.storage = Bucket()
    found.stored.name = "film.mp4"
    return mine


def test_a_film_of_a_bucket_goes_through_the_site(client, in_a_bucket):
    response = client.get(in_a_bucket, headers={"Range": "bytes=2-4"})

    assert (response.status_code, body(response)) == (HTTPStatus.PARTIAL_CONTENT, b"234")
    assert response["Cache-Control"] == "private, no-store"
    assert "bucket" not in str(response.headers)


def test_what_is_downloaded_from_a_bucket_is_sent_by_it(client, owner, in_a_bucket):
    found = shelf["abc"][1]
    shelf["abc"] = owner.pk, PrivateFile(found.stored, found.name, found.mimetype, True, began.append)

    response = client.get(in_a_bucket)

    assert response.url == "https://bucket.example/film.mp4?signature=x"
    assert response["Cache-Control"] == "private, no-store"
    assert len(began) == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Été à Évry.pdf", "Été à Évry.pdf"),
        ("履歴書.pdf", "履歴書.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("a\r\nX-Evil: 1.pdf", "aX-Evil 1.pdf"),
        ('a";b.pdf', "a;b.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("a\u200bb\ufeff\x00.pdf", "ab.pdf"),
        ("<svg onload=alert(1)>.pdf", "svg onload=alert(1).pdf"),
        (".pdf", "fichier.pdf"),
        ("", "fichier"),
        ("..", "fichier"),
        ("sans extension", "sans extension"),
        ("a. ", "a"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_its_tricks(client, mine, owner, name, kept):
    assert names.readable(name) == kept

    put_on_shelf(owner, name=name)
    assert "\n" not in client.get(mine)["Content-Disposition"]


def test_kinds_are_known_by_name():
    assert "test-shelf" in kinds.registered()
