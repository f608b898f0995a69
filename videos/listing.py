"""The list of videos: the company of the month, then the others, month by month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Min
from django.http import Http404
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from pages.filters import read_page
from videos import calendar
from videos.models.featured import FeaturedVideo
from videos.models.video import VideoPage

PER_PAGE = 12


@dataclass(frozen=True)
class Listing:
    page: ListPage[FeaturedVideo]
    others: list[VideoPage]
    this_month: date
    until: datetime


def context(query: Mapping[str, str], *, on: date) -> dict[str, Any]:
    """What the template shows; `listing` asks the database only when it is read."""
    number = read_page(query)
    return {"list_key": f"videos:{number}", "listing": SimpleLazyObject(lambda: listing(number, on=on))}


def listing(number: int, *, on: date) -> Listing:
    """One page of the archive; the last one ends with the videos of no month. Raises Http404 for none."""
    paginator = Paginator(calendar.archive(on), PER_PAGE)
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    others = list(calendar.never_featured()) if number == paginator.num_pages else []
    return Listing(paginator.page(number), others, calendar.first_of(on), _true_until(on))


def _true_until(on: date) -> datetime:
    """The next month's first moment, or when a video leaves the list before it."""
    next_month = timezone.make_aware(datetime.combine(calendar.following(calendar.first_of(on)), time()))
    expiry = VideoPage.objects.open_to_all().aggregate(at=Min("expire_at"))["at"]
    return min(expiry, next_month) if expiry else next_month
