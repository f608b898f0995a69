"""What the front page and a département's page gather from the other apps."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Prefetch
from django.utils import timezone

from association.models import Departement
from events.models import InfoSession, MeetingQuerySet
from guides.models import GuidePage
from news.listing import next_expiry, with_cards
from news.models import NewsPage
from pages import pictures
from videos.calendar import company_of_the_month

SESSIONS_SHOWN = 3
NEWS_SHOWN = 4
GUIDES_SHOWN = 3


def front(now: datetime) -> dict[str, Any]:
    """The lists of the front page, and `until` when one of them changes by itself."""
    sessions = next_sessions(InfoSession.objects.all(), now)[:SESSIONS_SHOWN]
    today = timezone.localdate(now)
    return {
        "today": today,
        "sessions": sessions,
        "video": company_of_the_month(today),
        "news": list(with_cards(NewsPage.objects.open_to_all().newest_first())[:NEWS_SHOWN]),
        "map": news_by_departement(),
        "guides": list(with_covers(GuidePage.objects.open_to_all().newest_first())[:GUIDES_SHOWN]),
        "until": _changes_at(sessions, now),
    }


def about_departement(departement: Departement, now: datetime) -> dict[str, Any]:
    """The lists of a département's page; news and guides of the whole region come after its own."""
    sessions = next_sessions(departement.sessions.all(), now)[:6]
    news = NewsPage.objects.open_to_all()
    guides = GuidePage.objects.open_to_all()
    return {
        "sessions": sessions,
        "news": list(with_cards(news.about(departement).newest_first())[:8]),
        "regional_news": list(with_cards(news.filter(departements=None).newest_first())[:4]),
        "guides": list(with_covers(guides.filter(departements__in=[departement]).newest_first())[:3]),
        "regional_guides": list(with_covers(guides.filter(departements=None).newest_first())[:3]),
        "until": _changes_at(sessions, now),
    }


def next_sessions(sessions: MeetingQuerySet, now: datetime) -> list[InfoSession]:
    """Those to come that anyone may see, soonest first, with their places."""
    return list(sessions.open_to_all(now).upcoming(now).soonest_first().select_related("place", "departement")[:6])


def news_by_departement() -> list[dict[str, Any]]:
    """Each département with its address and its number of news, for the map."""
    rows = NewsPage.objects.open_to_all().order_by().values("departements").annotate(total=Count("pk"))
    counts = Counter({row["departements"]: row["total"] for row in rows})
    return [
        {"code": each.code, "name": each.name, "url": each.get_absolute_url(), "count": counts[each.pk]}
        for each in Departement.objects.by_code()
    ]


def with_covers(guides: Any) -> Any:
    """Guides with what a card shows: the file, its cover or the guide's own picture."""
    covers = Prefetch("document", queryset=_documents())
    return guides.defer_streamfields().prefetch_related(covers, pictures.prefetch("image", "cover"))


def _documents() -> Any:
    document = GuidePage._meta.get_field("document").related_model
    return document.objects.prefetch_related(pictures.prefetch("cover", "cover"))


def _changes_at(sessions: list[InfoSession], now: datetime) -> datetime:
    """When a list next changes without anyone publishing: midnight, an end, an expiry, a planned session."""
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(tomorrow, datetime.min.time()))
    planned = InfoSession.objects.filter(publish_at__gt=now).order_by("publish_at").values_list("publish_at", flat=True)
    moments = [midnight, next_expiry(), planned.first(), *(session.ends_at for session in sessions)]
    return min(moment for moment in moments if moment)
