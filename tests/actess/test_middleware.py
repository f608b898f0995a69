"""What is refused before anything reads it, what passes, and what every answer tells the browser."""

from io import BytesIO
from urllib.parse import unquote, urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import RequestFactory

from actess.middleware import LONGEST_QUERY, MOST_PARAMETERS, SanityMiddleware
from actess.wsgi import Application, Request
from tests.factories import make_admin, make_contact, make_home, make_news

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"


def raw(client, query="", path="/recherche/", **environ):
    """A request whose query string is sent as it is written."""
    return client.get(path, **{"QUERY_STRING": query} | environ)


def is_refused(answer):
    assert answer.status_code == 400
    assert "Nous n’avons pas compris cette demande" in answer.text
    return True


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=a%00b",
        "%00=a",
        "q=%1b[31m",
        "q=%7f",
        "q=%ff",
        "q=%c0%ae",
        "q=%ed%a0%80",
        "q=%f4%90%80%80",
        "q=%zz",
        "q=%",
        "q=100%",
        "q=\xff",
        "q=" + "a" * LONGEST_QUERY,
        "&".join(f"a{number}=1" for number in range(MOST_PARAMETERS + 1)),
        "&" * MOST_PARAMETERS,
    ],
)
def test_a_query_that_cannot_be_read_is_refused(client, query):
    assert is_refused(raw(client, query))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=m%C3%A9tier",
        "q=%F0%9F%98%80",
        "q=a+b%20c",
        "q=100%25",
        "q=l%E2%80%99emploi",
        "q=un%0Aretour%09tabulation",
        "q=a&q=b",
        "a[]=1",
        "=&&&==",
        "q=a;b=c",
        "utm_source=lettre&fbclid=abc",
        "q=e%CC%81",
        "q=%2B33",
        "q=\xc3\xa9",
        "q=" + "a" * (LONGEST_QUERY - 2),
    ],
)
def test_an_honest_query_passes(client, query):
    assert raw(client, query).status_code == 200


@pytest.mark.parametrize(
    "path", ["/a%00b/", "/%00", "/%ff/", "/%c0%ae%c0%ae/", "/%1b/", "/a%0d%0aSet-Cookie:x=1/", "/%7f/"]
)
def test_a_path_that_cannot_be_read_is_refused(client, path):
    assert is_refused(client.get(path))


@pytest.mark.parametrize("path", ["/" + "a" * 3000, "/actualites/" + "é" * 2500])
def test_a_path_longer_than_any_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/..%2f",
        "/%2e%2e/",
        "/..;/",
        "/%5c",
        "//evil.example",
        "//evil.example/%2f..",
        "/./",
        "/.git/config",
        "/ACTUALITES/",
    ],
)
def test_a_path_of_nothing_leads_nowhere_else(client, path):
    make_home()
    answer = client.get("/", PATH_INFO=unquote(path))

    assert answer.status_code in {301, 404}
    assert "evil" not in answer.get("Location", "") or answer["Location"].startswith("/%2F")


@pytest.mark.parametrize("path", ["/m%C3%A9tier/", "/%F0%9F%98%80/", "/a%20b/"])
def test_a_path_with_accents_is_read(client, path):
    make_home()

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "hex", "rot13", "latin-1", "nowhere", "idna", "undefined"])
@pytest.mark.parametrize("kind", [FORM, "text/plain", "multipart/form-data; boundary=x"])
def test_another_charset_is_refused(client, kind, charset):
    path = make_contact().address

    assert is_refused(client.generic("POST", path, "name=a", content_type=f"{kind}; charset={charset}"))
    assert is_refused(client.get(path, CONTENT_TYPE=f"{kind}; charset={charset}"))


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=UTF-8", ';charset="utf-8"'])
def test_utf_8_is_read_however_it_is_written(client, charset):
    path = make_contact().address

    assert client.post(path, urlencode({"name": "Zoé"}), content_type=FORM + charset).status_code == 200


@pytest.mark.parametrize(
    "body", [b"name=%00", b"name=%ff", b"name=\xff", b"%00=a", b"name=%1b", b"name=%", b"name=\x00"]
)
def test_a_form_that_cannot_be_read_is_refused(client, body):
    assert is_refused(client.post(make_contact().address, body, content_type=FORM))


def test_a_form_too_big_for_any_page_is_refused(client):
    assert is_refused(client.post(make_contact().address, b"text=" + b"a" * 3_000_000, content_type=FORM))


def test_a_form_with_too_many_fields_is_refused(client):
    body = "&".join(f"a{number}=1" for number in range(20_000))

    assert is_refused(client.post(make_contact().address, body, content_type=FORM))


def test_a_form_of_several_parts_without_a_boundary_is_refused(client):
    assert is_refused(client.post(make_contact().address, b"abc", content_type="multipart/form-data"))


def test_a_long_honest_message_passes(client):
    text = "Bonjour,\r\n\tje cherche un emploi 😀 à 100 % – « merci »\x0b" * 60

    answer = client.post(make_contact().address, urlencode({"name": "Zoé", "text": text}), content_type=FORM)

    assert answer.status_code == 200


def test_an_upload_is_not_read_before_its_form():
    class Untouched(BytesIO):
        def read(self, *_args):
            raise AssertionError("The upload was read.")

    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.bin", b"\x00\xff%")})
    request._stream = Untouched()

    answer = SanityMiddleware(lambda _request: HttpResponse("the form"))(request)

    assert answer.content == b"the form"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "testserver:abc",
        "a b",
        "testserver/x",
        "user@testserver",
        "",
        "é.example",
        "a" * 300,
        "testserver\t",
    ],
)
def test_a_host_that_is_not_ours_is_refused_and_not_repeated(client, host):
    answer = client.get("/recherche/", HTTP_HOST=host)

    assert is_refused(answer)
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ACCEPT": "a" * 5000},
        {"HTTP_ACCEPT_LANGUAGE": "fr," * 2000},
        {"HTTP_COOKIE": "a=" + "b" * 9000},
        {"HTTP_USER_AGENT": "a\x00b"},
        {"HTTP_REFERER": "http://a/\r\nSet-Cookie: x"},
        {"CONTENT_TYPE": "a/" + "b" * 5000},
    ],
)
def test_a_header_that_cannot_be_read_is_refused(client, headers):
    assert is_refused(client.get("/recherche/", **headers))


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ACCEPT": "*/*;q=zz"},
        {"HTTP_ACCEPT_LANGUAGE": "x" * 600},
        {"HTTP_COOKIE": "sessionid=../../etc; sessionid=b; messages=zz; csrftoken=é"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1," * 500},
        {"HTTP_X_ORIGINAL_URL": "/gestion/"},
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"REMOTE_USER": "admin"},
        {"CONTENT_TYPE": ";;;"},
        {"HTTP_RANGE": "bytes=a-b"},
    ],
)
def test_other_headers_change_nothing(client, headers):
    answer = client.get("/recherche/", **headers)

    assert answer.status_code == 200
    assert "evil" not in answer.text


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "PROPFIND", "FOO", "CONNECT", "get"])
@pytest.mark.parametrize("path", ["/recherche/", "/", "/nowhere/"])
def test_a_method_that_no_page_has_is_refused(client, path, method):
    make_home()
    answer = client.generic(method, path)

    assert answer.status_code == 405
    assert "Cette page ne peut pas faire cela" in answer.text


def test_only_a_page_with_a_form_takes_one(client):
    assert client.post(make_news().address).status_code == 405
    assert client.post("/recherche/").status_code == 405
    assert client.post(make_contact().address).status_code == 200


@pytest.fixture
def kept_connection():
    """A server closes what it does not use; a test's transaction lives in one connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def call(**environ):
    """An answer of the whole application, as a server asks for it."""
    started = {}
    base = RequestFactory()._base_environ(PATH_INFO="/recherche/")
    body = Application()(base | environ, lambda status, headers: started.update(status=status, headers=dict(headers)))
    return started | {"body": b"".join(body).decode()}


@pytest.mark.usefixtures("kept_connection")
def test_a_content_type_that_breaks_the_parser_is_refused_in_the_site_s_look():
    answer = call(CONTENT_TYPE="text/plain; charset*=nowhere''utf-8")

    assert answer["status"] == "400 Bad Request"
    assert "Nous n’avons pas compris cette demande" in answer["body"]
    assert answer["headers"]["Content-Security-Policy"]


@pytest.mark.usefixtures("kept_connection")
def test_a_request_is_read_as_usual_otherwise():
    assert not Request(RequestFactory()._base_environ()).has_unreadable_type
    assert call()["status"] == "200 OK"


EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/recherche/", 200),
        ("/nowhere/", 404),
        ("/recherche/?q=%00", 400),
        ("/gestion/", 302),
        ("/static/css/site.css", 200),
    ],
)
def test_every_answer_says_the_same_to_the_browser(client, path, status):
    make_home()
    answer = client.get(path)
    answer.close()

    assert answer.status_code == status
    assert {name: answer[name] for name in EVERYWHERE} == EVERYWHERE
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["X-Frame-Options"] == settings.X_FRAME_OPTIONS


@pytest.mark.parametrize("path", ["/recherche/", "/nowhere/", "/recherche/?q=%00", "/static/css/site.css"])
def test_the_public_site_allows_nothing_inline_and_nobody_else(client, path):
    answer = client.get(path)
    answer.close()
    policy = answer["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'self'" in policy


def test_an_error_of_ours_keeps_the_headers(client, settings):
    client.raise_request_exception = False
    settings.ROOT_URLCONF = "tests.actess.broken_urls"
    answer = client.get("/")

    assert answer.status_code == 500
    assert {name: answer[name] for name in EVERYWHERE} == EVERYWHERE
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.ignore_template_errors
def test_the_editors_interface_has_the_policy_it_needs(client):
    client.force_login(make_admin())

    assert "script-src 'self' 'unsafe-inline'" in client.get("/gestion/")["Content-Security-Policy"]


def test_pictures_and_data_may_be_shown_elsewhere(client):
    assert client.get("/media/nowhere.webp")["Cross-Origin-Resource-Policy"] == "cross-origin"
