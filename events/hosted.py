"""What counsellors' agendas show of meetings: those that they receive."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from accompaniment.agenda import Hosted
from events.models import Meeting


def hosted(counsellors: Collection[int], first: datetime, last: datetime) -> list[Hosted]:
    """Published or about to be, not cancelled, that overlap these two moments."""
    found = Meeting.objects.filter(
        host__in=counsellors, cancelled_at=None, publish_at__isnull=False, starts_at__lt=last, ends_at__gt=first
    )
    return [
        Hosted(
            meeting.host_id,
            f"{meeting.reference}@reunions.actess",
            meeting.starts_at,
            meeting.ends_at,
            meeting.title,
            reverse("sheet", args=[meeting.reference]),
        )
        for meeting in found.soonest_first()
        if meeting.host_id is not None
    ]
