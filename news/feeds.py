"""Atom feeds of the news: all, by tag, by département."""

import re
from datetime import datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from association.models import Departement
from news.models import NewsPage, NewsQuerySet
from pages.models import Tag

LENGTH = 30
# XML cannot say them, however they came in.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


class NewsFeed(Feed[NewsPage, Any]):
    """The latest news; subclasses choose which."""

    feed_type = Atom1Feed
    subtitle = "Actualités d’Île-de-France, nos articles et ceux que nous avons repérés."

    def title(self, chosen: Any) -> str:
        return "Actess : l’actualité de l’emploi dans l’économie sociale et solidaire"

    def link(self, chosen: Any) -> str:
        return "/actualites/"

    def news(self, chosen: Any) -> NewsQuerySet:
        return NewsPage.objects.open_to_all()

    def items(self, chosen: Any) -> list[NewsPage]:
        return list(self.news(chosen).newest_first().defer_streamfields()[:LENGTH])

    def item_title(self, item: NewsPage) -> str:
        return CONTROL.sub("", item.title)

    def item_description(self, item: NewsPage) -> str:
        return CONTROL.sub("", item.summary)

    def item_link(self, item: NewsPage) -> str:
        return item.address

    def item_pubdate(self, item: NewsPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.published_on, time(8)))

    def item_updateddate(self, item: NewsPage) -> datetime:
        return item.last_published_at or self.item_pubdate(item)


class TagFeed(NewsFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        return get_object_or_404(Tag, slug=slug)

    def title(self, chosen: Any) -> str:
        return f"Actess : actualités « {chosen.name} »"

    def link(self, chosen: Any) -> str:
        return f"/actualites/?mot={chosen.slug}"

    def news(self, chosen: Any) -> NewsQuerySet:
        return super().news(chosen).tagged(chosen.slug)


class DepartementFeed(NewsFeed):
    def get_object(self, request: HttpRequest, code: str, slug: str) -> Departement:
        return get_object_or_404(Departement, code=code, slug=slug)

    def title(self, chosen: Any) -> str:
        return f"Actess : actualités {chosen.locative}"

    def link(self, chosen: Any) -> str:
        return chosen.get_absolute_url()

    def news(self, chosen: Any) -> NewsQuerySet:
        return super().news(chosen).about(chosen)
