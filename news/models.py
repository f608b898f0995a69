from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from association.models import Departement
from pages.blocks import Body
from pages.models import BasePage, BasePageManager, BasePageQuerySet, Tagged


class NewsTag(Tagged, ItemBase):
    content_object = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [models.UniqueConstraint("tag", "content_object", name="news_tag_is_given_once")]


class NewsQuerySet(BasePageQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-published_on", "-pk")

    def about(self, departement: Departement) -> Self:
        """News of one département; those of the whole region are everybody's and stay apart."""
        return self.filter(departements=departement)

    def tagged(self, slug: str) -> Self:
        return self.filter(tagged_items__tag__slug=slug)

    def of_month(self, first: date) -> Self:
        return self.filter(published_on__year=first.year, published_on__month=first.month)


class NewsPage(BasePage):
    """One piece of news: an article of ours, or a link to somebody else's with a few words.

    No département means the whole region.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", "article"
        LINK = "link", "lien commenté"

    kind = models.CharField("forme", max_length=10, choices=Kind, default=Kind.ARTICLE)
    published_on = models.DateField("date", default=timezone.localdate)
    departements = ParentalManyToManyField(
        Departement,
        blank=True,
        related_name="news",
        verbose_name="départements",
        help_text="Aucun : toute la région.",
    )
    tags = ClusterTaggableManager(through=NewsTag, blank=True, verbose_name="mots-clés")
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="image",
    )
    body = StreamField(Body(required=False), blank=True, verbose_name="texte")
    comment = RichTextField("notre commentaire", blank=True, features=["bold", "link", "ul"])
    source_name = models.CharField("source", max_length=120, blank=True)
    source_url = models.URLField("adresse de l’article", max_length=500, blank=True)
    source_date = models.DateField("date de l’article", null=True, blank=True)
    credit = models.CharField("crédit", max_length=160, blank=True)
    link_checked_on = models.DateField("lien vérifié le", null=True, blank=True, editable=False)
    link_works = models.BooleanField("le lien répond", default=True, editable=False)

    objects = BasePageManager.from_queryset(NewsQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("published_on"), FieldPanel("image")]),
        FieldPanel("departements"),
        FieldPanel("tags"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_date")]),
                FieldPanel("source_url"),
                FieldPanel("comment"),
                FieldPanel("credit"),
            ],
            "Article d’un autre site (lien commenté)",
        ),
        FieldPanel("body"),
        FieldPanel("easy_read"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.SearchField("comment"),
        index.FilterField("published_on"),
    ]
    parent_page_types: ClassVar[list[str]] = ["news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_kind = "actualites"

    class Meta:
        verbose_name = "actualité"
        verbose_name_plural = "actualités"
        indexes = [models.Index(fields=["-published_on", "-page_ptr"], name="news_newest_first")]

    @property
    def is_link(self) -> bool:
        return self.kind == self.Kind.LINK

    def clean(self) -> None:
        super().clean()
        if self.is_link and not (self.source_name and self.source_url):
            raise ValidationError(
                {
                    "source_name": "Un lien commenté dit d’où vient l’article.",
                    "source_url": "Un lien commenté a l’adresse de l’article.",
                }
            )


class NewsIndexPage(BasePage):
    """All the news, filtered by département, tag and month."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["news.NewsPage"]
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = "liste des actualités"
