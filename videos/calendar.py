"""The companies of the month: which one today, which ones before, which months still have none.

A month is a date on its first day, and begins at midnight in Paris: the
caller gives the local day.
"""

from datetime import date

from django.db.models import Prefetch, QuerySet

from pages.models import Film
from videos.models.featured import FeaturedVideo
from videos.models.video import VideoPage, VideoQuerySet

MONTHS_AHEAD = 6


def first_of(day: date) -> date:
    return day.replace(day=1)


def following(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def company_of_the_month(on: date) -> VideoPage | None:
    """The month's own, else the latest that was featured before, else the latest video; only what is open to all."""
    shown = with_films(VideoPage.objects.open_to_all())
    featured = shown.filter(months__month__lte=first_of(on)).order_by("-months__month").first()
    return featured or shown.newest_first().first()


def archive(on: date) -> QuerySet[FeaturedVideo]:
    """The companies of this month and of those before, newest first. What is planned stays unsaid."""
    videos = with_films(VideoPage.objects.open_to_all())
    return (
        FeaturedVideo.objects.filter(month__lte=first_of(on), video__in=VideoPage.objects.open_to_all())
        .order_by("-month")
        .prefetch_related(Prefetch("video", queryset=videos))
    )


def never_featured() -> VideoQuerySet:
    """Videos that no month was given to."""
    return with_films(VideoPage.objects.open_to_all().filter(months=None)).newest_first()


def empty_months(on: date, *, ahead: int = MONTHS_AHEAD) -> list[date]:
    """The months without a company, from this one on."""
    months = [first_of(on)]
    while len(months) <= ahead:
        months.append(following(months[-1]))
    taken = set(FeaturedVideo.objects.filter(month__in=months).values_list("month", flat=True))
    return [month for month in months if month not in taken]


def with_films(videos: VideoQuerySet) -> VideoQuerySet:
    """The videos with their films; a transcript is as long as a page, and no list shows it."""
    return videos.select_related(None).prefetch_related(Prefetch("media", queryset=Film.objects.defer("transcript")))
