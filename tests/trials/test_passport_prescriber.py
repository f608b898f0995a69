"""A prescriber of five hundred passports: how long its pages take, and its audit files."""

import zipfile
from functools import partial
from io import BytesIO
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from passport import audits
from passport.models import AuditFile
from tests.factories import make_home
from tests.pace import quickest
from tests.passport.volume import fill_passports
from tests.people import make_affiliation
from tests.volume import analyse

pytestmark = [pytest.mark.trial, pytest.mark.django_db]

# Five hundred of a first prescriber, a hundred of a second.
PASSPORTS = 600
LONGEST, LONGEST_AUDIT = 0.2, 60
MOST_QUERIES = 10
PAGES = "/espace/prescripteur/passeports/"


@pytest.fixture
def filled(settings, tmp_path):
    settings.PASSPORT_KEY_FILE = tmp_path / "passport-key.pem"
    make_home()
    found = fill_passports(PASSPORTS)
    analyse()
    return found


def test_the_list_of_five_hundred_is_shown_in_time(filled, client, tell):
    client.force_login(make_affiliation(organisation=filled.prescribers[0]).user)
    one = filled.passports[0]
    asked = {
        "list": (PAGES, MOST_QUERIES),
        "last page": (f"{PAGES}?page=10", MOST_QUERIES),
        "searched": (f"{PAGES}?q=nom+12&etat=ouvert", MOST_QUERIES),
        "first page": ("/espace/prescripteur/", 12),
        "one passport": (f"{PAGES}{one.reference}/", 17),
    }
    slow = {}
    for name, (path, queries) in asked.items():
        best, count = measured(client, path)
        tell(f"{connection.vendor}: {name}: {best * 1000:.0f} ms, {count} queries")
        if best > LONGEST or count > queries:
            slow[name] = (best, count)

    assert slow == {}


def measured(client, path):
    assert client.get(path).status_code == 200
    best = quickest(partial(client.get, path), bound=LONGEST)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return best, len(queries)


def test_the_audit_file_of_a_hundred_is_made_in_time(filled, tell):
    body = filled.prescribers[1]
    order = body.orders.get()
    audit = audits.ask(body, {"order": order.reference}, by=make_affiliation(organisation=body).user)

    start = perf_counter()
    audits.make(audit.reference)
    took = perf_counter() - start

    with AuditFile.objects.get().file.open() as stored:
        content = stored.read()
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    tell(f"{connection.vendor}: audit file of 100 passports in {took:.1f} s, {len(content) / 1e6:.2f} MB")
    assert sum(name.endswith(".pdf") for name in names) == sum(name.endswith(".json") for name in names) == 100
    assert took <= LONGEST_AUDIT
