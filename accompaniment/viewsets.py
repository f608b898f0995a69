"""The administrators' screens for what is sold and what is asked, under « Accompagnement »."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.urls import reverse
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.admin.widgets.button import Button

from accompaniment import draft_actions, packages
from accompaniment.draft_actions import GRIDS, PACKAGES
from accompaniment.forms.drafts import NameForm
from accompaniment.models import Grid, PackageVersion
from accounts.viewsets.listing import PeopleInspectView, PeopleViewSet, RuleCreateView, button


def state_of(version: PackageVersion | Grid) -> str:
    return "a été mise en vigueur" if version.live_from else "brouillon"


def actions_on(viewset: str, version: PackageVersion | Grid) -> list[Button]:
    """What has been live gives a new version; a draft is written, put in force, or removed."""
    if version.live_from:
        return [button(viewset, "renew", "Nouvelle version", "copy", version.pk, 40)]
    return [
        button(viewset, "write", "Modifier", "edit", version.pk, 40),
        button(viewset, "live", "Mettre en vigueur", "check", version.pk, 41),
        button(viewset, "drop", "Supprimer le brouillon", "bin", version.pk, 42),
    ]


class VersionIndexView(IndexView):
    viewset = ""

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        return super().get_list_more_buttons(instance) + actions_on(self.viewset, instance)

    def get_edit_url(self, _instance: Any) -> None:
        """A name leads to the version as it is read, which has every action."""
        return


class PackageIndexView(VersionIndexView):
    viewset = PACKAGES
    add_item_label = "Ajouter un forfait"

    def get_base_queryset(self) -> QuerySet[PackageVersion]:
        return PackageVersion.objects.select_related("package").prefetch_related("kinds")


class PackageCreateView(RuleCreateView):
    page_title = "Ajouter un forfait"
    success_message = "Le brouillon « %(object)s » est créé : donnez ses activités."
    error_message = "Le forfait n’est pas créé : corrigez ce qui est signalé."
    submit_button_label = "Créer le brouillon"

    def get_form(self, form_class: Any = None) -> BaseForm:
        return NameForm(self.request.POST or None)

    def save_instance(self) -> PackageVersion:
        return packages.create(self.form.cleaned_data["name"])

    def get_success_url(self) -> str:
        return reverse(f"{PACKAGES}:write", args=[self.object.pk])


class PackageInspectView(PeopleInspectView):
    page_title = "Version"

    def get_queryset(self) -> QuerySet[PackageVersion]:
        return PackageVersion.objects.select_related("package").prefetch_related("kinds")

    def actions_on(self, instance: PackageVersion) -> list[Button]:
        return actions_on(PACKAGES, instance)

    def get_field_label(self, field_name: str, field: Any) -> str:
        return "Activités" if field_name == "kinds" else super().get_field_label(field_name, field)

    def get_kinds_display_value(self) -> str:
        said = (f"{kind.label} : {kind.hours} h, par {kind.usual_hours} h" for kind in self.object.kinds.all())
        return " ; ".join(said) or "aucune"


class GridIndexView(VersionIndexView):
    viewset = GRIDS


class GridInspectView(PeopleInspectView):
    page_title = "Version"

    def actions_on(self, instance: Grid) -> list[Button]:
        return actions_on(GRIDS, instance)

    def get_field_label(self, field_name: str, field: Any) -> str:
        return "Questions" if field_name == "questions" else super().get_field_label(field_name, field)

    def get_questions_display_value(self) -> str:
        return " ; ".join(question.label for question in self.object.questions.all()) or "aucune"


STATE = StatusTagColumn("state", label="État", accessor=state_of, primary=lambda version: bool(version.live_from))
SINCE = DateColumn("live_from", label="En vigueur depuis", sort_key="live_from")


class PackageViewSet(PeopleViewSet):
    """A version is read; a draft is written by actions of its own."""

    model = PackageVersion
    name = PACKAGES
    url_prefix = "accompagnement/forfaits"
    icon = "list-ul"
    menu_label = "Forfaits"
    menu_name = "forfaits"
    index_view_class = PackageIndexView
    add_view_class = PackageCreateView
    inspect_view_class = PackageInspectView
    ordering = ["package__name", "-number"]
    search_fields = ["package__name"]
    actions_allowed = ("add", "view")
    form_fields = ["package"]
    inspect_view_fields = ["package", "number", "live_from", *packages.FACTS, "kinds"]
    list_display = [
        "__str__",
        Column("hours", label="Heures"),
        Column("window_months", label="Mois", sort_key="window_months"),
        Column("price", label="Prix (€)", sort_key="price"),
        SINCE,
        STATE,
    ]
    own_actions = (
        ("version", "renew", draft_actions.NewVersion),
        ("brouillon", "write", draft_actions.WriteDraft),
        ("vigueur", "live", draft_actions.GoLive),
        ("suppression", "drop", draft_actions.RemoveDraft),
    )


class GridViewSet(PeopleViewSet):
    model = Grid
    name = GRIDS
    url_prefix = "accompagnement/grilles"
    icon = "help"
    menu_label = "Grilles d’entretien"
    menu_name = "grilles"
    index_view_class = GridIndexView
    inspect_view_class = GridInspectView
    ordering = ["-number"]
    form_fields = ["number"]
    inspect_view_fields = ["number", "live_from", "questions"]
    list_display = ["__str__", SINCE, STATE]
    own_actions = (
        ("version", "renew", draft_actions.NewGrid),
        ("brouillon", "write", draft_actions.WriteGrid),
        ("vigueur", "live", draft_actions.AskGrid),
        ("suppression", "drop", draft_actions.RemoveGrid),
    )


class AccompanimentGroup(ModelViewSetGroup):
    menu_label = "Accompagnement"
    menu_name = "accompagnement"
    menu_icon = "clipboard-list"
    menu_order = 240
    items = (PackageViewSet, GridViewSet)
