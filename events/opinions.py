"""What those who came think: three questions, once, and nothing that says who answered."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Avg, Count
from django.utils import timezone

from events.models import Booking, Meeting, Opinion

# With fewer answers than this, one would be recognised by who came.
FEWEST = 3
ALREADY_GIVEN = "Votre avis est déjà enregistré. Merci !"
NOT_ASKED = "Ces questions s’adressent aux personnes qui sont venues."


def may_give(booking: Booking) -> bool:
    return booking.attendance == Booking.Attendance.CAME


def give(booking: Booking, *, useful: int, clear: int, better: str = "", now: datetime | None = None) -> None:
    """Keep the answers apart from the person: the booking only remembers that they answered.

    It does so by the end of its session, the same for everybody: no moment ties an answer to a booking.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        rows: Any = Booking.objects.select_for_update(of=("self",)).select_related("session")
        locked = rows.get(pk=booking.pk)
        if not may_give(locked) or locked.anonymised_at:
            raise ValidationError(NOT_ASKED, code="not_asked")
        if locked.opinion_at:
            raise ValidationError(ALREADY_GIVEN, code="given")
        opinion = Opinion(
            session_id=locked.session_id,
            useful=useful,
            clear=clear,
            better=better.strip(),
            given_on=timezone.localdate(moment),
        )
        opinion.full_clean()
        opinion.save()
        Booking.objects.filter(pk=locked.pk).update(opinion_at=locked.session.ends_at)
    booking.opinion_at = locked.session.ends_at


def by_session(sessions: models.QuerySet[Meeting]) -> list[dict[str, Any]]:
    """The sessions with enough answers, the latest first: averages, and what was written in no order of arrival."""
    found = Opinion.objects.filter(session__in=sessions)
    rows = found.values("session", "session__title", "session__starts_at")
    averages = rows.annotate(answers=Count("pk"), useful_mean=Avg("useful"), clear_mean=Avg("clear"))
    told = list(averages.filter(answers__gte=FEWEST).order_by("-session__starts_at", "-session"))
    texts: dict[int, list[str]] = {row["session"]: [] for row in told}
    written = found.filter(session__in=texts).exclude(better="").order_by("better", "pk")
    for session, text in written.values_list("session", "better"):
        texts[session].append(text)
    return [row | {"texts": texts[row["session"]]} for row in told]
