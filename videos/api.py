"""What there is to read of the companies' films, field by field."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from pages.api import shapes
from pages.api.fields import Field, Film, Related, Tags
from pages.api.library import Library
from pages.api.tree import PageType
from videos.models import VideoIndexPage, VideoPage


class Months(Field):
    """The months of which it is the company, up to this one: those ahead are the editors' plans."""

    @property
    def prefetched(self) -> list[str]:
        return ["months"]

    def say(self, thing: VideoPage, library: Library) -> Any:
        today = timezone.localdate()
        library.true_until(_next_month(today))
        return sorted(f"{each.month:%Y-%m}" for each in thing.months.all() if each.month <= today)


def _next_month(day: date) -> datetime:
    first = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return timezone.make_aware(datetime.combine(first, datetime.min.time()))


VIDEO = PageType(
    VideoPage,
    {
        "company": Field("company"),
        "sector": Field("sector"),
        "status": Field("status"),
        "city": Field("city"),
        "departement": Related("departement", shapes.departement),
        "staff": Field("staff"),
        "founded": Field("founded"),
        "jobs": Field("jobs"),
        "link": Field("link"),
        "link_label": Field("link_label"),
        "tags": Tags(),
        "video": Film("media"),
        "months": Months("months"),
    },
    departements="departement",
    tags="tagged_items__tag",
)
VIDEO_INDEX = PageType(VideoIndexPage, {})
