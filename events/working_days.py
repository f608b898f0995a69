"""Days on which somebody of the association calls back: Monday to Friday, but for the public holidays of France."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

A_DAY = timedelta(days=1)
LAST_MINUTE = time(23, 59)
SATURDAY = 5
SAME_EACH_YEAR = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)})
# Easter Monday, Ascension Day, Whit Monday.
DAYS_AFTER_EASTER = (1, 39, 50)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, as Butcher counted it."""
    golden = year % 19
    century, rest = divmod(year, 100)
    skipped, leap = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - skipped - moon + 15) % 30
    weekday = (32 + 2 * leap + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_working_day(day: date) -> bool:
    if day.weekday() >= SATURDAY or (day.month, day.day) in SAME_EACH_YEAR:
        return False
    return (day - easter(day.year)).days not in DAYS_AFTER_EASTER


def end_of_working_day(now: datetime, number: int) -> datetime:
    """The last minute of the first, second… working day after today."""
    day = timezone.localdate(now)
    while number:
        day += A_DAY
        number -= is_working_day(day)
    return timezone.make_aware(datetime.combine(day, LAST_MINUTE))
