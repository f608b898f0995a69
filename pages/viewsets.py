"""Lists and forms of what pages point to: key figures and tags."""

from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from pages.models import KeyFigure, Tag


class KeyFigureViewSet(SnippetViewSet):
    model = KeyFigure
    icon = "order"
    menu_name = "chiffres"
    menu_label = "Chiffres clés"
    menu_order = 260
    add_to_admin_menu = True
    list_display = ["value", "text", "source", "year"]
    list_filter = ["source", "year"]
    search_fields = ["value", "text", "source"]
    ordering = ["-year", "value"]


class TagViewSet(SnippetViewSet):
    model = Tag
    icon = "tag"
    menu_name = "mots-cles"
    menu_label = "Mots-clés"
    menu_order = 270
    add_to_admin_menu = True
    panels = [FieldPanel("name"), FieldPanel("slug", help_text="Le mot dans l’adresse des pages et des flux.")]
    list_display = ["name", "slug"]
    search_fields = ["name"]
    ordering = ["name"]
