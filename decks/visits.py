"""When somebody last looked at the decks: what was published since is new to them."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from decks.models import Visit

# Coming back sooner is the same visit: what was new stays so.
SAME_VISIT = timedelta(hours=2)


@transaction.atomic
def come(user: User, *, now: datetime) -> datetime | None:
    """Note that somebody is here; the moment of their visit before, or None at the first one."""
    visit, is_first = Visit.objects.select_for_update().get_or_create(user=user, defaults={"last_at": now})
    if not is_first:
        if now - visit.last_at >= SAME_VISIT:
            visit.previous_at = visit.last_at
        visit.last_at = max(now, visit.last_at)
        visit.save()
    return visit.previous_at
