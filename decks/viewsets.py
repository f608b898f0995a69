"""The editors' screens for slide decks."""

from typing import Any

import django_filters  # type: ignore[import-untyped]  # it has no types
from django import forms
from django.db import models, transaction
from django.utils.text import capfirst
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from decks import decks
from decks.forms import SlideDeckForm
from decks.models import SlideDeck, SlideDeckQuerySet, State, Topic
from decks.panels import DECK_PANELS
from pages.templatetags.french import short_date


class DeckFilters(WagtailFilterSet):
    topic = django_filters.ChoiceFilter(
        label="Thème",
        choices=[(value, capfirst(label)) for value, label in Topic.choices],
        widget=forms.RadioSelect,
        empty_label="Tous",
    )
    state = django_filters.ChoiceFilter(
        label="État",
        choices=[(state.value, capfirst(state.value)) for state in State],
        method="filter_state",
        widget=forms.RadioSelect,
        empty_label="Tous",
    )

    class Meta:
        model = SlideDeck
        fields = ["topic", "state"]

    def filter_state(self, found: SlideDeckQuerySet, _name: str, value: str) -> SlideDeckQuerySet:
        return found.in_state(State(value))


class DeckIndexView(IndexView):
    add_item_label = "Ajouter un diaporama"

    def order_queryset(self, queryset: SlideDeckQuerySet) -> models.QuerySet[SlideDeck]:
        """Drafts first, then the newest, whatever a database thinks of what has no date."""
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return queryset.order_by(models.F("published_at").desc(nulls_first=True), "-pk")


class DeckDeleteView(DeleteView):
    def delete_action(self) -> None:
        with transaction.atomic():
            decks.forget_files(self.object)
            super().delete_action()


class SlideDeckViewSet(ModelViewSet):
    model = SlideDeck
    name = "decks_admin"
    url_prefix = "diaporamas"
    icon = "doc-full"
    menu_name = "diaporamas"
    menu_label = "Diaporamas"
    menu_order = 220
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = DeckIndexView
    delete_view_class = DeckDeleteView
    filterset_class = DeckFilters
    search_fields = ["title", "summary", "author", "text"]
    search_backend_name = None
    list_per_page = 30
    panels = DECK_PANELS
    list_display = [
        "title",
        Column("topic", label="Thème", accessor=lambda deck: capfirst(deck.get_topic_display()), sort_key="topic"),
        Column("edition_on", label="Édition", accessor=lambda deck: short_date(deck.edition_on), sort_key="edition_on"),
        NumberColumn("slide_count", label="Diapositives", sort_key="slide_count"),
        NumberColumn("downloads", label="Téléchargements", sort_key="downloads"),
        StatusTagColumn(
            "state",
            label="État",
            accessor=lambda deck: capfirst(deck.state().value),
            primary=lambda deck: deck.state() is State.PUBLISHED,
        ),
    ]
    list_export = ["title", "topic", "author", "edition_on", "slide_count", "size", "downloads", "published_at"]
    export_filename = "diaporamas"

    def get_queryset(self, _request: Any) -> models.QuerySet[SlideDeck]:
        return SlideDeck.objects.defer("title_words", "words")

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        handler.base_form_class = SlideDeckForm
        return handler.bind_to_model(self.model)
