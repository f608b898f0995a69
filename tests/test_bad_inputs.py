"""Whatever is asked of the public site, on whichever database: an answer, never a failure.

Each value is sent once, from one address to the next; the trials send each to all.
The site is made once for the module: each test works in a transaction of its own.
"""

from itertools import cycle, islice, product
from urllib.parse import urlencode

import pytest
from django.db import transaction

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


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_site(), make_api()
        transaction.set_rollback(True)


@pytest.fixture
def site(made):
    """Every public address of pages, by name."""
    with transaction.atomic():
        yield made[0]
        transaction.set_rollback(True)


@pytest.fixture
def everywhere(site, made):
    return [*site.values(), *made[1].values()]


@pytest.fixture
def visitor(site):
    visitor = Visitor()
    yield visitor
    assert visitor.failures == []


def test_no_query_string_breaks_a_page(visitor, everywhere):
    for path, query in pairs(everywhere, QUERIES):
        visitor.query(path, query)


def pairs(addresses, values):
    """Each value once, and each address at least once."""
    longest = max(len(addresses), len(values))
    return islice(zip(cycle(addresses), cycle(values), strict=False), longest)


READ = {"search": "q", "actualites": "mois", "info_sessions": "departement", "guides": "page"}


def test_no_value_breaks_a_list(visitor, site):
    for (name, parameter), value in pairs(list(READ.items()), VALUES):
        visitor.query(site[name], urlencode({parameter: value}))


@pytest.mark.trial
@pytest.mark.parametrize("name", READ)
def test_no_value_at_all_breaks_a_list(visitor, site, name):
    for value in VALUES:
        visitor.query(site[name], urlencode({READ[name]: value}))


def test_no_value_of_any_parameter_breaks_a_page(visitor, site):
    for (path, value), parameter in zip(pairs(list(site.values()), VALUES), cycle(PARAMETERS), strict=False):
        visitor.query(path, urlencode({parameter: value}))


def test_no_path_breaks_the_site(visitor):
    answers = [visitor.get(path) for path in PATHS]

    assert [answer["Location"] for answer in answers if answer.get("Location", "").startswith(("//", "http"))] == []


def test_no_header_breaks_a_page(visitor, everywhere):
    for path, header in pairs(everywhere, HEADERS):
        visitor.get(path, **header)


def test_no_method_breaks_a_page(visitor, everywhere):
    for method, path in product(METHODS, everywhere):
        visitor.send(method, path)


def test_no_value_breaks_a_form(visitor, site):
    for field, value in pairs(FORM_FIELDS, FORM_VALUES):
        body = urlencode({field: value}, errors="replace")
        for path in (site["contact"], site["book"]):
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
def test_no_body_breaks_a_form(visitor, site, content_type, body):
    for path in (site["contact"], site["book"], site["search"], "/compte/connexion/"):
        visitor.send("POST", path, body, content_type)
        visitor.send("POST", path, body, content_type, HTTP_COOKIE="csrftoken=" + "a" * 32)


def test_no_value_breaks_the_data(visitor, made):
    addresses = list(made[1].values())
    values = (*API_VALUES, *NUMBERS, '"', " ", "2026-02-30", "' OR 1=1", "😀", "\ufeff")
    for (path, value), parameter in zip(pairs(addresses, values), cycle(API_PARAMETERS), strict=False):
        answer = visitor.query(path, urlencode({parameter: value}))
        assert answer["Content-Type"].startswith("application/json") or answer.status_code in {302, 400}


@pytest.mark.parametrize("parameter", ["limit", "offset", "search", "id", "fields", "first_published_at", "child_of"])
def test_no_number_breaks_the_data(visitor, parameter):
    for path, value in product(["/api/v2/pages/", "/api/v2/pages/find/"], NUMBERS):
        visitor.query(path, urlencode({parameter: value}))
