"""The company of the month: the calendar that editors plan ahead."""

from datetime import date

from videos.models import VideoPage


def company_of_the_month(on: date) -> VideoPage | None:
    """The video featured on a day of Paris: its month's, else the latest month's before, else the latest published."""
    videos = VideoPage.objects.open_to_all().select_related("media", "departement")
    featured = videos.filter(months__month__lte=on.replace(day=1)).order_by("-months__month")
    return featured.first() or videos.newest_first().first()
