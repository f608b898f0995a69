from collections.abc import Iterable
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from association.models import Departement
from pages.addresses import absolute
from pages.models import BasePage, BasePageManager, BasePageQuerySet, Film, Tagged
from pages.structured_data import Node
from pages.templatetags.french import count_of
from videos.forms import VideoPageForm
from videos.structured_data import video


class VideoTag(Tagged, ItemBase):
    content_object = ParentalKey("videos.VideoPage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [models.UniqueConstraint("tag", "content_object", name="videos_tag_is_given_once")]


class VideoQuerySet(BasePageQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-first_published_at", "-pk")


class VideoPage(BasePage):
    """A company of the social economy, presented by a film of about two minutes."""

    media = models.ForeignKey("pages.Film", on_delete=models.PROTECT, related_name="+", verbose_name="film")
    company = models.CharField("entreprise", max_length=120)
    sector = models.CharField("secteur", max_length=80, blank=True)
    status = models.CharField("statut", max_length=80, blank=True, help_text="Association, SCOP, SCIC, mutuelle…")
    city = models.CharField("ville", max_length=80, blank=True)
    departement = models.ForeignKey(
        Departement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="videos",
        verbose_name="département",
    )
    staff = models.PositiveIntegerField("nombre de salariés", null=True, blank=True)
    founded = models.PositiveSmallIntegerField(
        "année de création", null=True, blank=True, validators=[MinValueValidator(1800), MaxValueValidator(2100)]
    )
    jobs = models.CharField("métiers", max_length=250, blank=True)
    link = models.URLField("site de l’entreprise", blank=True)
    link_label = models.CharField("intitulé du lien", max_length=120, blank=True)
    tags = ClusterTaggableManager(through=VideoTag, blank=True, verbose_name="mots-clés")

    objects = BasePageManager.from_queryset(VideoQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MediaChooserPanel("media", media_type="video"),
        MultiFieldPanel(
            [
                FieldPanel("company"),
                FieldRowPanel([FieldPanel("sector"), FieldPanel("status")]),
                FieldRowPanel([FieldPanel("city"), FieldPanel("departement")]),
                FieldRowPanel([FieldPanel("staff"), FieldPanel("founded")]),
                FieldPanel("jobs"),
                FieldRowPanel([FieldPanel("link"), FieldPanel("link_label")]),
            ],
            "L’entreprise",
        ),
        FieldPanel("tags"),
        FieldPanel("easy_read"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("company"),
        index.SearchField("sector"),
        index.SearchField("status"),
        index.SearchField("city"),
        index.SearchField("jobs"),
        index.SearchField("transcript"),
    ]
    parent_page_types: ClassVar[list[str]] = ["videos.VideoIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_kind = "videos"
    base_form_class = VideoPageForm

    class Meta:
        verbose_name = "vidéo d’une entreprise"
        verbose_name_plural = "vidéos d’entreprises"

    @property
    def share_image(self) -> str:
        return absolute(self.media.poster_url) if self.media.thumbnail else ""

    @property
    def share_size(self) -> tuple[int, int]:
        return self.media.width or 854, self.media.height or 480

    @property
    def structured_data(self) -> list[Node]:
        return [video(self)]

    @property
    def search_departements(self) -> Iterable[Departement]:
        return [self.departement] if self.departement else []

    @property
    def film(self) -> Film:
        return self.media

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is known of the company, as pairs of a word and a value."""
        where = ", ".join(part for part in (self.city, self.departement and self.departement.name) if part)
        pairs = [
            ("Secteur", self.sector),
            ("Statut", self.status),
            ("Ville", where),
            ("Salariés", count_of(self.staff, "personne") if self.staff else ""),
            ("Création", str(self.founded) if self.founded else ""),
            ("Métiers", self.jobs),
        ]
        return [(label, value) for label, value in pairs if value]

    @property
    def list_address(self) -> str:
        return self.address.removesuffix(f"{self.slug}/")

    @property
    def tag_items(self) -> list[dict[str, str]]:
        return [{"title": tag.name} for tag in self.tags.order_by("name")]

    @property
    def transcript(self) -> str:
        return self.media.transcript
