"""Which of its two reminders a meeting is due for: the same rule for whatever has a start."""

from datetime import datetime, timedelta
from typing import Literal

DAYS = timedelta(days=2)
HOURS = timedelta(hours=3)

Reminder = Literal["days", "hours"]


def due(
    starts_at: datetime,
    now: datetime,
    days_for: datetime | None,
    hours_for: datetime | None,
    since: datetime | None,
) -> Reminder | None:
    """Two days before, then three hours before; each once for a start, and neither once it has begun.

    `days_for` and `hours_for` are the starts for which each one went: another
    start is reminded anew. Whoever has known of it only `since` after the moment
    of a reminder needs none. Where a late worker finds both due, the later goes.
    """
    if not starts_at - DAYS <= now < starts_at:
        return None
    which: Reminder = "hours" if now >= starts_at - HOURS else "days"
    before, went_for = (HOURS, hours_for) if which == "hours" else (DAYS, days_for)
    if went_for == starts_at or (since is not None and since > starts_at - before):
        return None
    return which
