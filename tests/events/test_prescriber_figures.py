"""A prescriber's figures: of what they may read, people counted once, and no small group to be found."""

import csv
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from itertools import product

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Organisation
from events import prescriber_figures
from events.masking import FEWEST
from events.models import Booking, Kind, Meeting
from events.prescriber_figures import HIDDEN, figures
from tests.events.factories import make_booking
from tests.factories import make_departement, make_departements, make_session
from tests.people import make_affiliation, make_organisation

pytestmark = pytest.mark.django_db

PAGE = "/espace/prescripteur/chiffres/"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
State = Booking.State


@pytest.fixture
def body():
    make_departements()
    return make_organisation(is_prescriber=True, name="La Passerelle")


@pytest.fixture
def reader(client, body):
    client.force_login(make_affiliation(organisation=body).user)
    return client


def on(*day, **fields):
    return make_session(**{"starts_at": datetime(*day, 13, tzinfo=UTC), "seats": 200} | fields)


def ended_today(**fields):
    """Over, and of this year even on its first day."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0)
    return make_session(starts_at=start, ends_at=start + timedelta(seconds=1), **fields)


def people(session, number, **fields):
    return [make_booking(session, **fields) for _ in range(number)]


def tables(body, year="2026", now=NOW):
    return {sheet.code: dict(sheet.rows) for sheet, _ in figures({"annee": year}, body, now).sheets}


def total(body, **asked):
    return figures({}, body, NOW).total_in_words


# What is counted


def test_only_what_they_may_read_is_counted(body):
    session, other = on(2026, 3, 1), make_organisation(is_prescriber=True)
    people(session, 5, booked_for=body, attendance="venu")
    people(session, 2, sent_by=body, tells_prescriber=True, attendance="venu")
    people(session, 9, sent_by=body, attendance="venu")
    people(session, 9, booked_for=other, attendance="venu")
    people(session, 9, booked_for=body, first_name="", last_name="", email="", anonymised_at=NOW)
    people(on(2026, 3, 2, cancelled_at=NOW), 9, booked_for=body)
    people(on(2026, 12, 2), 9, booked_for=body)

    assert total(body) == "7"
    Booking.objects.filter(sent_by=body).update(tells_prescriber=False)
    assert total(body) == "5"


def test_the_members_events_are_not_counted(body):
    people(on(2026, 3, 1), 5, booked_for=body)
    Meeting.objects.update(kind=Kind.WORKSHOP)

    assert total(body) == "moins de 5"


@pytest.mark.parametrize("known", [{"email": "a@example.org"}, {"email": "", "telephone": "06 39 98 00 01"}])
def test_a_person_counts_once_for_their_latest_session(body, known):
    for month in range(1, 10):
        make_booking(on(2026, month, 1), booked_for=body, attendance="venu" if month == 9 else "absent", **known)

    rows = prescriber_figures.people_of(Booking.objects.all(), 2026)

    assert [prescriber_figures.outcome(row) for row in rows] == ["came"]
    assert total(body) == "moins de 5"


@pytest.mark.parametrize(
    ("fields", "group"),
    [
        ({"attendance": "venu"}, "came"),
        ({"attendance": "absent"}, "absent"),
        ({"attendance": "excuse"}, "excused"),
        ({}, "unknown"),
        ({"state": State.WAITING}, "waiting"),
        ({"state": State.CANCELLED}, "ended"),
        ({"state": State.LAPSED}, "ended"),
        ({"state": State.HELD}, "ended"),
    ],
)
def test_each_person_is_in_one_group(body, fields, group):
    make_booking(on(2026, 3, 1), booked_for=body, **fields)

    [row] = prescriber_figures.people_of(Booking.objects.all(), 2026)
    assert prescriber_figures.outcome(row) == group
    assert set(prescriber_figures.OUTCOMES) >= {group}


def test_the_years_go_back_to_the_first_without_a_gap(body):
    people(on(2023, 3, 1), 5, booked_for=body)

    assert figures({}, body, NOW).years == [2026, 2025, 2024, 2023]
    assert figures({}, make_organisation(is_prescriber=True), NOW).years == [2026]


# What is hidden


def test_under_five_people_nothing_is_told(reader, body):
    people(ended_today(), 4, booked_for=body, attendance="venu")

    page = reader.get(PAGE).content.decode().replace("\xa0", " ")

    assert "<dd>moins de 5</dd>" in page
    assert "<table" not in page
    assert '<svg class="chart"' not in page
    year = timezone.localdate().year
    assert reader.get(f"{PAGE}?annee={year}&tableau=presence&export=csv").status_code == 404


def test_zero_is_told_no_more_than_four(body):
    people(on(2026, 3, 1), 20, booked_for=body, attendance="venu")
    none = tables(body)["presence"]
    people(on(2026, 3, 1), 4, booked_for=body, attendance="absent")

    assert tables(body)["presence"].keys() == none.keys()
    assert set(tables(body)["presence"].values()) == set(none.values()) == {HIDDEN}


def test_what_is_large_is_told(body):
    session = on(2026, 3, 1)
    people(session, 12, booked_for=body, attendance="venu", departement=make_departement("93"))
    people(session, 6, booked_for=body, attendance="absent", departement=make_departement("95"))
    people(session, 9, booked_for=body, state=State.CANCELLED)

    assert tables(body)["presence"] == {"Absente": 6, "Venue": 12, "Chacun des autres groupes": HIDDEN}
    assert tables(body)["departements"] == {
        "Seine-Saint-Denis": 12,
        "Val-d’Oise": 6,
        "Chacun des autres groupes": HIDDEN,
    }


def test_where_every_group_is_large_nothing_is_hidden(body):
    for month in (2, 5, 8, 11):
        people(on(2026, month, 1), 5 + month, booked_for=body)

    assert list(tables(body)["trimestres"].values()) == [7, 10, 13, 16]


def visible(body, year):
    """Every number that the reader gets of a year: on the page, in the pictures, in the files."""
    found = figures({"annee": str(year)}, body, NOW)
    numbers = {sheet.code: {label: n for label, n in sheet.rows if n != HIDDEN} for sheet, _ in found.sheets}
    for sheet, chart in found.sheets:
        drawn = {bar.label: bar.value for bar in chart.bars} if chart else {}
        assert set(drawn.values()) <= set(numbers[sheet.code].values())
    return found.total, numbers


def by_subtraction(total, numbers, groups):
    """What an attacker knows of a table: the hidden groups, and what they add up to."""
    return total - sum(numbers.values()), len(groups) - len(numbers)


def test_no_subtraction_finds_a_small_group(body):
    """Whatever the sizes: totals less what is shown leave several hidden groups, which may be shared in many ways."""
    sessions = [on(2026, month, 1) for month in (2, 5, 8, 10)]
    departement = make_departement("93")
    for first, second, third in product((0, 1, 4, 5, 6), repeat=3):
        Booking.objects.all().delete()
        people(sessions[0], first, booked_for=body, attendance="venu", audience="femmes")
        people(sessions[1], second, booked_for=body, attendance="absent", departement=departement)
        people(sessions[2], third, booked_for=body, state=State.CANCELLED)
        count, numbers = visible(body, 2026)
        if count is None:
            assert (first + second + third < FEWEST, numbers) == (True, {})
            continue
        for breakdown in prescriber_figures.breakdowns():
            left, hidden = by_subtraction(count, numbers[breakdown.code], breakdown.groups)
            assert hidden != 1
            assert left >= FEWEST or hidden == 0
            assert min([*numbers[breakdown.code].values(), FEWEST]) >= FEWEST


def test_the_periods_and_the_bodies_that_can_be_asked_never_overlap(reader, body):
    """No two pages have people in common but by their own totals: nothing is found by comparing them."""
    sessions = [on(year, month, 1) for year in (2024, 2025, 2026) for month in (1, 12) if (year, month) != (2026, 12)]
    for session in sessions:
        people(session, 7, booked_for=body, attendance="venu")

    totals = [visible(body, year)[0] for year in (2024, 2025, 2026)]

    assert totals == [14, 14, 7]
    assert re.findall(r'<select id="filtre-(\w+)"', reader.get(PAGE).content.decode()) == ["annee"]
    for query in ("mois=2026-01", "periode=mois", "du=2026-01-01&au=2026-01-31", "departement=93", "public=femmes"):
        assert reader.get(f"{PAGE}?{query}").context["figures"].total == reader.get(PAGE).context["figures"].total
    for year in ("2026-01", "2023", "2099", "26", "x", "²"):
        assert reader.get(f"{PAGE}?annee={year}").status_code == 404


def test_of_two_bodies_one_is_read_at_a_time(client, body):
    affiliation, second = make_affiliation(organisation=body), make_organisation(is_prescriber=True, name="Zénith")
    make_affiliation(user=affiliation.user, organisation=second)
    client.force_login(affiliation.user)
    session = ended_today(seats=60)
    people(session, 6, booked_for=body)
    people(session, 9, booked_for=second)

    assert client.get(PAGE).context["figures"].total == 6
    assert client.get(f"{PAGE}?organisme={second.reference}").context["figures"].total == 9
    assert client.get(f"{PAGE}?organisme={make_organisation(is_prescriber=True).reference}").status_code == 404


# The files and the page


def test_the_files_hide_what_the_page_hides(reader, body):
    session = ended_today(seats=60)
    people(session, 12, booked_for=body, attendance="venu")
    people(session, 9, booked_for=body, state=State.CANCELLED)
    people(session, 3, booked_for=body, attendance="absent")
    query = f"{PAGE}?tableau=presence&export="

    text = reader.get(f"{query}csv").content.decode("utf-8-sig")
    sheet = load_workbook(BytesIO(reader.get(f"{query}xlsx").content)).active

    expected = [["Ce qui s’est passé", "Personnes"], ["Venue", "12"], ["Chacun des autres groupes", HIDDEN]]
    assert list(csv.reader(StringIO(text), delimiter=";")) == expected
    assert [[str(cell.value) for cell in row] for row in sheet.iter_rows()] == expected
    assert "Venue" in reader.get(PAGE).content.decode()


def test_the_page_says_why_numbers_are_hidden(reader, body):
    people(ended_today(seats=60), 20, booked_for=body)

    page = reader.get(PAGE).content.decode().replace("\xa0", " ")

    assert "zéro compris" in page
    assert "compte une fois" in page
    assert page.count("<caption>") == 4


@pytest.mark.parametrize("number", [6, 60])
def test_counting_costs_the_same_whatever_there_is(body, number, django_assert_num_queries):
    people(on(2026, 3, 1), number, booked_for=body)
    organisation = Organisation.objects.get(pk=body.pk)

    with django_assert_num_queries(3):
        assert figures({}, organisation, NOW).total == number
