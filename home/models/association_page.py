from typing import ClassVar

from django.conf import settings
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from pages.blocks import Body
from pages.models import BasePage


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

    @property
    def pages_below(self) -> list["AssociationPage"]:
        return list(AssociationPage.objects.child_of(self).open_to_all().order_by("path").defer_streamfields())
