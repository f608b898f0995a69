from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from association.models import Departement
from news.structured_data import article
from pages import pictures
from pages.blocks import Body
from pages.models import BasePage, BasePageManager, BasePageQuerySet, Tagged
from pages.structured_data import Node

WHOLE_REGION = "Toute la région"


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
        help_text="Aucun : toute la région.",
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
        index.SearchField("source_name"),
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
    def structured_data(self) -> list[Node]:
        return [article(self)]

    @property
    def search_date(self) -> date:
        return self.published_on

    @property
    def search_departements(self) -> Iterable[Departement]:
        return self.departements.all()

    @property
    def is_link(self) -> bool:
        return self.kind == self.Kind.LINK

    @property
    def origin(self) -> str:
        """Who wrote it, in the words of a list."""
        return f"Repéré sur {self.source_name}" if self.is_link else "Notre article"

    @property
    def chips(self) -> list[dict[str, str]]:
        """The territory, for the labels of a card."""
        return [{"title": departement.name} for departement in self.departements.all()] or [{"title": WHOLE_REGION}]

    @property
    def departement_links(self) -> list[dict[str, str]]:
        links = [
            {"title": departement.name, "url": departement.get_absolute_url()}
            for departement in self.departements.all().order_by("code")
        ]
        return links or [{"title": WHOLE_REGION, "url": self.list_address}]

    @property
    def tag_links(self) -> list[dict[str, str]]:
        return [{"title": tag.name, "url": f"{self.list_address}?mot={tag.slug}"} for tag in self.tags.order_by("name")]

    @property
    def list_address(self) -> str:
        return self.address.removesuffix(f"{self.slug}/")

    def related(self) -> list["NewsPage"]:
        """The three latest that share a département or a tag with this one."""
        near = Q(departements__in=self.departements.all()) | Q(tagged_items__tag__in=self.tags.all())
        others = NewsPage.objects.open_to_all().filter(near).exclude(pk=self.pk).newest_first().distinct()
        return list(
            others.defer_streamfields().prefetch_related("departements", pictures.prefetch("image", "card"))[:3]
        )

    def clean(self) -> None:
        super().clean()
        if self.is_link and not (self.source_name and self.source_url):
            raise ValidationError(
                {
                    "source_name": "Un lien commenté dit d’où vient l’article.",
                    "source_url": "Un lien commenté a l’adresse de l’article.",
                }
            )
