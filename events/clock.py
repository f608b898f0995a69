"""The clock on the wall: days and hours as people write them, in the association's time zone."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from association.clocks import moment_of
from pages.templatetags.french import hour as in_words
from pages.templatetags.french import short_date


def on_clock(day: date, hour: time) -> datetime:
    """The moment when clocks show this hour on this day.

    An hour that comes twice, when summer time ends, is its first coming. One
    that never comes, when it begins, raises ValidationError.
    """
    if (moment := moment_of(day, hour)) is None:
        said = in_words(datetime.combine(day, hour.replace(tzinfo=None)))
        told = f"Le {short_date(day)}, les horloges avancent d’une heure : {said} n’existe pas."
        raise ValidationError(told, code="no_such_hour")
    return moment


def weeks_later(moment: datetime, weeks: int) -> datetime:
    """The same hour on the clock, that many weeks later, whatever the changes of hour between."""
    local = timezone.localtime(moment)
    return on_clock(local.date() + timedelta(weeks=weeks), local.time())
