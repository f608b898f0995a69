"""Reminders of appointments: two days before, then three hours before, each once for a start."""

import logging
from datetime import datetime

from django.db import transaction

from accompaniment import messages
from accompaniment.models import Appointment
from notices.reminders import DAYS, HOURS, due

logger = logging.getLogger(__name__)


def remind(now: datetime) -> int:
    """Each minute: those that are due; how many were put. One that fails does not hold the others back."""
    coming = Appointment.objects.planned().filter(
        starts_at__gt=now, starts_at__lte=now + DAYS, refuses_reminders=False, member__erased_at=None
    )
    sent = 0
    for pk in list(coming.soonest_first().values_list("pk", flat=True)):
        try:
            sent += remind_of(pk, now)
        except Exception:
            logger.exception("A reminder failed")
    return sent


def remind_of(pk: int, now: datetime) -> bool:
    """Read again under its lock: another worker may have just done it, or the member moved it."""
    with transaction.atomic():
        rows = Appointment.objects.planned().select_for_update(of=("self",))
        found = rows.select_related("member__user", "counsellor__user").filter(pk=pk).first()
        if found is None:
            return False
        which = due(found.starts_at, now, found.reminded_days_for, found.reminded_hours_for, found.made_at)
        if which is None:
            return False
        name = f"reminded_{which}_for"
        setattr(found, name, found.starts_at)
        found.save(update_fields=[name])
        return messages.reminder(found, which)


def skip_those_past(appointment: Appointment, *, now: datetime) -> None:
    """It has just been moved, and its message says when it is: no reminder whose time is over follows it."""
    for before, name in ((DAYS, "reminded_days_for"), (HOURS, "reminded_hours_for")):
        if now >= appointment.starts_at - before:
            setattr(appointment, name, appointment.starts_at)
