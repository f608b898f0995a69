from collections.abc import Iterable
from datetime import date
from http import HTTPMethod
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from association.models import Departement
from pages import freshness, pictures
from pages.addresses import absolute, address
from pages.slugs import PageCopyForm, PageForm
from pages.structured_data import Node


class BasePageQuerySet(PageQuerySet):
    def open_to_all(self) -> Self:
        """What any visitor may read now: published, not expired, under no restriction."""
        return self.live().public().filter(Q(expire_at=None) | Q(expire_at__gt=timezone.now()))


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


class BasePage(Page):
    """What every page of the site shares: a summary shown in lists, an easy-read version."""

    summary = models.TextField(
        "résumé",
        max_length=250,
        blank=True,
        help_text="Deux lignes, montrées dans les listes et par les moteurs de recherche.",
    )
    easy_read = RichTextField(
        "en bref, facile à lire",
        blank=True,
        features=["bold", "ul"],
        help_text="Des phrases très courtes, une idée par phrase, des mots de tous les jours.",
    )

    objects = BasePageManager()
    base_form_class = PageForm
    copy_form_class = PageCopyForm

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            "Adresse et moteurs de recherche",
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS]
    # Kind under which the search shows the page; pages without one are not searched.
    # It reads the title, the summary, the easy-read version, the tags and the `search_fields`.
    search_kind: ClassVar[str] = ""

    class Meta:
        abstract = True

    @property
    def search_date(self) -> date | None:
        """The date that the search shows, and prefers the latest of."""
        return self.first_published_at

    @property
    def search_departements(self) -> Iterable[Departement]:
        """Where the page is found; none means the whole region."""
        return ()

    @property
    def description(self) -> str:
        """What a search engine and a shared link say of the page."""
        return self.search_description or self.summary

    @property
    def address(self) -> str:
        """The page's path on the site, asked of no database."""
        return address(self.url_path)

    @property
    def share_picture(self) -> Any:
        """The picture that goes with a shared link."""
        return getattr(self, "image", None)

    @property
    def share_image(self) -> str:
        """The absolute address of that picture; empty without one."""
        return pictures.share_address(self.share_picture)

    @property
    def share_size(self) -> tuple[int, int]:
        """The width and the height of that picture, in pixels."""
        return pictures.SHARE_SIZE

    @property
    def structured_data(self) -> list[Node]:
        """What the page says of itself to search engines, besides where it stands."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        about = freshness.keep(request, f"about:{self.pk}", lambda: (self._about(), None))
        return super().get_context(request, *args, **kwargs) | about

    def _about(self) -> dict[str, Any]:
        """What the head of the page and its breadcrumb say."""
        above = self.get_ancestors().filter(depth__gte=2).order_by("depth").values_list("title", "url_path")
        return {
            "breadcrumbs": [{"title": title, "url": address(path)} for title, path in above]
            + [{"title": self.title, "url": self.address}],
            "description": self.description,
            "canonical_url": absolute(self.address),
            "share_image": self.share_image,
            "share_size": self.share_size,
            "structured_data": self.structured_data,
        }
