"""The association's figures: what each counts, and what it leaves out."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.test import RequestFactory
from django.utils import timezone
from openpyxl import load_workbook

from accompaniment.models import Appointment, Diagnostic, Grid, LearningAgreement, Package, PackageVersion, Roadmap
from accounts.roles import EDITORS
from events import charts, figures, figures_sheets
from events.figures import Asked
from events.forms.figures import FiguresForm
from events.models import Booking, InfoSession, Kind, Meeting, Opinion
from events.periods import Period, Span, whole
from home import site_setup
from tests.events.factories import make_booking
from tests.factories import make_admin, make_departement, make_departements, make_place, make_session, make_user
from tests.people import make_counsellor, make_member, make_organisation

pytestmark = pytest.mark.django_db

PAGE = "/espace/conseil/chiffres/"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
State, Attendance = Booking.State, Booking.Attendance


def on(day, **fields):
    """A session of this day, whose sheet is closed."""
    starts_at = datetime(*day, 13, tzinfo=UTC)
    return make_session(
        **{"starts_at": starts_at, "sheet_closed_at": starts_at + timedelta(hours=3), "seats": 60} | fields
    )


def total(**asked):
    return figures.totals(Asked(**{"period": YEAR} | asked), NOW)


# Periods


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Span.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Span.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_whole(span, first, last):
    assert whole(span, date(2026, 11, 20)) == Period(first, last)


@pytest.mark.parametrize(
    ("today", "last"), [(date(2026, 12, 31), date(2026, 12, 31)), (date(2028, 2, 3), date(2028, 2, 29))]
)
def test_a_month_ends_when_it_ends(today, last):
    assert whole(Span.MONTH, today).last == last


def test_a_period_is_said_in_words():
    assert YEAR.in_words == "du 1er\xa0janvier 2026 au 31\xa0décembre 2026"
    assert Period(YEAR.first, YEAR.first).in_words == "le 1er\xa0janvier 2026"
    assert (YEAR.months, Period(date(2025, 12, 31), date(2026, 1, 1)).months) == (12, 2)


def test_a_day_is_a_day_of_paris():
    # 23:30 in universal time on the last day of the year is the next year in Paris.
    make_session(starts_at=datetime(2025, 12, 31, 22, 30, tzinfo=UTC))
    make_session(starts_at=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
    make_session(starts_at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    assert figures.sessions_held(Asked(YEAR), datetime(2027, 6, 1, tzinfo=UTC)).count() == 1


# What is counted


def test_a_session_held_was_published_took_place_and_is_over():
    on((2026, 3, 1))
    on((2026, 3, 2), cancelled_at=NOW)
    on((2026, 3, 3), publish_at=None)
    on((2026, 12, 3))
    on((2025, 3, 3))

    assert total()["sessions"] == 1


def test_the_members_events_are_not_counted():
    make_booking(on((2026, 3, 4)))
    Meeting.objects.update(kind=Kind.WORKSHOP)

    assert (total()["sessions"], total()["bookings"]) == (0, 0)


def test_bookings_are_counted_in_each_state():
    session = on((2026, 12, 3), sheet_closed_at=None)
    for number, state in enumerate(State, start=1):
        for _ in range(number):
            make_booking(session, state=state)

    found = total()

    assert found["bookings"] == sum(range(1, 7))
    assert [found[f"state_{state.value}"] for state in State] == [1, 2, 3, 4, 5, 6]


def test_who_came_is_counted_among_the_confirmed_of_closed_sheets_and_walk_ins_apart():
    closed, still_open = on((2026, 3, 1)), on((2026, 3, 2), sheet_closed_at=None)
    for attendance in ("venu", "venu", "venu", "absent", "excuse"):
        make_booking(closed, attendance=attendance)
    make_booking(closed, state=State.CANCELLED)
    make_booking(closed, attendance="venu", is_walk_in=True)
    make_booking(still_open, attendance="venu")

    found = total()

    assert {name: found[name] for name in ("came", "expected", "excused", "absent", "walk_ins", "bookings")} == {
        **{"came": 3, "expected": 5, "excused": 1, "absent": 1, "walk_ins": 1, "bookings": 7}
    }
    assert found["rate"] == 3 / 5


def test_without_a_closed_sheet_there_is_no_rate():
    assert total()["rate"] is None
    assert figures_sheets.percent(None) == "–"
    assert figures_sheets.percent(2 / 3) == "66,7\xa0%"
    assert figures_sheets.percent(1) == "100\xa0%"


def test_a_cancelled_session_counts_no_booking():
    make_booking(on((2026, 3, 1), cancelled_at=NOW))

    assert total()["bookings"] == 0


def test_who_is_anonymous_still_counts():
    make_booking(on((2026, 3, 1)), first_name="", last_name="", email="", anonymised_at=NOW)

    assert total()["bookings"] == 1


def test_people_are_chosen_by_what_they_said_and_sessions_by_where_they_are():
    paris, body = make_departement("75"), make_organisation(is_prescriber=True)
    session = on((2026, 3, 1), place=make_place(code="93"), audience="femmes")
    make_booking(session, departement=paris, audience="jeunes", booked_for=body)
    make_booking(session, sent_by=body)
    make_booking(session, sent_by=body, booked_for=make_organisation(is_prescriber=True))
    make_booking(on((2026, 3, 2), place=make_place(code="75")))

    def counts(**asked):
        found = total(**asked)
        return found["sessions"], found["bookings"]

    assert counts() == (2, 4)
    assert counts(departement=paris) == (1, 1)
    assert counts(departement=make_departement("93")) == (1, 0)
    assert counts(audience="jeunes") == (0, 1)
    assert counts(audience="femmes") == (1, 0)
    assert counts(prescriber=body) == (1, 2)


def make_appointment(member, **fields):
    made_at = fields.pop("made_at", datetime(2026, 3, 1, tzinfo=UTC))
    return Appointment.objects.create(
        member=member,
        counsellor=make_counsellor(),
        starts_at=made_at + timedelta(days=9),
        ends_at=made_at + timedelta(days=9, hours=1),
        made_at=made_at,
        **fields,
    )


def make_agreement(member, **fields):
    version = PackageVersion.objects.first() or PackageVersion.objects.create(
        package=Package.objects.create(code="essai", name="Essai"), number=1
    )
    grid = Grid.objects.get_or_create(number=99)[0]
    counsellor, then = make_counsellor(), datetime(2026, 3, 1, tzinfo=UTC)
    diagnostic = Diagnostic.objects.create(
        member=member, counsellor=counsellor, grid=grid, started_at=then, finished_at=then
    )
    roadmap = Roadmap.objects.create(member=member, diagnostic=diagnostic, version=version, counsellor=counsellor)
    return LearningAgreement.objects.create(
        member=member, roadmap=roadmap, counsellor=counsellor, reflect_until=date(2026, 3, 8), **fields
    )


def test_what_follows_is_counted_when_it_happens():
    member = make_member()
    make_appointment(member, state=Appointment.State.DONE)
    make_appointment(member, state=Appointment.State.CANCELLED)
    make_appointment(member, kind=Appointment.Kind.INDIVIDUAL)
    make_appointment(member, made_at=datetime(2025, 3, 1, tzinfo=UTC))
    make_agreement(member)
    make_agreement(make_member(), state="propose", proposed_at=datetime(2026, 3, 2, tzinfo=UTC))

    found = total()

    assert (found["fixed"], found["held"], found["agreements"]) == (1, 2, 1)


def test_what_follows_is_that_of_the_people_who_are_asked_about():
    body, paris = make_organisation(is_prescriber=True), make_departement("75")
    member = make_member(departement=paris)
    make_booking(on((2024, 3, 1)), member=member, booked_for=body, audience="seniors")
    make_appointment(member)
    make_appointment(make_member())

    assert total()["fixed"] == 2
    for asked in ({"prescriber": body}, {"departement": paris}, {"audience": "seniors"}):
        assert total(**asked)["fixed"] == 1
    for asked in (
        {"prescriber": make_organisation(is_prescriber=True)},
        {"departement": make_departement("95")},
        {"audience": "cadres"},
        {"prescriber": body, "audience": "cadres"},
    ):
        assert total(**asked)["fixed"] == 0


# Groups


def test_the_groups_of_a_table_add_up_to_the_total():
    first, second = (
        make_organisation(is_prescriber=True, name="Alpha"),
        make_organisation(is_prescriber=True, name="Zed"),
    )
    session = on((2026, 3, 1))
    make_booking(session, departement=make_departement("75"), audience="femmes", booked_for=second)
    make_booking(session, departement=make_departement("75"), audience="rsa", sent_by=first, attendance="venu")
    make_booking(on((2026, 5, 1)))
    asked = Asked(YEAR)

    assert labelled(figures.by_departement(asked)) == [("Paris", 2), (None, 1)]
    assert labelled(figures.by_audience(asked)) == [("femmes", 1), ("bénéficiaires du RSA", 1), ("", 1)]
    assert labelled(figures.by_prescriber(asked)) == [("Alpha", 1), ("Zed", 1), (None, 1)]


def labelled(rows):
    return [(row["label"], row["bookings"]) for row in rows]


def test_two_prescribers_of_one_name_are_two():
    session = on((2026, 3, 1))
    for _ in range(2):
        make_booking(session, booked_for=make_organisation(is_prescriber=True, name="Mairie"))

    assert labelled(figures.by_prescriber(Asked(YEAR))) == [("Mairie", 1), ("Mairie", 1)]


def test_time_goes_by_months_and_beyond_two_years_by_years():
    make_booking(on((2026, 3, 1)))
    on((2026, 3, 31))
    make_booking(on((2026, 12, 5)))
    on((2020, 1, 5))

    months = figures.by_time(Asked(YEAR), NOW)
    years = figures.by_time(Asked(Period(date(2020, 1, 1), date(2026, 12, 31))), NOW)

    assert [(row["start"].month, row["sessions"], row["bookings"]) for row in months] == [(3, 2, 1), (12, 0, 1)]
    assert [(row["start"].year, row["sessions"], row["bookings"]) for row in years] == [(2020, 1, 0), (2026, 2, 2)]
    assert figures_sheets.by_time(months).rows[0][0] == "Mars 2026"
    assert figures_sheets.by_time(years).rows[0][0] == "2020"


# Charts


def test_bars_are_as_long_as_their_numbers():
    chart = charts.bars("essai", "Essai", [("Peu", 1), ("Beaucoup", 4), ("Rien", 0)])

    assert [bar.length for bar in chart.bars] == [64, 256, 0]
    assert "La plus longue\xa0: Beaucoup, 4" in chart.description
    assert chart.height == 144
    assert charts.bars("essai", "Essai", [("Rien", 0)]) is None
    assert charts.bars("essai", "Essai", []) is None


def test_a_long_label_is_cut_in_the_drawing_only():
    [bar] = charts.bars("essai", "Essai", [("a" * 80, 1)]).bars

    assert bar.label == "a" * 33 + "…"


# The page


@pytest.fixture
def reader(client):
    make_departements()
    client.force_login(make_counsellor().user)
    return client


def read(client, query=""):
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def test_an_administrator_reads_it_too(client):
    client.force_login(make_admin())

    assert "Réunions tenues" in read(client)
    assert PAGE in client.get("/gestion/").content.decode()


def test_an_editor_is_not_led_to_it(client):
    site_setup.prepare()
    client.force_login(make_user(groups=[EDITORS], is_staff=True))

    assert client.get("/gestion/").status_code == 200
    assert PAGE not in client.get("/gestion/").content.decode()
    assert client.get(PAGE).status_code == 403


def test_the_page_says_what_each_number_counts(reader):
    page = read(reader)

    for meaning in figures_sheets.MEANINGS.values():
        assert meaning in page
    assert page.count("Rien pour cette période.") == 4


def test_a_chart_is_a_picture_with_a_title_and_a_table_beside(reader):
    make_booking(make_session(), departement=make_departement("93"))

    page = read(reader, "periode=dates&du=2020-01-01&au=2099-12-31")

    assert page.count('<svg class="chart" role="img"') == page.count("</desc>") == 5
    assert "<caption>Par département</caption>" in page
    assert 'style="' not in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("periode=dates&du=2026-05-02&au=2026-05-01", "vient avant la première"),
        ("periode=dates&du=2026-05-02", "Donnez les deux dates"),
        ("periode=dates&au=2026-05-02", "Donnez les deux dates"),
        ("periode=dates", "Donnez les deux dates"),
        ("periode=dates&du=hier&au=2026-05-02", "Cette date n’existe pas"),
        ("periode=dates&du=0001-01-01&au=9999-12-31", "entre 2000 et 2100"),
        ("periode=siecle", "Choisissez dans la liste"),
        ("departement=00", "Choisissez dans la liste"),
        ("public=%27", "Choisissez dans la liste"),
        ("prescripteur=1%20OR%201=1", "Choisissez dans la liste"),
    ],
)
def test_what_cannot_be_asked_is_said_and_this_year_is_shown(reader, query, told):
    page = read(reader, query)

    assert told in page
    assert f"du 1er janvier {timezone.localdate().year}" in page
    assert reader.get(f"{PAGE}?{query}&export=csv&tableau=etats").status_code == 404


@pytest.mark.parametrize("query", ["export=pdf&tableau=etats", "export=csv", "export=csv&tableau=x", "export=csv%00"])
def test_a_file_that_does_not_exist_is_a_404(reader, query):
    assert reader.get(f"{PAGE}?{query}").status_code in {400, 404}


CODES = ["resume", "periodes", "etats", "presences", "departements", "publics", "prescripteurs", "avis"]


@pytest.mark.parametrize("code", CODES)
def test_each_table_leaves_as_a_file(reader, code):
    session = make_session()
    make_booking(session, booked_for=make_organisation(is_prescriber=True, name="=Mairie"))
    for _ in range(3):
        Opinion.objects.create(session=session, useful=4, clear=4, better="=1+1")
    InfoSession.objects.update(starts_at=timezone.now() - timedelta(days=1), ends_at=timezone.now())
    query = f"periode=dates&du=2020-01-01&au=2099-12-31&tableau={code}"

    text = reader.get(f"{PAGE}?{query}&export=csv").content.decode("utf-8-sig")
    sheet = load_workbook(BytesIO(reader.get(f"{PAGE}?{query}&export=xlsx").content)).active

    rows = list(csv.reader(StringIO(text), delimiter=";"))
    assert len(rows) > 1
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    assert [cell.value for cell in sheet[1]] == rows[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_files_are_of_what_was_asked(reader):
    body = make_organisation(is_prescriber=True)
    session = make_session()
    make_booking(session, booked_for=body)
    make_booking(session)
    query = f"prescripteur={body.reference}&periode=dates&du=2020-01-01&au=2099-12-31"

    page = read(reader, query)
    text = reader.get(f"{PAGE}?{query}&tableau=resume&export=csv").content.decode("utf-8-sig")

    assert f"prescripteur={body.reference}" in page.split("tableau=etats")[0].rsplit("href=", 1)[1]
    assert ["Réservations", "1"] in [row[:2] for row in csv.reader(StringIO(text), delimiter=";")]


@pytest.mark.parametrize("sessions", [1, 9])
def test_counting_costs_the_same_whatever_there_is(reader, sessions, django_assert_num_queries):
    for number in range(sessions):
        session = on((2026, 1 + number, 3))
        body = make_organisation(is_prescriber=True)
        for code in ("75", "93"):
            make_booking(session, departement=make_departement(code), booked_for=body, attendance="venu")
        for _ in range(3):
            Opinion.objects.create(session=session, useful=4, clear=4, better="Un café")
    form = FiguresForm(RequestFactory().get("/?periode=dates&du=2026-01-01&au=2026-12-31").GET, today=NOW.date())
    assert form.is_valid()

    with django_assert_num_queries(10):
        assert len(figures_sheets.sheets(Asked.by(form), NOW)) == 7
