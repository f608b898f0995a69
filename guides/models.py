from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from association.models import Audience, Departement
from pages.blocks import Body
from pages.models import BasePage, BasePageManager, BasePageQuerySet, Tagged


class GuideTag(Tagged, ItemBase):
    content_object = ParentalKey("guides.GuidePage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [models.UniqueConstraint("tag", "content_object", name="guides_tag_is_given_once")]


class GuideQuerySet(BasePageQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-edition_on", "-pk")

    def about(self, departement: Departement) -> Self:
        return self.filter(departements=departement)


class GuidePage(BasePage):
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
        help_text="Pour une nouvelle édition, choisissez le nouveau fichier : l’adresse du guide ne change pas.",
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
        help_text="Aucun : toute la région.",
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
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["guides.GuideIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_kind = "guides"

    class Meta:
        verbose_name = "guide"
        verbose_name_plural = "guides"


class GuideDownloads(models.Model):
    """How often a guide's file was asked for on a day. Nothing about who asked."""

    guide = models.ForeignKey(GuidePage, on_delete=models.CASCADE, related_name="downloads")
    day = models.DateField("jour")
    count = models.PositiveIntegerField("téléchargements", default=0)

    class Meta:
        verbose_name = "téléchargements d’un guide"
        constraints = [models.UniqueConstraint("guide", "day", name="guides_downloads_are_counted_by_day")]

    def __str__(self) -> str:
        return f"{self.guide}, {self.day} : {self.count}"


class GuideIndexPage(BasePage):
    """All the guides, by topic and audience."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["guides.GuidePage"]
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = "liste des guides"
