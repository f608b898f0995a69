"""What passports bring to a prescriber's first page: what waits for its agreement, and the hours of those in use."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse

from accounts.models import User
from pages.templatetags.french import long_date, short_date
from passport import reading
from passport.ledger import midnight
from passport.models import IN_USE, Decision, Entry, day_of
from spaces.waiting import MOST_OF_A_KIND, Waiting


def context(user: User, now: datetime) -> dict[str, Any]:
    """`waiting`, and `passports`: how many are in use, their hours `used`, `left`, and those `of_month`."""
    theirs = reading.paid_by(user, now)
    in_use = theirs.filter(state__in=IN_USE)
    counted = in_use.aggregate(number=Count("pk", distinct=True), quota=Sum("version__kinds__hours", default=0))
    since = midnight(day_of(now).replace(day=1))
    spent = Entry.objects.filter(passport__in=theirs).aggregate(
        used=Sum("hours", filter=Q(passport__state__in=IN_USE), default=0),
        of_month=Sum("hours", filter=Q(recorded_at__gte=since), default=0),
    )
    left = counted["quota"] - spent["used"]
    return {"waiting": _decisions(theirs), "passports": {"number": counted["number"], "left": left} | spent}


def _decisions(theirs: Any) -> list[Waiting]:
    asked = Decision.objects.filter(passport__in=theirs, state=Decision.State.ASKED).select_related("passport__member")
    return [
        Waiting(
            f"{decision.get_act_display().capitalize()} du passeport de {decision.passport.member}",
            reverse("prescriber_decision", args=[decision.reference]),
            f"Votre accord est demandé, jusqu’au {long_date(decision.until)}."
            if decision.until
            else "Votre accord est demandé.",
            short_date(decision.asked_at),
        )
        for decision in asked.order_by("asked_at", "pk")[:MOST_OF_A_KIND]
    ]
