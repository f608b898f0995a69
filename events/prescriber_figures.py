"""A prescriber's figures of a year: people counted once, in groups of which a small one cannot be found.

Only whole years, one body at a time and no filter: nothing that is shown
overlaps anything else that is, but by the total of the year.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min
from django.utils import timezone
from django.utils.text import capfirst

from accounts.models import Organisation
from association.models import Audience, Departement
from events import charts, masking, prescribing
from events.charts import Chart
from events.models import Booking, BookingQuerySet, Kind
from events.periods import Period
from pages.filters import read_choice
from pages.tables import Sheet

HIDDEN = "masqué"
FEW = f"moins de {masking.FEWEST}"
PEOPLE = "Personnes"
OTHERS, EVERYTHING = "Chacun des autres groupes", "Chaque groupe"
MEANING = (
    f"« {HIDDEN} » : {FEW} personnes, zéro compris, ou un nombre dont on déduirait un autre. "
    "Chaque personne compte une fois, pour sa réunion la plus récente de l’année."
)
NO_DEPARTEMENT, NO_AUDIENCE = "Autre ou non renseigné", "Non renseigné"
# What is hidden first comes first: whether people came is what is looked for.
OUTCOMES = {
    "ended": "Inscription annulée ou expirée",
    "waiting": "Restée en liste d’attente",
    "unknown": "Présence pas encore notée",
    "excused": "Excusée",
    "absent": "Absente",
    "came": "Venue",
}
READ = (
    *("pk", "member", "email", "telephone", "session__starts_at", "state"),
    *("attendance", "departement__code", "audience"),
)
Row = dict[str, Any]


@dataclass(frozen=True)
class Breakdown:
    """The groups of a year's people in one way, all of them, in an order that is always the same."""

    code: str
    title: str
    heading: str
    meaning: str
    groups: Mapping[str, str]
    group_of: Callable[[Row], str]

    def sheet(self, people: list[Row]) -> Sheet:
        counted = Counter(self.group_of(row) for row in people)
        counts = masking.shown([counted[group] for group in self.groups])
        rows: list[list[str | int]] = [
            [label, count] for label, count in zip(self.groups.values(), counts, strict=True) if count is not None
        ]
        if None in counts:
            rows.append([OTHERS if rows else EVERYTHING, HIDDEN])
        return Sheet(self.code, self.title, [self.heading, PEOPLE], rows, self.meaning)


@dataclass(frozen=True)
class Figures:
    body: Organisation
    year: int
    years: list[int]
    total: int | None
    sheets: list[tuple[Sheet, Chart | None]]

    @property
    def total_in_words(self) -> str:
        return FEW if self.total is None else str(self.total)


def figures(query: Mapping[str, str], body: Organisation, now: datetime) -> Figures:
    """Of a year of this body. Raises Http404 for a year that is not in the list."""
    found = _bookings(body, now)
    years = years_of(found, timezone.localdate(now))
    year = int(read_choice(query, "annee", [str(one) for one in years]) or years[0])
    people = people_of(found, year)
    total = masking.shown_total(len(people))
    drawn = [] if total is None else [breakdown.sheet(people) for breakdown in breakdowns()]
    return Figures(body, year, years, total, [(sheet, chart_of(sheet)) for sheet in drawn])


def _bookings(body: Organisation, now: datetime) -> BookingQuerySet:
    """What its people may read, of information sessions that are over."""
    readable = prescribing.readable(Organisation.objects.filter(pk=body.pk))
    return readable.filter(session__kind=Kind.INFO, session__cancelled_at=None, session__ends_at__lte=now)


def years_of(found: BookingQuerySet, today: date) -> list[int]:
    """From this one back to the first with something, none left out: that one is empty is not told."""
    first = found.aggregate(first=Min("session__starts_at"))["first"]
    return list(range(today.year, (timezone.localdate(first).year if first else today.year) - 1, -1))


def people_of(found: BookingQuerySet, year: int) -> list[Row]:
    """Each person's most recent booking of the year."""
    period = Period(date(year, 1, 1), date(year, 12, 31))
    rows = found.filter(period.holds("session__starts_at")).order_by("session__starts_at", "pk")
    latest: dict[Any, Row] = {}
    for row in rows.values(*READ):
        latest[_person(row)] = row
    return list(latest.values())


def _person(row: Row) -> Any:
    """The same for the bookings of one person: a mailbox, a telephone, a record; else they are only this booking."""
    return row["email"].lower() or row["telephone"] or row["member"] or ("booking", row["pk"])


def breakdowns() -> list[Breakdown]:
    departements = dict(Departement.objects.by_code().values_list("code", "name"))
    audiences = {value: capfirst(label) for value, label in Audience.choices}
    return [
        Breakdown(
            *("presence", "Qui est venu", "Ce qui s’est passé"),
            "À sa réunion de l’année, la plus récente.",
            OUTCOMES,
            outcome,
        ),
        Breakdown("trimestres", "Par trimestre", "Trimestre", "Celui de cette réunion.", QUARTERS, quarter),
        Breakdown(
            *("departements", "Par département", "Département", "Celui où la personne dit habiter."),
            {"": NO_DEPARTEMENT, **departements},
            lambda row: row["departement__code"] or "",
        ),
        Breakdown(
            *("publics", "Par public", "Public", "Ce que la personne dit d’elle, ou que vous en avez dit."),
            {"": NO_AUDIENCE, **audiences},
            lambda row: str(row["audience"]),
        ),
    ]


QUARTERS = {
    "1": "De janvier à mars",
    "2": "D’avril à juin",
    "3": "De juillet à septembre",
    "4": "D’octobre à décembre",
}


def quarter(row: Row) -> str:
    return str((timezone.localdate(row["session__starts_at"]).month + 2) // 3)


def outcome(row: Row) -> str:
    attendances = {
        Booking.Attendance.CAME: "came",
        Booking.Attendance.EXCUSED: "excused",
        Booking.Attendance.ABSENT: "absent",
    }
    if row["attendance"]:
        return attendances[row["attendance"]]
    if row["state"] == Booking.State.WAITING:
        return "waiting"
    return "unknown" if row["state"] == Booking.State.CONFIRMED else "ended"


def chart_of(sheet: Sheet) -> Chart | None:
    """Bars of what is shown; nothing is drawn for what is hidden."""
    rows = [(str(label), count) for label, count in sheet.rows if isinstance(count, int)]
    return charts.bars(sheet.code, sheet.title, rows)
