"""The association's clocks and calendar: hours as they are shown on the wall, months as they are counted."""

from calendar import monthrange
from datetime import UTC, date, datetime, time

from django.utils import timezone

MONTHS = 12


def moment_of(day: date, hour: time) -> datetime | None:
    """The moment when clocks show this hour on this day: the first of two, None where they never do."""
    written = datetime.combine(day, hour.replace(tzinfo=None, fold=0))
    # In universal time: Python compares two moments of one zone by what their clocks show.
    moment = timezone.make_aware(written).astimezone(UTC)
    return moment if timezone.localtime(moment).replace(tzinfo=None) == written else None


def months_later(day: date, months: int) -> date:
    """The same day number that many months later (before, where negative), or that month's last day.

    A term in months, as the code de procédure civile counts it (641, 642).
    """
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_earlier(moment: datetime, months: int) -> datetime:
    """The same hour on the wall, on the same day of an earlier month."""
    local = timezone.localtime(moment)
    return timezone.make_aware(datetime.combine(months_later(local.date(), -months), local.time()))
