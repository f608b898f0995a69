from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock, URLBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from home.front import front
from pages.models import BasePage


class HomePage(BasePage):
    """The front page: the accompaniment first, then what is new."""

    eyebrow = models.CharField("au-dessus du titre", max_length=120, blank=True)
    headline = models.CharField("titre", max_length=120)
    lead = models.TextField("chapeau", max_length=300, blank=True)
    first_label = models.CharField("premier bouton", max_length=60, blank=True)
    first_url = models.CharField("adresse du premier bouton", max_length=200, blank=True)
    second_label = models.CharField("second bouton", max_length=60, blank=True)
    second_url = models.CharField("adresse du second bouton", max_length=200, blank=True)
    steps = StreamField(
        [
            (
                "step",
                StructBlock([("title", CharBlock(label="titre")), ("text", TextBlock(label="texte"))], label="étape"),
            )
        ],
        blank=True,
        verbose_name="comment ça se passe",
    )
    figure = models.ForeignKey(
        "pages.KeyFigure",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="chiffre clé",
    )
    partners = StreamField(
        [
            (
                "partners",
                ListBlock(
                    StructBlock([("name", CharBlock(label="nom")), ("url", URLBlock(label="site", required=False))])
                ),
            )
        ],
        blank=True,
        max_num=1,
        verbose_name="partenaires",
    )
    callback_text = models.TextField("« être rappelé »", max_length=250, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("eyebrow"),
                FieldPanel("headline"),
                FieldPanel("lead"),
                FieldRowPanel([FieldPanel("first_label"), FieldPanel("first_url")]),
                FieldRowPanel([FieldPanel("second_label"), FieldPanel("second_url")]),
            ],
            "En haut de la page",
        ),
        FieldPanel("steps"),
        FieldPanel("figure"),
        FieldPanel("partners"),
        FieldPanel("callback_text"),
    ]
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "news.NewsIndexPage",
        "guides.GuideIndexPage",
        "videos.VideoIndexPage",
        "home.AssociationPage",
        "home.ContactPage",
    ]

    class Meta:
        verbose_name = "page d’accueil"

    def route(
        self, request: HttpRequest, path_components: list[str]
    ) -> RouteResult | tuple[Page, list[Any], dict[str, Any]]:
        """Find a page below by its whole address at once; what is not one is left to each level, as usual."""
        if path_components:
            below = f"{self.url_path}{'/'.join(path_components)}/"
            if page := Page.objects.filter(url_path=below).first():
                return page.specific.route(request, [])
        return super().route(request, path_components)

    @property
    def steps_items(self) -> list[dict[str, str]]:
        return [{"title": step.value["title"], "text": step.value["text"]} for step in self.steps]

    @property
    def partners_items(self) -> list[Any]:
        return [partner for block in self.partners for partner in block.value]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        lists = SimpleLazyObject(lambda: front(timezone.now()))
        return super().get_context(request, *args, **kwargs) | {"front": lists, "breadcrumbs": []}
