"""What the site has for search engines to find: every public page, session to come and département."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page, Site

from association.models import Departement
from events.models import InfoSession
from pages.addresses import address
from pages.models import BasePageQuerySet

PER_FILE = 5000


class OurSitemap[T](Sitemap):
    """Addresses under the site's own host and scheme, whatever host was asked."""

    limit = PER_FILE

    def get_domain(self, site: object = None) -> str:
        return urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.WAGTAILADMIN_BASE_URL).scheme


class PagesSitemap(OurSitemap[Page]):
    def items(self) -> QuerySet[Page]:
        front = Site.objects.select_related("root_page").get(is_default_site=True).root_page
        pages = BasePageQuerySet(Page).open_to_all().descendant_of(front, inclusive=True)
        return pages.order_by("pk").only("url_path", "last_published_at")

    def location(self, item: Page) -> str:
        return address(item.url_path)

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at


class SessionsSitemap(OurSitemap[InfoSession]):
    def items(self) -> QuerySet[InfoSession]:
        return InfoSession.objects.open_to_all().upcoming().soonest_first()

    def lastmod(self, item: InfoSession) -> datetime:
        return item.updated_at


class DepartementsSitemap(OurSitemap[Departement]):
    def items(self) -> QuerySet[Departement]:
        return Departement.objects.by_code()


class ViewsSitemap(OurSitemap[str]):
    """The lists that are not pages of the tree."""

    def items(self) -> Sequence[str]:
        return ["info_sessions", "past_sessions", "site_map"]

    def location(self, item: str) -> str:
        return reverse(item)


SECTIONS: dict[str, type[OurSitemap[Any]]] = {
    "pages": PagesSitemap,
    "reunions": SessionsSitemap,
    "departements": DepartementsSitemap,
    "listes": ViewsSitemap,
}


def files() -> list[tuple[str, int]]:
    """Each file that the whole takes: its section and its number in it."""
    return [(name, number) for name, section in SECTIONS.items() for number in section().paginator.page_range]


def urls(section: str, number: int) -> list[dict[str, Any]]:
    """The addresses of one file. Raises django.core.paginator.EmptyPage."""
    return SECTIONS[section]().get_urls(page=number)
