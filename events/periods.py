"""Between two days, both included: how figures are asked for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, TextChoices
from django.utils import timezone

from pages.templatetags.french import short_date

MONTHS = 12
QUARTER = 3


class Span(TextChoices):
    """The first is what is shown without a choice."""

    YEAR = "annee", "cette année"
    QUARTER = "trimestre", "ce trimestre"
    MONTH = "mois", "ce mois-ci"
    DATES = "dates", "entre deux dates"


@dataclass(frozen=True)
class Period:
    first: date
    last: date

    def holds(self, column: str) -> Q:
        """Rows whose moment in this column falls on one of these days, on French clocks."""
        return Q(**{f"{column}__gte": _midnight(self.first), f"{column}__lt": _midnight(self.last + timedelta(days=1))})

    @property
    def months(self) -> int:
        """How many it touches."""
        return (self.last.year - self.first.year) * MONTHS + self.last.month - self.first.month + 1

    @property
    def in_words(self) -> str:
        if self.first == self.last:
            return f"le {short_date(self.first)}"
        return f"du {short_date(self.first)} au {short_date(self.last)}"


def whole(span: str, today: date) -> Period:
    """The month, the quarter or the year that holds this day."""
    if span == Span.MONTH:
        return _months(today.year, today.month, 1)
    if span == Span.QUARTER:
        return _months(today.year, today.month - (today.month - 1) % QUARTER, QUARTER)
    return _months(today.year, 1, MONTHS)


def _months(year: int, month: int, length: int) -> Period:
    first = date(year, month, 1)
    after = date(year + (month + length - 1) // MONTHS, (month + length - 1) % MONTHS + 1, 1)
    return Period(first, after - timedelta(days=1))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
