"""The editors' screens for places."""

from typing import Any

import django_filters  # type: ignore[import-untyped]  # it has no types
from django import forms
from django.db import models, transaction
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from association.models import Departement
from events import sessions
from events.models import Place


class PlaceIndexView(IndexView):
    add_item_label = "Ajouter un lieu"


class PlaceEditView(EditView):
    def save_instance(self) -> Place:
        """Whoever has a seat there is told of another address, in the same transaction."""
        with transaction.atomic():
            before = Place.objects.get(pk=self.object.pk)
            place: Place = super().save_instance()
            sessions.place_corrected(place, before=before)
        return place


class PlaceFilters(WagtailFilterSet):
    departement = django_filters.ModelChoiceFilter(
        label="Département", queryset=Departement.objects.by_code(), widget=forms.RadioSelect, empty_label="Tous"
    )

    class Meta:
        model = Place
        fields = ["departement", "accessible"]


class PlaceViewSet(SnippetViewSet):
    model = Place
    icon = "home"
    menu_label = "Lieux"
    menu_name = "places"
    url_namespace = "events_places"
    url_prefix = "lieux"
    index_view_class = PlaceIndexView
    edit_view_class = PlaceEditView
    filterset_class = PlaceFilters
    search_fields = ["name", "address", "city", "postcode"]
    search_backend_name = None
    ordering = ["city", "name", "pk"]
    list_display = [
        "name",
        Column("city", label="Ville", sort_key="city"),
        Column("departement", label="Département", sort_key="departement__name"),
        BooleanColumn("accessible", label="Accessible en fauteuil", sort_key="accessible"),
    ]

    def get_queryset(self, _request: Any) -> models.QuerySet[Place]:
        return Place.objects.select_related("departement")
