"""Moves the demonstration's dates, so that it is never old.

Everything moves by the same whole number of weeks, which keeps the days of
the week; the calendar of companies moves by whole months. The home page's
first publication says the day that the dates are counted from.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision

from events.models import Meeting
from guides.models import GuidePage
from home.demo import moving_people, passports
from home.demo.dates import at, month, months_between, shifted
from home.demo.pages import date_history
from home.models import HomePage
from news.models import NewsPage
from passport.models import Order
from videos.models import FeaturedVideo, VideoPage

ENOUGH_AHEAD = 4
NOON = time(12)
PAGE_MOMENTS = ["first_published_at", "last_published_at", "latest_revision_created_at", "expire_at"]
DAYS_OF = {NewsPage: ["published_on", "source_date"], GuidePage: ["edition_on", "review_on"]}


def start_clock(home: HomePage, today: date) -> None:
    """From now on the demonstration's dates count from `today`."""
    Page.objects.filter(pk=home.pk).update(first_published_at=at(today, NOON))


def move_dates(*, today: date | None = None) -> int:
    """Move every date to what it would be if the demonstration had been loaded this week; return the days moved."""
    today = today or timezone.localdate()
    home = HomePage.objects.get()
    counted_from = timezone.localdate(home.first_published_at)
    days = (today - counted_from).days // 7 * 7
    if days <= 0:
        return 0
    with transaction.atomic():
        _move_sessions(days)
        moving_people.move(days)
        _make_passports_anew(counted_from + timedelta(days=days))
        _move_pages(home, days)
        _move_months(months_between(counted_from, counted_from + timedelta(days=days)))
        _plan_videos(today)
        _publish_what_expires_again()
    return days


def _make_passports_anew(today: date) -> None:
    """What was signed bears its date: it is not moved."""
    if Order.objects.exists():
        passports.remove()
        passports.load(today)


def _move_sessions(days: int) -> None:
    moments = ["starts_at", "ends_at", "publish_at", "cancelled_at", "sheet_closed_at"]
    sessions = list(Meeting.objects.all())
    for session in sessions:
        _shift_moments(session, moments, days)
        session.sequence += 1
    Meeting.objects.bulk_update(sessions, [*moments, "sequence"])


def _move_pages(home: HomePage, days: int) -> None:
    pages = list(home.get_descendants(inclusive=True))
    for page in pages:
        _shift_moments(page, PAGE_MOMENTS, days)
    Page.objects.bulk_update(pages, PAGE_MOMENTS)
    for model, names in DAYS_OF.items():
        rows = list(model.objects.all())
        for row in rows:
            _shift_days(row, names, days)
        model.objects.bulk_update(rows, names)
    _move_revisions([str(page.pk) for page in pages], days)


def _shift_moments(thing: models.Model, names: Iterable[str], days: int) -> None:
    for name in names:
        if moment := getattr(thing, name):
            setattr(thing, name, shifted(moment, days))


def _shift_days(thing: models.Model, names: Iterable[str], days: int) -> None:
    for name in names:
        if day := getattr(thing, name):
            setattr(thing, name, day + timedelta(days=days))


def _move_revisions(pages: list[str], days: int) -> None:
    """What an editor finds in the form: without this, the next publication would bring the old dates back."""
    revisions = list(Revision.page_revisions.filter(object_id__in=pages))
    for revision in revisions:
        revision.created_at = shifted(revision.created_at, days)
        _move_content(revision.content, days)
    Revision.objects.bulk_update(revisions, ["created_at", "content"], batch_size=100)


def _move_content(content: dict[str, Any], days: int) -> None:
    for name in PAGE_MOMENTS:
        if (text := content.get(name)) and (moment := parse_datetime(text)):
            content[name] = shifted(moment, days).isoformat()
    for name in sorted(name for names in DAYS_OF.values() for name in names):
        if text := content.get(name):
            content[name] = (date.fromisoformat(text) + timedelta(days=days)).isoformat()


def _move_months(count: int) -> None:
    """Made anew: moved one by one, two companies would meet in the same month."""
    if count:
        calendar = list(FeaturedVideo.objects.all())
        FeaturedVideo.objects.all().delete()
        FeaturedVideo.objects.bulk_create(
            FeaturedVideo(month=month(entry.month, count), video_id=entry.video_id) for entry in calendar
        )


def _plan_videos(today: date) -> None:
    """The companies of the months to come wait for their first day; the others are there."""
    for entry in FeaturedVideo.objects.select_related("video"):
        opens_at = at(entry.month, time())
        waits = entry.month > month(today, 0)
        if waits and entry.video.live:
            entry.video.unpublish(log_action=None)
        if waits or not entry.video.live:
            _publish(entry.video, opens_at if waits else None)


def _publish(video: VideoPage, go_live_at: datetime | None) -> None:
    page = VideoPage.objects.get(pk=video.pk)
    page.go_live_at = go_live_at
    page.save_revision().publish()


def _publish_what_expires_again() -> None:
    """News that had ended, and that now end later."""
    for page in NewsPage.objects.filter(expired=True, live=False, expire_at__gt=timezone.now()):
        published_at = page.first_published_at
        page.get_latest_revision().publish()
        date_history(page, published_at)
