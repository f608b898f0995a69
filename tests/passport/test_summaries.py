"""The month of a prescriber, by e-mail: figures of its orders, once for each person, no name."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from errands.minutes import JOBS
from notices.models import Notice
from pages.addresses import absolute
from passport import decisions, ledger, summaries
from passport.models import Passport
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_signed
from tests.people import log_in, make_affiliation, make_organisation

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OCTOBER = at(FIRST.replace(month=10, day=2), 9)


@pytest.fixture
def body():
    return make_organisation(is_prescriber=True, name="La Passerelle")


@pytest.fixture
def reader(body):
    return make_affiliation(organisation=body, starts_on=FIRST).user


def written():
    return [notice.text.replace("\xa0", " ") for notice in Notice.objects.filter(kind=summaries.KIND).order_by("pk")]


def test_it_says_the_month_order_by_order_and_no_name(body, reader):
    passport = make_passport(organisation=body)
    make_signed(passport, day=FIRST + 6 * DAY, kind="candidature", hours=2)
    undone = make_signed(passport, day=FIRST + 7 * DAY)
    ledger.cancel(undone, reason="Erreur", counsellor=counsellor_of(passport), now=at(FIRST + 8 * DAY))
    make_signed(passport, day=FIRST + 30 * DAY)

    assert summaries.send_due(OCTOBER) == 1

    [text] = written()
    assert "1 visite signée dans le mois, 2 h" in text
    assert "2 h utilisées sur 35 depuis le début, il en reste 33" in text
    assert f"Commande {passport.sheet.order.number}" in text
    assert passport.member.last_name not in text
    assert "votre accord" not in text
    assert Notice.objects.get(kind=summaries.KIND).recipient == reader.email


def test_each_person_has_it_once_whatever_the_clock(body, reader):
    make_passport(organisation=body)
    make_affiliation(organisation=body, starts_on=FIRST)

    assert [summaries.send_due(OCTOBER + late) for late in (0 * DAY, DAY, -DAY + timedelta(hours=1), DAY)] == [
        2,
        0,
        0,
        0,
    ]
    assert len(written()) == 2


@pytest.mark.parametrize("moment", [at(FIRST.replace(month=10), 7, 59), at(FIRST.replace(month=10, day=6), 9)])
def test_it_comes_in_the_first_mornings_only(body, reader, moment):
    make_passport(organisation=body)

    assert summaries.send_due(moment) == 0


def test_nobody_is_written_to_about_nothing(body, reader):
    Passport.objects.filter(pk=make_passport(organisation=body).pk).update(state="acheve")
    make_passport(organisation=make_organisation(is_prescriber=True))

    assert summaries.send_due(OCTOBER) == 0
    assert summaries.figures_of(body, FIRST) == []


def test_who_stops_it_is_not_written_to_and_their_colleagues_are(body, reader, client):
    make_passport(organisation=body)
    colleague = make_affiliation(organisation=body, starts_on=FIRST).user
    log_in(client, reader)
    page = reverse("prescriber_summary")

    client.post(page, {"summary": "non"})
    client.post(page, {"summary": "non"})

    assert summaries.is_stopped(reader)
    assert re.search(r'value="non"[^>]*checked', client.get(page).text)
    assert "Choisissez" in client.post(page, {}).text
    assert summaries.send_due(OCTOBER) == 1
    assert [notice.person for notice in Notice.objects.filter(kind=summaries.KIND)] == [colleague]

    client.post(page, {"summary": "oui"})
    assert summaries.send_due(OCTOBER + DAY) == 1


def test_it_says_how_to_stop_it(body, reader):
    make_passport(organisation=body)

    summaries.send_due(OCTOBER)

    assert (
        f"Pour ne plus le recevoir, ou le recevoir de nouveau : {absolute(reverse('prescriber_summary'))}"
        in (written()[0])
    )


def test_who_left_or_is_locked_out_is_not_written_to(body, reader):
    make_passport(organisation=body)
    make_affiliation(organisation=body, starts_on=FIRST, ends_on=FIRST + 3 * DAY)
    reader.is_active = False
    reader.save()

    assert summaries.send_due(OCTOBER) == 0


def test_what_waits_for_an_answer_is_counted(body, reader):
    passport = make_passport(organisation=body)
    by = counsellor_of(passport).user
    decisions.ask(passport, "suspend", reason="Une pause", by=by, now=at(FIRST + 3 * DAY))

    summaries.send_due(OCTOBER)

    assert "1 demande attend votre accord" in written()[0]


def test_a_month_is_that_of_clocks_in_paris():
    start = timezone.localtime(summaries.midnight(FIRST))

    assert start.replace(tzinfo=None) == datetime(2026, 9, 1)  # noqa: DTZ001  # as a clock shows it


def test_it_is_asked_for_each_minute():
    assert JOBS["monthly summaries sent"] == summaries.send_due
