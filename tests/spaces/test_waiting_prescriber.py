"""What passports bring to a prescriber's first page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from passport import decisions
from passport.models import Passport
from spaces import waiting_prescriber
from tests.factories import make_home
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_signed
from tests.people import make_affiliation, make_organisation

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def body():
    make_home()  # what the frame shows is then kept
    return make_organisation(is_prescriber=True)


@pytest.fixture
def reader(client, body):
    client.force_login(make_affiliation(organisation=body, starts_on=FIRST).user)
    return client


def read(client):
    return client.get("/espace/prescripteur/").content.decode().replace("\xa0", " ")


def test_it_counts_the_hours_of_passports_in_use(body):
    user = make_affiliation(organisation=body, starts_on=FIRST).user
    passport, over = make_passport(organisation=body), make_passport(organisation=body)
    make_signed(passport, day=FIRST + 6 * DAY, hours=2, kind="candidature")
    make_signed(passport, day=FIRST + 31 * DAY)
    make_signed(over, day=FIRST + 32 * DAY, hours=3, kind="metiers")
    Passport.objects.filter(pk=over.pk).update(state="acheve")
    make_signed(make_passport(), day=FIRST + 6 * DAY)

    found = waiting_prescriber.context(user, at(FIRST + 40 * DAY))["passports"]

    assert found == {"number": 1, "used": 3, "left": 32, "of_month": 4}


def test_without_passports_all_is_nought(reader):
    page = read(reader)

    assert "Rien n’attend de réponse de votre part" in page
    assert "<dd>0 h</dd>" in page


def test_what_waits_for_an_agreement_comes_first(reader, body):
    passport = make_passport(organisation=body)
    by, now = counsellor_of(passport).user, at(FIRST + 3 * DAY)
    decisions.ask(passport, "suspend", reason="Une pause", by=by, now=now)
    until = passport.ends_on + 9 * DAY
    decisions.ask(passport, "extend", reason="Une formation", by=by, until=until, motive="Formation", now=now)

    page = read(reader)

    assert f"Suspension du passeport de {passport.member}" in page
    assert "Votre accord est demandé, jusqu’au jeudi 10 décembre 2026." in page


@pytest.mark.parametrize("passports", [1, 5])
def test_it_costs_the_same_however_many_passports(reader, body, passports, django_assert_max_num_queries):
    for _ in range(passports):
        passport = make_passport(organisation=body)
        by = counsellor_of(passport).user
        decisions.ask(passport, "suspend", reason="Une pause", by=by, now=timezone.now())
    read(reader)

    with django_assert_max_num_queries(12):
        read(reader)
