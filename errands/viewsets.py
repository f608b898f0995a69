"""What the worker did, waits for and gave up: read by those who look after the site."""

from typing import Any

import django_filters  # type: ignore[import-untyped]  # has no types
from django import forms
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from errands.models import Errand


class SeenOnly(ModelPermissionPolicy):
    """Written by the site alone."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


register_permission_policy(Errand, SeenOnly(Errand))


class ErrandFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label="État",
        method="by_state",
        choices=[("abandon", "abandonnés"), ("attente", "à faire"), ("fait", "faits")],
        empty_label="tous",
        widget=forms.RadioSelect,
    )

    def by_state(self, errands: QuerySet[Errand], _name: str, value: str) -> QuerySet[Errand]:
        if value == "attente":
            return errands.filter(done_at__isnull=True, given_up_at__isnull=True)
        return errands.filter(**{"given_up_at__isnull" if value == "abandon" else "done_at__isnull": False})

    class Meta:
        model = Errand
        fields = ["kind"]


class ErrandViewSet(ModelViewSet):
    model = Errand
    name = "travaux"
    url_prefix = "travaux"
    icon = "tasks"
    menu_name = "travaux"
    menu_label = "Travaux de fond"
    menu_order = 900
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        *("kind", "about", "asked_at", "due_at", "leased_until"),
        *("attempts", "deaths", "done_at", "given_up_at", "error"),
    ]
    list_display = [
        "__str__",
        DateColumn("asked_at", label="Demandé", sort_key="asked_at"),
        DateColumn("due_at", label="À faire", sort_key="due_at"),
        DateColumn("done_at", label="Fait", sort_key="done_at"),
        DateColumn("given_up_at", label="Abandonné", sort_key="given_up_at"),
        "attempts",
        "error",
    ]
    filterset_class = ErrandFilterSet
    search_fields = ["kind", "about", "error"]
    ordering = ["-asked_at", "-pk"]
    panels = [FieldPanel("kind", read_only=True)]
