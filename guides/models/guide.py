from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from association.models import Audience, Departement
from guides import downloads
from guides.panels import DownloadsPanel
from pages import pictures
from pages.blocks import Body
from pages.models import BasePage, BasePageManager, BasePageQuerySet, File, Picture, Tagged
from pages.templatetags.french import count_of, file_size


class GuideTag(Tagged, ItemBase):
    content_object = ParentalKey("guides.GuidePage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [models.UniqueConstraint("tag", "content_object", name="guides_tag_is_given_once")]


class GuideQuerySet(BasePageQuerySet):
    def with_covers(self) -> Self:
        """With what a card shows: the file, its cover or the guide's own picture; no query for each."""
        documents = File.objects.prefetch_related(pictures.prefetch("cover", "cover"))
        return self.defer_streamfields().prefetch_related(
            Prefetch("document", queryset=documents), pictures.prefetch("image", "cover")
        )

    def newest_first(self) -> Self:
        return self.order_by("-edition_on", "-pk")

    def about(self, departement: Departement) -> Self:
        return self.filter(departements=departement)


class GuidePage(RoutablePageMixin, BasePage):
    """A guide in free download. Its file has one address for ever; a new edition takes the old one's place."""

    class Topic(models.TextChoices):
        APPLYING = "candidature", "candidater"
        TRADES = "metiers", "métiers"
        RIGHTS = "droits", "droits"
        TRAINING = "formation", "formation"
        INSERTION = "insertion", "insertion"
        PATHS = "parcours", "parcours"

    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="fichier",
        help_text="Pour une nouvelle édition, choisissez le nouveau fichier : l’adresse du guide ne change pas.",
    )
    edition_on = models.DateField("date de l’édition", default=timezone.localdate)
    review_on = models.DateField("à relire avant le", null=True, blank=True)
    topic = models.CharField("thème", max_length=20, choices=Topic)
    audience = models.CharField("public", max_length=10, choices=Audience, default=Audience.EVERYONE)
    departements = ParentalManyToManyField(
        Departement,
        blank=True,
        related_name="guides",
        verbose_name="départements",
        help_text="Aucun : toute la région.",
    )
    tags = ClusterTaggableManager(through=GuideTag, blank=True, verbose_name="mots-clés")
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="image",
        help_text="Sans image, la couverture est la première page du fichier.",
    )
    body = StreamField(Body(required=False), blank=True, verbose_name="présentation")

    objects = BasePageManager.from_queryset(GuideQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("document"),
        DownloadsPanel(heading="Téléchargements"),
        FieldRowPanel([FieldPanel("edition_on"), FieldPanel("review_on")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("topic"), FieldPanel("audience")]),
                FieldPanel("departements"),
                FieldPanel("tags"),
            ],
            "Pour qui, sur quoi",
        ),
        FieldPanel("image"),
        FieldPanel("body"),
        FieldPanel("easy_read"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("get_topic_display"),
        index.SearchField("get_audience_display"),
    ]
    parent_page_types: ClassVar[list[str]] = ["guides.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_kind = "guides"

    class Meta:
        verbose_name = "guide"
        verbose_name_plural = "guides"

    @path("fichier/", name="file")
    def send_file(self, request: HttpRequest) -> HttpResponseBase:
        """The file of the present edition, under an address that never changes."""
        return downloads.send(request, self, on=timezone.localdate())

    @property
    def file_address(self) -> str:
        return f"{self.address}fichier/"

    @property
    def file_extension(self) -> str:
        return self.document.file_extension.lower()

    @property
    def file_facts(self) -> str:
        """« PDF · 12 pages · 840 Ko »: what one wants to know before taking a file."""
        pages = self.document.page_count
        facts = [
            self.file_extension.upper(),
            count_of(pages, "page") if pages else "",
            file_size(self.document.file_size),
        ]
        return " · ".join(fact for fact in facts if fact)

    @property
    def cover(self) -> Picture | None:
        return self.image or self.document.cover

    @property
    def share_picture(self) -> Picture | None:
        return self.cover

    @property
    def list_address(self) -> str:
        return self.address.removesuffix(f"{self.slug}/")

    @property
    def topic_links(self) -> list[dict[str, str]]:
        """Topic, audience and territory, each a way to the guides that share it."""
        links = [(self.get_topic_display(), f"theme={self.topic}")]
        if self.audience != Audience.EVERYONE:
            links.append((self.get_audience_display(), f"public={self.audience}"))
        links += [(each.name, f"departement={each.code}") for each in self.departements.all()]
        return [
            {"title": f"{title[:1].upper()}{title[1:]}", "url": f"{self.list_address}?{query}"}
            for title, query in links
        ]

    def related(self) -> list["GuidePage"]:
        """The three latest others on the same topic, or with a common tag."""
        near = Q(topic=self.topic) | Q(tagged_items__tag__in=self.tags.all())
        others = GuidePage.objects.open_to_all().filter(near).exclude(pk=self.pk).newest_first().distinct()
        return list(others.with_covers()[:3])

    @property
    def search_date(self) -> date:
        return self.edition_on

    @property
    def search_departements(self) -> Iterable[Departement]:
        return self.departements.all()
