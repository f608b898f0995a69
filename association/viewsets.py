from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from association.models import Departement, Sector, StructureKind


class DepartementViewSet(SnippetViewSet):
    model = Departement
    icon = "site"
    menu_name = "departements"
    menu_label = "Départements"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["code", "name", "locative"]
    search_fields = ["code", "name"]
    ordering = ["code"]


class ListedNameViewSet(SnippetViewSet):
    """A name that people choose in a list. One that is used is renamed rather than deleted."""

    icon = "list-ul"
    list_display = ["name"]
    search_fields = ["name"]
    ordering = ["name"]
    panels = [FieldPanel("name")]


class SectorViewSet(ListedNameViewSet):
    model = Sector


class StructureKindViewSet(ListedNameViewSet):
    model = StructureKind
