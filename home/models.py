from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock, URLBlock
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from home.front import front
from pages.blocks import Body
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
    callback_text = models.TextField("« être rappelé »", max_length=250, blank=True)

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


class AssociationPage(BasePage):
    """A page about the association: who we are, the method, legal notices…"""

    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="image",
    )
    body = StreamField(Body(required=False), blank=True, verbose_name="texte")
    in_footer = models.BooleanField("en bas de chaque page", default=False)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("image"),
        FieldPanel("body"),
        FieldPanel("easy_read"),
    ]
    promote_panels = [*BasePage.promote_panels, FieldRowPanel([FieldPanel("show_in_menus"), FieldPanel("in_footer")])]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.AssociationPage"]
    subpage_types: ClassVar[list[str]] = ["home.AssociationPage"]
    search_kind = "association"

    class Meta:
        verbose_name = "page de l’association"
        verbose_name_plural = "pages de l’association"


class ContactPage(BasePage):
    """How to reach the association: telephone, « être rappelé », a form."""

    body = StreamField(Body(required=False), blank=True, verbose_name="texte")
    thanks = models.TextField("remerciement", max_length=300, default="Merci, votre message est bien arrivé.")

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body"), FieldPanel("thanks")]
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    search_kind = "association"

    class Meta:
        verbose_name = "page de contact"


class ContactMessage(models.Model):
    """What somebody wrote to the association, or a number to call back. Kept twelve months."""

    class Kind(models.TextChoices):
        MESSAGE = "message", "message"
        CALLBACK = "callback", "être rappelé"

    kind = models.CharField("demande", max_length=10, choices=Kind, default=Kind.MESSAGE)
    name = models.CharField("nom", max_length=120)
    email = models.EmailField("adresse e-mail", blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    best_time = models.CharField("quand vous rappeler", max_length=120, blank=True)
    subject = models.CharField("sujet", max_length=120, blank=True)
    text = models.TextField("message", max_length=4000, blank=True)
    sent_at = models.DateTimeField("reçu le", auto_now_add=True)
    handled_at = models.DateTimeField("traité le", null=True, blank=True)

    class Meta:
        verbose_name = "message reçu"
        verbose_name_plural = "messages reçus"
        constraints = [
            models.CheckConstraint(
                name="home_message_can_be_answered",
                condition=~Q(email="") | ~Q(telephone=""),
                violation_error_message="Une adresse e-mail ou un téléphone, pour vous répondre.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} de {self.name}"
