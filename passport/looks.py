"""Who looked at a passport: noted once an hour for each person, and read by its member."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from passport.models import Look, Passport

# Whoever does nothing is logged out long before.
LONGEST_OPEN = timedelta(hours=12)


def note(passport: Passport, user: User, *, now: datetime | None = None) -> None:
    """Whoever it is, but the member themselves."""
    if passport.member.user_id != user.pk:
        Look.objects.get_or_create(passport=passport, user=user, hour=_hour(now))


def note_open(passport: Passport, user: User, *, now: datetime | None = None) -> None:
    """A page that asks by itself says nothing new, unless nobody opened it: anybody can ask as such a page does."""
    since = _hour(now) - LONGEST_OPEN
    if not Look.objects.filter(passport=passport, user=user, hour__gte=since).exists():
        note(passport, user, now=now)


def note_all(passports: QuerySet[Passport], user: User, *, now: datetime | None = None) -> None:
    """The same of many, which one file shows."""
    shown = passports.exclude(member__user=user).values_list("pk", flat=True)
    rows = [Look(passport_id=pk, user=user, hour=_hour(now)) for pk in shown]
    Look.objects.bulk_create(rows, ignore_conflicts=True)


def _hour(now: datetime | None) -> datetime:
    return (now or timezone.now()).replace(minute=0, second=0, microsecond=0)
