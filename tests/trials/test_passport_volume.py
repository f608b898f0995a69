"""Ten thousand passports, three hundred thousand entries: how long it takes to check them, and to state them."""

import re
from functools import partial
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from passport import looks, statements, verification
from passport.models import Entry, Statement
from tests import pace
from tests.logins import CompleteLogin
from tests.passport.volume import fill_passports
from tests.people import make_affiliation
from tests.volume import analyse

pytestmark = [pytest.mark.trial, pytest.mark.django_db]

PASSPORTS = 10_000
ENTRIES_A_SECOND = 5_000
# Queries and seconds.
MEMBER, PRESCRIBER = (12, 0.100), (10, 0.200)
# Who is there, and what stands on every page.
IS_OF_THE_SITE = re.compile(r'"(django_session|mfa_\w+|auth_group|pages_stamp|association_\w+|wagtailcore_page)"')


@pytest.fixture
def filled(tell, settings, tmp_path):
    settings.PASSPORT_KEY_FILE = tmp_path / "passport-key.pem"
    settings.STATEMENTS = tmp_path / "releves"
    start = perf_counter()
    found = fill_passports(PASSPORTS)
    analyse()
    tell(f"{connection.vendor}: {Entry.objects.count()} entries made in {perf_counter() - start:.0f} s")
    return found


def test_all_passports_are_checked_and_stated_in_time(filled, settings, tell):
    start = perf_counter()
    assert statements.make_due(timezone.now()) == 1
    stated = perf_counter() - start
    size = len(Statement.objects.get().body)
    tell(f"{connection.vendor}: statement of {PASSPORTS} chains in {stated:.1f} s, {size / 1e6:.2f} MB")

    start = perf_counter()
    # What the check costs, not what else the machine does.
    with pace.cost() as busy:
        report = verification.verify(folder=settings.STATEMENTS)
    speed = report.entries / busy()
    seconds = perf_counter() - start
    tell(f"{connection.vendor}: {report.entries} entries checked in {seconds:.0f} s, {speed:.0f} a second of its own")

    assert (report.passports, report.broken) == (PASSPORTS, [])
    assert speed >= ENTRIES_A_SECOND
    see_pages(filled, tell)


def see_pages(filled, tell):
    """Of a member whose passport is nearly used up, looked at twenty times; of who ordered five hundred."""
    passport = filled.passports[0]
    for user in User.objects.all()[:20]:
        looks.note(passport, user)
    cost(passport.member.user, reverse("my_passport"), tell, most=MEMBER)
    prescriber = make_affiliation(organisation=filled.prescribers[0]).user
    cost(prescriber, reverse("prescriber_passports"), tell, most=PRESCRIBER)


def cost(user, address, tell, *, most):
    """The quickest of several: what the page costs, not what else the machine does."""
    client = CompleteLogin()
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
        every = [query["sql"] for query in queries.captured_queries]
    assert answer.status_code == 200
    asked = [sql for sql in every if not IS_OF_THE_SITE.search(sql)]
    seconds = pace.quickest(partial(client.get, address), bound=most[1])
    told = f"{address} {seconds * 1000:.0f} ms, {len(asked)} queries, {len(every)} with the site’s"
    tell(f"{connection.vendor}: {told}")
    assert len(asked) <= most[0]
    assert seconds <= most[1]
