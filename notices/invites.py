"""What every calendar file of the site is made of: clean text, hours on the association's clocks, their rules.

RFC 5545. An hour that comes twice on the clock, when summer time ends, is
written in universal time: a calendar reads the first of the two.
"""

import unicodedata
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

from association.models import Identity

A_WEEK = timedelta(weeks=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Controls, and what some programs take for the end of a line.
UNREADABLE = {"Cc", "Zl", "Zp"}


def new(product: str, *, method: str, name: str = "") -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", text(name))
    return calendar


def text(value: str) -> vText:
    """What somebody typed: nothing in it ends its line, or hides."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return vText("\n".join("".join(" " if _is_unreadable(letter) else letter for letter in line) for line in lines))


def put_hours(event: Event, starts_at: datetime, ends_at: datetime) -> None:
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if starts.fold or ends.fold:
        starts, ends = starts_at.astimezone(UTC), ends_at.astimezone(UTC)
    event.add("dtstart", starts)
    event.add("dtend", ends)


def organiser() -> vCalAddress:
    """The association; programs ask for one before they take an event out."""
    identity = Identity.objects.first() or Identity()
    address = vCalAddress(f"mailto:{identity.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    address.params["CN"] = str(text(identity.name)).replace('"', "'").replace("\n", " ")
    return address


def written(calendar: Calendar) -> bytes:
    """The file, with the rules of the clocks that it speaks of."""
    events: list[Any] = calendar.walk("VEVENT")
    starts = [event.start for event in events]
    calendar.subcomponents.insert(0, clock_rules(min(starts, default=timezone.now()).date()))
    return calendar.to_ical()


def clock_rules(since: date) -> Timezone:
    """The association's time zone, as it is from this day on."""
    zone = timezone.get_default_timezone()
    rules = Timezone()
    rules.add("tzid", str(zone))
    # From the year before: a January follows the change of October.
    year = since.year - 1
    changes = _changes(zone, year)
    for change in changes:
        rules.add_component(_yearly(zone, change))
    if not changes:
        start = datetime(year, 1, 1, tzinfo=UTC)
        rules.add_component(_rule(zone, start, start.replace(tzinfo=None)))
    return rules


@cache
def _changes(zone: tzinfo, year: int) -> list[datetime]:
    """The moments of this year from which clocks show another time."""
    hours = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=number) for number in range(366 * 24)]
    return [
        hour for hour in hours if hour.year == year and _offset(zone, hour) != _offset(zone, hour - timedelta(hours=1))
    ]


def _yearly(zone: tzinfo, change: datetime) -> TimezoneStandard | TimezoneDaylight:
    """Written as it comes back: the last Sunday of March, the second one of it."""
    onset = (change + _offset(zone, change - timedelta(hours=1))).replace(tzinfo=None)
    is_last = (onset + A_WEEK).month != onset.month
    which = -1 if is_last else (onset.day - 1) // A_WEEK.days + 1
    rule = _rule(zone, change, onset)
    rule.add("rrule", {"freq": "yearly", "bymonth": onset.month, "byday": f"{which}{WEEKDAYS[onset.weekday()]}"})
    return rule


def _rule(zone: tzinfo, change: datetime, onset: datetime) -> TimezoneStandard | TimezoneDaylight:
    after = change.astimezone(zone)
    rule = TimezoneDaylight() if after.dst() else TimezoneStandard()
    rule.add("dtstart", onset)
    rule.add("tzoffsetfrom", _offset(zone, change - timedelta(hours=1)))
    rule.add("tzoffsetto", _offset(zone, change))
    rule.add("tzname", after.tzname())
    return rule


def _offset(zone: tzinfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _is_unreadable(letter: str) -> bool:
    return unicodedata.category(letter) in UNREADABLE
