"""How many: sessions, bookings, presences, diagnostics, agreements. Counted by the database, in as many queries
whatever there is to count.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncMonth, TruncYear
from django.utils import timezone

from accompaniment.models import Appointment, Diagnostic, LearningAgreement
from accounts.models import Organisation
from association.models import Audience, Departement
from events.forms.figures import FiguresForm
from events.models import Booking, BookingQuerySet, InfoSession, Kind, MeetingQuerySet
from events.periods import Period

# Beyond two years, a row for each month cannot be read any more.
MOST_MONTHS = 24

_IS_BOOKED = Q(is_walk_in=False)
_CLOSED = Q(state=Booking.State.CONFIRMED, session__sheet_closed_at__isnull=False) & _IS_BOOKED


def _of_attendance(attendance: str) -> Q:
    return _CLOSED & Q(attendance=attendance)


# What is counted of any group of bookings.
COUNTS = {
    "bookings": Count("pk", filter=_IS_BOOKED),
    "expected": Count("pk", filter=_CLOSED),
    "came": Count("pk", filter=_of_attendance(Booking.Attendance.CAME)),
    "walk_ins": Count("pk", filter=Q(is_walk_in=True, attendance=Booking.Attendance.CAME)),
}
BY_STATE = {f"state_{state}": Count("pk", filter=_IS_BOOKED & Q(state=state)) for state in Booking.State.values}
BY_PRESENCE = {
    "excused": Count("pk", filter=_of_attendance(Booking.Attendance.EXCUSED)),
    "absent": Count("pk", filter=_of_attendance(Booking.Attendance.ABSENT)),
}


@dataclass(frozen=True)
class Asked:
    """Of what the figures are: nothing chosen is everything."""

    period: Period
    departement: Departement | None = None
    audience: str = ""
    prescriber: Organisation | None = None

    @classmethod
    def by(cls, form: FiguresForm) -> Self:
        data: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
        return cls(
            period=form.period,
            departement=form.departements.get(data.get("departement", "")),
            audience=data.get("public", ""),
            prescriber=form.prescribers.get(data.get("prescripteur", "")),
        )

    @property
    def of_people(self) -> Q:
        """The bookings of these people: what they said of themselves, who booked or sent them."""
        asked = Q()
        if self.departement:
            asked &= Q(departement=self.departement)
        if self.audience:
            asked &= Q(audience=self.audience)
        if self.prescriber:
            asked &= Q(booked_for=self.prescriber) | Q(booked_for=None, sent_by=self.prescriber)
        return asked


def rate(came: int, expected: int) -> float | None:
    """Who came among those who were expected; nothing is known where nobody was."""
    return came / expected if expected else None


def sessions_held(asked: Asked, now: datetime) -> MeetingQuerySet:
    """Information sessions that took place: published, not cancelled, over."""
    held = InfoSession.objects.open_to_all(now).past(now).filter(asked.period.holds("starts_at"), cancelled_at=None)
    if asked.departement:
        held = held.filter(departement=asked.departement)
    if asked.audience:
        held = held.filter(audience=asked.audience)
    if asked.prescriber:
        theirs = Q(booked_for=asked.prescriber) | Q(booked_for=None, sent_by=asked.prescriber)
        held = held.filter(Exists(Booking.objects.filter(theirs, session=OuterRef("pk"))))
    return held


def bookings(asked: Asked) -> BookingQuerySet:
    """For information sessions of the period that are not cancelled."""
    of_session = Q(session__kind=Kind.INFO, session__cancelled_at=None) & asked.period.holds("session__starts_at")
    return Booking.objects.filter(of_session, asked.of_people)


def totals(asked: Asked, now: datetime) -> dict[str, Any]:
    """Every number of the summary, by name."""
    counted = bookings(asked).aggregate(**COUNTS | BY_STATE | BY_PRESENCE)
    return counted | {
        "sessions": sessions_held(asked, now).count(),
        "rate": rate(counted["came"], counted["expected"]),
        **_accompaniment(asked),
    }


def _accompaniment(asked: Asked) -> dict[str, int]:
    planned = Appointment.objects.filter(kind=Appointment.Kind.DIAGNOSTIC).exclude(state=Appointment.State.CANCELLED)
    return {
        "fixed": _of_members(planned, asked, "made_at"),
        "held": _of_members(Diagnostic.objects.all(), asked, "started_at"),
        "agreements": _of_members(LearningAgreement.objects.all(), asked, "proposed_at"),
    }


def _of_members(rows: QuerySet[Any], asked: Asked, column: str) -> int:
    """How many happened in the period, for the members who are asked about."""
    found = rows.filter(asked.period.holds(column))
    if asked.departement:
        found = found.filter(member__departement=asked.departement)
    if asked.audience or asked.prescriber:
        said = Asked(asked.period, audience=asked.audience, prescriber=asked.prescriber).of_people
        found = found.filter(Exists(Booking.objects.filter(said, member=OuterRef("member"))))
    return found.count()


def by_time(asked: Asked, now: datetime) -> list[dict[str, Any]]:
    """Month by month, or year by year where there are too many: `start`, `sessions`, and the counts of bookings."""
    cut = TruncMonth if asked.period.months <= MOST_MONTHS else TruncYear
    held = sessions_held(asked, now).order_by().annotate(start=cut("starts_at"))
    rows = bookings(asked).order_by().annotate(start=cut("session__starts_at")).values("start").annotate(**COUNTS)
    found: dict[Any, dict[str, Any]] = {row["start"]: row | {"sessions": 0} for row in rows}
    for start, number in held.values_list("start").annotate(Count("pk")):
        found.setdefault(start, {"start": start, **dict.fromkeys(COUNTS, 0)})["sessions"] = number
    in_order = sorted(found.values(), key=lambda row: row["start"])
    return [row | {"start": timezone.localdate(row["start"]), "by_year": cut is TruncYear} for row in in_order]


def by_departement(asked: Asked) -> list[dict[str, Any]]:
    return _grouped(asked, code=F("departement__code"), label=F("departement__name"))


def by_audience(asked: Asked) -> list[dict[str, Any]]:
    """In the order of the list of publics; those who did not say last."""
    order: list[str] = [*Audience.values, ""]
    rows = _grouped(asked, code=F("audience"))
    labels = dict(Audience.choices)
    told = [row | {"label": labels.get(row["code"], "")} for row in rows]
    return sorted(told, key=lambda row: order.index(row["code"]))


def by_prescriber(asked: Asked) -> list[dict[str, Any]]:
    """Who booked the person, else who the person says sent them."""
    code, label = Coalesce("booked_for", "sent_by"), Coalesce("booked_for__name", "sent_by__name")
    return _grouped(asked, code=code, label=label)


def _grouped(asked: Asked, **names: Any) -> list[dict[str, Any]]:
    """The counts of each group, by its label; those of whom nothing is known last."""
    rows = bookings(asked).order_by().annotate(**names).values(*names).annotate(**COUNTS)
    last = "label" if "label" in names else "code"
    return list(rows.order_by(F(last).asc(nulls_last=True), "code"))
