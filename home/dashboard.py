"""What is due, on the first page of the editors' interface: each line leads to where it is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component

from accounts.models import User
from events.models import InfoSession
from guides.models import GuidePage
from home.models import ContactMessage
from news.models import NewsPage
from pages.templatetags.french import month_year
from videos import calendar
from videos.viewsets import FeaturedVideoViewSet

SHOWN = 5
MONTHS_AHEAD = 3
REVIEW_WITHIN = timedelta(days=30)
EXPIRY_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Line:
    text: str
    url: str | None


@dataclass(frozen=True)
class Due:
    """One kind of thing to do: the first lines, and how many there are in all."""

    title: str
    lines: list[Line] = field(default_factory=list)
    total: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.lines)


def due(user: User) -> list[Due]:
    """What waits for this person, most pressing first; nothing that they may not mend."""
    today = timezone.localdate()
    found = [
        unread_messages(user),
        months_without_a_video(user, today),
        sessions_without_a_place(user),
        broken_links(user),
        expiring_news(user, today),
        guides_to_review(user, today),
    ]
    return [kind for kind in found if kind.total]


def unread_messages(user: User) -> Due:
    if not user.has_perm("home.change_contactmessage"):
        return Due("Messages à traiter")
    waiting = ContactMessage.objects.filter(handled_at=None).order_by("sent_at", "pk")
    return _list("Messages à traiter", waiting, user, lambda message: f"{message}, {_day(message.sent_at)}")


def months_without_a_video(user: User, today: date) -> Due:
    """This month and the next three."""
    title = "Mois sans entreprise"
    if not user.has_perm("videos.add_featuredvideo"):
        return Due(title)
    missing = calendar.empty_months(today, ahead=MONTHS_AHEAD)
    url = reverse(FeaturedVideoViewSet().get_url_name("add"))
    return Due(title, [Line(month_year(month), url) for month in missing], len(missing))


def sessions_without_a_place(user: User) -> Due:
    sessions = (
        InfoSession.objects.upcoming()
        .filter(place=None, online_url="", cancelled_at=None)
        .exclude(publish_at=None)
        .soonest_first()
    )
    return _list("Réunions sans lieu ni lien", sessions, user, str)


def broken_links(user: User) -> Due:
    news = NewsPage.objects.live().filter(link_works=False).newest_first()
    return _list("Liens qui ne répondent plus", news, user, lambda page: f"{page.title} ({page.source_name})")


def expiring_news(user: User, today: date) -> Due:
    news = NewsPage.objects.live().filter(expire_at__date__lte=today + EXPIRY_WITHIN).order_by("expire_at", "pk")
    return _list("Actualités qui vont expirer", news, user, lambda page: f"{page.title}, {_day(page.expire_at)}")


def guides_to_review(user: User, today: date) -> Due:
    guides = GuidePage.objects.live().filter(review_on__lte=today + REVIEW_WITHIN).order_by("review_on", "pk")
    return _list("Guides à relire", guides, user, lambda page: f"{page.title}, avant le {date_format(page.review_on)}")


def _list[T: Model](title: str, things: QuerySet[T], user: User, say: Callable[[T], str]) -> Due:
    """The first ones with their edit screen; what this person may not edit is not for them."""
    finder = AdminURLFinder(user)
    shown = [(thing, finder.get_edit_url(thing)) for thing in things[:SHOWN]]
    lines = [Line(say(thing), url) for thing, url in shown if url]
    total = things.count() if len(shown) == SHOWN and lines else len(lines)
    return Due(title, lines, total)


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F")


class DuePanel(Component):
    """The list of what is due, or a word to say that nothing is."""

    name = "due"
    template_name = "home/admin/due.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"kinds": due(parent_context["request"].user)}
