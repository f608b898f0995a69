"""Each night all passports are checked, and accounting is told where one is not as it was signed."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from errands import work
from errands.models import Errand
from notices import outbox
from passport import statements, verification
from passport.models import Entry, day_of

logger = logging.getLogger(__name__)

ERRAND = "passports verified"
HOUR = 2


def ask_each_night(now: datetime) -> int:
    """Each minute: once a day, from two o’clock on in Paris; how many were asked for."""
    day = day_of(now).isoformat()
    if timezone.localtime(now).hour < HOUR or not Entry.objects.exists():
        return 0
    if Errand.objects.filter(kind=ERRAND, about=day).exists():
        return 0
    work.ask(ERRAND, about=day)
    return 1


def verify(day: str, *, alive: Callable[[], object]) -> int:
    """How many things are wrong; the log and a mail say so, and what to do, without a name. Now and then, `alive`."""
    report = verification.verify(folder=settings.STATEMENTS, progress=lambda _report: alive())
    if many := len(report.broken):
        logger.error("Passports are not as they were signed: %s. Run manage.py verify_passports.", many)
        for email in statements.addresses():
            key = f"passports_broken {day} {email}"
            outbox.put(kind="passports_broken", to=email, template="passports_broken", context={"many": many}, key=key)
    return many
