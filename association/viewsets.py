from wagtail.snippets.views.snippets import SnippetViewSet

from association.models import Departement


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
