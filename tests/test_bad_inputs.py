"""Whatever is asked of the public site, on whichever database: an answer, never a failure.

Each value is sent once, from one address to the next; the trials send each to all.
"""

from itertools import cycle, product
from urllib.parse import urlencode

import pytest

from tests.hostile import (
    API_PARAMETERS,
    API_VALUES,
    FORM_FIELDS,
    FORM_VALUES,
    HEADERS,
    METHODS,
    NUMBERS,
    PARAMETERS,
    PATHS,
    QUERIES,
    VALUES,
    make_api,
    make_site,
)
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor():
    visitor = Visitor()
    yield visitor
    assert visitor.failures == []


def test_no_query_string_breaks_a_page(visitor):
    addresses = [*make_site().values(), *make_api().values()]
    for path, query in zip(cycle(addresses), QUERIES * 3, strict=False):
        visitor.query(path, query)


def test_no_value_breaks_a_list(visitor):
    addresses = make_site()
    for name, parameter in {
        "search": "q",
        "actualites": "mois",
        "info_sessions": "departement",
        "guides": "page",
    }.items():
        for value in VALUES:
            visitor.query(addresses[name], urlencode({parameter: value}))


def test_no_value_of_any_parameter_breaks_a_page(visitor):
    addresses = make_site().values()
    for path, parameter, value in zip(cycle(addresses), cycle(PARAMETERS), VALUES * 3, strict=False):
        visitor.query(path, urlencode({parameter: value}))


def test_no_path_breaks_the_site(visitor):
    make_site()
    answers = [visitor.get(path) for path in PATHS]

    assert [answer["Location"] for answer in answers if answer.get("Location", "").startswith(("//", "http"))] == []


def test_no_header_breaks_a_page(visitor):
    addresses = [*make_site().values(), *make_api().values()]
    for path, header in zip(cycle(addresses), HEADERS * 2, strict=False):
        visitor.get(path, **header)


def test_no_method_breaks_a_page(visitor):
    for method, path in product(METHODS, [*make_site().values(), *make_api().values()]):
        visitor.send(method, path)


def test_no_value_breaks_a_form(visitor):
    path = make_site()["contact"]
    for field, value in zip(cycle(FORM_FIELDS), FORM_VALUES * 3, strict=False):
        body = urlencode({field: value}, errors="replace")
        visitor.send("POST", path, body.encode(), "application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[" * 100_000),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(20_000))),
        ("application/x-www-form-urlencoded; charset=utf-7", b"name=a"),
        ("application/x-www-form-urlencoded; charset=hex", b"name=a"),
        ("application/x-www-form-urlencoded", b"\xff\x00%"),
        ("multipart/form-data", b"abc"),
        ("multipart/form-data; boundary=", b"abc"),
        ("multipart/form-data; boundary=x", b"--x\r\nabc"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\x00\xff\r\n--x--',
        ),
        ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        ("", b"name=a"),
    ],
    ids=lambda value: str(value[:40]),
)
def test_no_body_breaks_a_form(visitor, content_type, body):
    addresses = make_site()
    for path in (addresses["contact"], addresses["search"], "/compte/connexion/"):
        visitor.send("POST", path, body, content_type)
        visitor.send("POST", path, body, content_type, HTTP_COOKIE="csrftoken=" + "a" * 32)


def test_no_value_breaks_the_data(visitor):
    make_site()
    values = (*API_VALUES, *NUMBERS, '"', " ", "2026-02-30", "' OR 1=1", "😀", "\ufeff")
    for path, parameter, value in zip(cycle(make_api().values()), cycle(API_PARAMETERS), values * 4, strict=False):
        answer = visitor.query(path, urlencode({parameter: value}))
        assert answer["Content-Type"].startswith("application/json") or answer.status_code in {302, 400}


@pytest.mark.parametrize("parameter", ["limit", "offset", "search", "id", "fields", "first_published_at", "child_of"])
def test_no_number_breaks_the_data(visitor, parameter):
    make_site()
    for path, value in product(["/api/v2/pages/", "/api/v2/pages/find/"], NUMBERS):
        visitor.query(path, urlencode({parameter: value}))
