"""The counsellors' figures, as tables and charts."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst

from events import charts, figures, opinions
from events.charts import Chart
from events.figures import Asked
from events.models import Booking
from pages.tables import Sheet
from pages.templatetags.french import NBSP, decimal, month_year, short_date

UNKNOWN = "–"
OF_BOOKINGS = ("Réservations", "Attendues", "Venues", "Présence", "Sans réserver")
GROUP_MEANING = (
    "Réservations de toutes sortes pour les réunions de la période. Attendues, venues et présence : "
    "sur les feuilles closes seulement. Sans réserver : venues sans place, à part."
)
MEANINGS = {
    "sessions": "Réunions d’information publiées, non annulées et terminées, qui commencent pendant la période.",
    "bookings": "Demandes de place pour ces réunions et pour celles à venir de la période, dans tous les états.",
    "rate": "Personnes venues parmi les places confirmées, sur les feuilles de présence closes.",
    "walk_ins": "Personnes venues sans avoir réservé. Elles ne comptent pas dans la présence.",
    "fixed": "Rendez-vous de diagnostic pris pendant la période, sauf ceux qui ont été annulés.",
    "held": "Entretiens de diagnostic commencés pendant la période.",
    "agreements": "Contrats pédagogiques proposés pendant la période, retirés et refusés compris.",
}
NAMES = {
    "sessions": "Réunions tenues",
    "bookings": "Réservations",
    "rate": "Présence",
    "walk_ins": "Venues sans réserver",
    "fixed": "Diagnostics fixés",
    "held": "Diagnostics menés",
    "agreements": "Contrats proposés",
}


def percent(value: float | None) -> str:
    return UNKNOWN if value is None else f"{decimal(Decimal(str(100 * value)))}{NBSP}%"


def mark(value: float) -> str:
    return f"{decimal(Decimal(str(value)))} sur 4"


def summary(totals: dict[str, Any]) -> Sheet:
    rows = [
        [NAMES[name], percent(totals[name]) if name == "rate" else totals[name], meaning]
        for name, meaning in MEANINGS.items()
    ]
    return Sheet("resume", "En résumé", ["Indicateur", "Nombre", "Ce qu’il compte"], rows)


def states(totals: dict[str, Any]) -> Sheet:
    rows = [[capfirst(state.label), totals[f"state_{state.value}"]] for state in Booking.State]
    meaning = "Où en est chaque demande de place aujourd’hui. Une place retenue par téléphone est « à confirmer »."
    return Sheet("etats", "Réservations par état", ["État", "Réservations"], rows, meaning)


def presence(totals: dict[str, Any]) -> Sheet:
    names = (("came", "Venues"), ("excused", "Excusées"), ("absent", "Absentes"), ("walk_ins", "Venues sans réserver"))
    meaning = "Places confirmées des réunions dont la feuille est close. Sans réserver : à part, hors de la présence."
    return Sheet("presences", "Présence", ["Personnes", "Nombre"], [[label, totals[n]] for n, label in names], meaning)


def by_time(rows: list[dict[str, Any]]) -> Sheet:
    headers = ["Période", "Réunions tenues", *OF_BOOKINGS]
    told = [[_when(row), row["sessions"], *_counts(row)] for row in rows]
    return Sheet("periodes", "Au fil du temps", headers, told, GROUP_MEANING)


def _when(row: dict[str, Any]) -> str:
    return str(row["start"].year) if row["by_year"] else capfirst(month_year(row["start"]))


def groups(code: str, title: str, first: str, nobody: str, rows: Iterable[dict[str, Any]], meaning: str) -> Sheet:
    told = [[capfirst(row["label"]) if row["label"] else nobody, *_counts(row)] for row in rows]
    return Sheet(code, title, [first, *OF_BOOKINGS], told, f"{meaning} {GROUP_MEANING}")


def _counts(row: dict[str, Any]) -> list[str | int]:
    came, expected = row["came"], row["expected"]
    return [row["bookings"], expected, came, percent(figures.rate(came, expected)), row["walk_ins"]]


def thought(rows: Iterable[dict[str, Any]]) -> Sheet:
    headers = ["Réunion", "Date", "Avis", "Utile", "Claire", "À améliorer"]
    told = [
        [
            row["session__title"],
            short_date(row["session__starts_at"]),
            row["answers"],
            mark(row["useful_mean"]),
            mark(row["clear_mean"]),
            " / ".join(row["texts"]),
        ]
        for row in rows
    ]
    meaning = (
        f"Réponses sans nom des personnes venues, à partir de {opinions.FEWEST} réponses par réunion : "
        "avec moins, on reconnaîtrait quelqu’un. 4 est « tout à fait », 1 « pas du tout »."
    )
    return Sheet("avis", "Ce qu’en pensent les personnes venues", headers, told, meaning)


def sheets(asked: Asked, now: datetime) -> list[tuple[Sheet, Chart | None]]:
    """Every table, in the order of the page, with its chart where it has one."""
    totals = figures.totals(asked, now)
    over_time, by_state, came = by_time(figures.by_time(asked, now)), states(totals), presence(totals)
    departements = groups(
        *("departements", "Par département", "Département", "Non renseigné"),
        figures.by_departement(asked),
        "Celui où la personne dit habiter.",
    )
    audiences = groups(
        *("publics", "Par public", "Public", "Non renseigné"),
        figures.by_audience(asked),
        "Ce que la personne dit d’elle en réservant.",
    )
    prescribers = groups(
        *("prescripteurs", "Par prescripteur", "Prescripteur", "Sans prescripteur"),
        figures.by_prescriber(asked),
        "Celui qui a inscrit la personne, sinon celui dont elle dit venir.",
    )
    drawn = [over_time, by_state, came, departements, audiences, prescribers]
    charted = [(sheet, chart_of(sheet, 2 if sheet is over_time else 1)) for sheet in drawn]
    return [(summary(totals), None), *charted]


def chart_of(sheet: Sheet, column: int) -> Chart | None:
    """Bars of one of its columns of whole numbers."""
    rows = [(str(row[0]), value) for row in sheet.rows if isinstance(value := row[column], int)]
    return charts.bars(sheet.code, f"{sheet.title} : {str(sheet.headers[column]).lower()}", rows)
