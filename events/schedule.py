"""The schedule of sessions: filters from the address, what they find, the counts beside each choice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.utils import timezone
from django.utils.text import capfirst

from association.models import Audience, Departement
from events.models import InfoSession, MeetingQuerySet
from pages.filters import choice, read_choice, read_month
from pages.templatetags.french import month_year

PER_PAGE = 24


@dataclass(frozen=True)
class Filters:
    """What the visitor chose; `month` is its first day."""

    departement: str = ""
    audience: str = ""
    month: date | None = None
    past: bool = False

    @property
    def active(self) -> dict[str, str]:
        month = f"{self.month:%Y-%m}" if self.month else ""
        chosen = {"departement": self.departement, "public": self.audience, "mois": month}
        return {name: value for name, value in chosen.items() if value}


def read_filters(query: Mapping[str, str], *, past: bool = False) -> Filters:
    """The filters of an address. One that names nothing is a page that does not exist."""
    codes = Departement.objects.values_list("code", flat=True)
    return Filters(
        departement=read_choice(query, "departement", codes),
        audience=read_choice(query, "public", Audience.values),
        month=read_month(query),
        past=past,
    )


def found(filters: Filters, now: datetime, *, since_days: int = 0) -> MeetingQuerySet:
    """Every session that the filters let through: those to come (and of the last `since_days`), or the past ones."""
    sessions = InfoSession.objects.open_to_all(now)
    sessions = sessions.past(now) if filters.past else sessions.upcoming(now - timedelta(days=since_days))
    if filters.departement:
        sessions = sessions.filter(departement__code=filters.departement)
    if filters.audience:
        sessions = sessions.filter(audience=filters.audience)
    if filters.month:
        sessions = sessions.filter(starts_at__year=filters.month.year, starts_at__month=filters.month.month)
    return sessions


@dataclass(frozen=True)
class Schedule:
    page: ListPage[InfoSession]
    choices: list[dict[str, Any]]
    until: datetime | None

    @property
    def months(self) -> list[tuple[date, list[InfoSession]]]:
        """The sessions of this page, month by month: the month's first day, then its sessions."""
        return [(month, list(sessions)) for month, sessions in groupby(self.page.object_list, _month_of)]


def schedule(filters: Filters, number: int, now: datetime) -> Schedule:
    """One page of the schedule. Raises Http404 for one that does not exist."""
    choices = [_departements(filters, now), _audiences(filters, now), _months(filters, now)]
    sessions = found(filters, now).select_related("place", "departement")
    ordered = sessions.latest_first() if filters.past else sessions.soonest_first()
    paginator = Paginator(ordered, PER_PAGE)
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    return Schedule(paginator.page(number), choices, changes_at(now))


def _month_of(session: InfoSession) -> date:
    return timezone.localdate(session.starts_at).replace(day=1)


def changes_at(now: datetime) -> datetime | None:
    """When the schedule changes by itself: a session ends, or a planned one appears."""
    ends = InfoSession.objects.open_to_all(now).upcoming(now).aggregate(at=Min("ends_at"))["at"]
    planned = InfoSession.objects.filter(publish_at__gt=now).aggregate(at=Min("publish_at"))["at"]
    return min((moment for moment in (ends, planned) if moment), default=None)


def _departements(filters: Filters, now: datetime) -> dict[str, Any]:
    counts = _counts(replace(filters, departement=""), "departement__code", now)
    names = dict(Departement.objects.by_code().values_list("code", "name"))
    options = [(code, name, counts.get(code, 0)) for code, name in names.items()]
    return choice("departement", "Département", "Tous les départements", options, filters.departement)


def _audiences(filters: Filters, now: datetime) -> dict[str, Any]:
    counts = _counts(replace(filters, audience=""), "audience", now)
    options = [(value, capfirst(label), counts.get(value, 0)) for value, label in Audience.choices]
    return choice("public", "Public", "Tous", options, filters.audience)


def _months(filters: Filters, now: datetime) -> dict[str, Any]:
    sessions = found(replace(filters, month=None), now)
    rows = sessions.annotate(month=TruncMonth("starts_at")).values_list("month").annotate(Count("pk")).order_by("month")
    counts = {timezone.localtime(month).date(): total for month, total in rows}
    if filters.month:
        counts.setdefault(filters.month, 0)
    options = [(f"{month:%Y-%m}", month_year(month), total) for month, total in counts.items()]
    return choice("mois", "Mois", "Tous les mois", options, filters.active.get("mois", ""))


def _counts(filters: Filters, field: str, now: datetime) -> dict[str, int]:
    rows = found(filters, now).order_by().values(field).annotate(total=Count("pk"))
    return {row[field]: row["total"] for row in rows if row[field]}
