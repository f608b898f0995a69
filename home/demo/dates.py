"""The demonstration's dates, counted from the day it is loaded, on the clocks of Paris."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def at(day: date, moment: time) -> datetime:
    """What the clocks on the wall say, whatever the season."""
    return timezone.make_aware(datetime.combine(day, moment))


def on_weekday(day: date, weekday: int | None) -> date:
    """The nearest day of that ISO weekday, never across `day` by more than half a week."""
    if weekday is None:
        return day
    return day + timedelta(days=(weekday - day.isoweekday() + 3) % 7 - 3)


def month(today: date, offset: int) -> date:
    """The first day of the month that comes `offset` months after today's."""
    months = today.year * 12 + today.month - 1 + offset
    return date(months // 12, months % 12 + 1, 1)


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def shifted(moment: datetime, days: int) -> datetime:
    """So many days later at the same hour on the wall."""
    local = timezone.localtime(moment)
    return at(local.date() + timedelta(days=days), local.time())
