from http import HTTPStatus

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories import make_admin, make_file, make_user

pytestmark = pytest.mark.django_db
WORDS = b"0123456789"


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def restricted_collection(kind="groups", **fields):
    collection = Collection.get_first_root_node().add_child(name="Conseillers")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=kind, **fields)
    return collection


@pytest.fixture
def document():
    return make_file(content=WORDS, name="été à lire.txt")


def test_a_document_is_open_to_all(client, document):
    response = client.get(document.url)

    assert response.status_code == HTTPStatus.OK
    assert body(response) == WORDS
    assert response["Content-Length"] == "10"
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "private, no-cache"
    assert "Content-Encoding" not in response


def test_a_part_of_a_document_announces_its_own_length(client, document):
    response = client.get(document.url, headers={"Range": "bytes=2-4"})

    assert response.status_code == HTTPStatus.PARTIAL_CONTENT
    assert body(response) == b"234"
    assert response["Content-Length"] == "3"
    assert response["Content-Range"] == "bytes 2-4/10"


def test_a_range_outside_the_document_is_refused_with_its_size(client, document):
    response = client.get(document.url, headers={"Range": "bytes=10-"})

    assert response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    assert response["Content-Range"] == "bytes */10"
    assert body(response) == b""
    assert response.headers.get("Content-Length", "0") == "0"


def test_two_ranges_are_the_whole_document(client, document):
    response = client.get(document.url, headers={"Range": "bytes=0-1,4-5"})

    assert response.status_code == HTTPStatus.OK
    assert body(response) == WORDS


def test_head_says_what_get_would_send_and_ignores_ranges(client, document):
    response = client.head(document.url, headers={"Range": "bytes=2-4"})

    assert response.status_code == HTTPStatus.OK
    assert response["Content-Length"] == "10"
    assert body(response) == b""


def test_a_document_that_has_not_changed_is_not_sent_again(client, document):
    etag = client.get(document.url)["ETag"]

    response = client.get(document.url, headers={"If-None-Match": etag})

    assert response.status_code == HTTPStatus.NOT_MODIFIED
    assert body(response) == b""
    assert response.headers.get("Content-Length", "0") == "0"


@pytest.mark.parametrize(
    ("validator", "status"),
    [("ETag", HTTPStatus.PARTIAL_CONTENT), ("Last-Modified", HTTPStatus.PARTIAL_CONTENT), (None, HTTPStatus.OK)],
)
def test_a_part_is_sent_only_of_the_version_already_begun(client, document, validator, status):
    first = client.get(document.url)
    condition = first[validator] if validator else '"another"'

    response = client.get(document.url, headers={"Range": "bytes=2-4", "If-Range": condition})

    assert response.status_code == status


def test_a_failed_condition_announces_no_length(client, document):
    response = client.get(document.url, headers={"If-Match": '"another"'})

    assert response.status_code == HTTPStatus.PRECONDITION_FAILED
    assert response.headers.get("Content-Length", "0") == "0"


def test_documents_are_only_read(client, document):
    assert client.post(document.url).status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.parametrize("kind", ["groups", "login", "password"])
@pytest.mark.parametrize("name", ["prive.txt", "autre.txt"])
def test_a_restricted_document_and_a_wrong_name_are_the_same_to_a_stranger(client, kind, name):
    document = make_file(content=WORDS, name="prive.txt", collection=restricted_collection(kind, password="secret"))

    for headers in (
        {},
        {"Range": "bytes=0-1"},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT"},
    ):
        response = client.get(f"/documents/{document.pk}/{name}", headers=headers)
        assert response.status_code == HTTPStatus.NOT_FOUND


def test_the_hash_of_a_restricted_document_confirms_nothing(client):
    document = make_file(content=WORDS, name="prive.txt", collection=restricted_collection())
    document.get_file_hash()

    response = client.get(document.url, headers={"If-None-Match": f'"{document.file_hash}"'})

    assert response.status_code == HTTPStatus.NOT_FOUND


def test_a_group_reads_its_documents_and_others_do_not(client):
    collection = restricted_collection()
    group = Group.objects.create(name="Conseil")
    collection.view_restrictions.get().groups.add(group)
    document = make_file(content=WORDS, name="prive.txt", collection=collection)

    client.force_login(make_user(groups=["Conseil"]))
    assert client.get(document.url).status_code == HTTPStatus.OK

    client.force_login(make_user())
    assert client.get(document.url).status_code == HTTPStatus.NOT_FOUND

    client.force_login(make_admin())
    assert client.get(document.url).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "path",
    ["/documents/99/x.pdf", "/documents/99999999999999999999999/x.pdf", "/documents/1/" + "a" * 3000, "/documents/"],
)
def test_a_document_that_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == HTTPStatus.NOT_FOUND


def test_a_web_server_sends_the_document_where_there_is_one(client, settings, document):
    settings.SENDFILE_URL = "/_private/"

    response = client.get(document.url)

    assert response["X-Accel-Redirect"].startswith("/_private/documents/")
    assert response["X-Accel-Redirect"].isascii()
    assert body(response) == b""


def test_a_pdf_opens_in_the_browser_without_a_sandbox_that_its_reader_refuses(client):
    response = client.get(make_file(name="guide.pdf").url)

    assert response["Content-Disposition"].startswith("inline")
    assert response["Content-Security-Policy"] == "default-src 'none'"
    assert response["Content-Type"] == "application/pdf"
    response.close()
