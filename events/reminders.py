"""Reminders of places: two days before, then three hours before; who waited in vain is told so. Once for a start."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from events import messages
from events.models import Booking, BookingQuerySet
from events.offers import TOO_LATE
from notices.reminders import DAYS, HOURS, due

logger = logging.getLogger(__name__)


def remind(now: datetime) -> int:
    """Each minute: those that are due; how many were put. One that fails does not hold the others back."""
    sent = 0
    for pk in list(_pending(now).values_list("pk", flat=True)):
        try:
            sent += _remind(pk, now)
        except Exception:
            logger.exception("A reminder failed")
    return sent


def _reminded(now: datetime) -> BookingQuerySet:
    """Confirmed places of meetings to come, whose people want to be reminded."""
    return Booking.objects.filter(
        state=Booking.State.CONFIRMED,
        refuses_reminders=False,
        anonymised_at=None,
        is_walk_in=False,
        session__starts_at__gt=now,
        session__starts_at__lte=now + DAYS,
        session__cancelled_at=None,
        session__publish_at__lte=now,
    )


def _pending(now: datetime) -> BookingQuerySet:
    told = Q(pk__in=_soon(now).values("pk")) | Q(pk__in=_in_vain(now).values("pk"))
    return Booking.objects.filter(told).order_by("session__starts_at", "number")


def _in_vain(now: datetime) -> BookingQuerySet:
    """Who still waits for a place when none is offered any more."""
    waiting = Booking.objects.waiting().filter(
        anonymised_at=None,
        session__starts_at__gt=now,
        session__starts_at__lt=now + TOO_LATE,
        session__cancelled_at=None,
        session__publish_at__lte=now,
    )
    return waiting.exclude(reminded_hours_for=F("session__starts_at"))


def _soon(now: datetime) -> BookingQuerySet:
    """Those for which `due` may say yes: the database reads no other."""
    starts_at = F("session__starts_at")
    hours = Q(session__starts_at__lte=now + HOURS)
    told = Q(hours, reminded_hours_for=starts_at) | Q(~hours, reminded_days_for=starts_at)
    fresh = Q(hours, confirmed_at__gt=starts_at - HOURS) | Q(~hours, confirmed_at__gt=starts_at - DAYS)
    return _reminded(now).exclude(told).exclude(fresh)


def _remind(pk: int, now: datetime) -> bool:
    """Read again under its lock: another worker may have just done it. Who cannot be written to is not tried again."""
    with transaction.atomic():
        if booking := _locked(_in_vain(now), pk):
            _note(booking, "reminded_hours_for")
            return messages.no_seat(booking)
        booking = _locked(_reminded(now), pk)
        if booking is None:
            return False
        starts_at = booking.session.starts_at
        which = due(starts_at, now, booking.reminded_days_for, booking.reminded_hours_for, booking.confirmed_at)
        if which is None:
            return False
        _note(booking, f"reminded_{which}_for")
        return messages.reminder(booking, which)


def _locked(rows: BookingQuerySet, pk: int) -> Booking | None:
    return rows.select_for_update(of=("self",)).select_related("session__place", "member__user").filter(pk=pk).first()


def _note(booking: Booking, name: str) -> None:
    setattr(booking, name, booking.session.starts_at)
    booking.save(update_fields=[name])
