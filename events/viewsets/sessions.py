"""The editors' screens for information sessions."""

from datetime import datetime
from typing import Any

import django_filters  # type: ignore[import-untyped]  # it has no types
from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from accounts.spreadsheets import as_text
from association.models import Audience, Departement
from events import actions, permissions, sessions
from events.models import InfoSession, Meeting, MeetingQuerySet, State
from events.panels import SESSION_PANELS
from events.templatetags.event_components import place_in_words
from pages.templatetags.french import NBSP, hours_until, weekday


class SessionFilters(WagtailFilterSet):
    when = django_filters.ChoiceFilter(
        label="Quand",
        choices=[("a-venir", "À venir"), ("passees", "Passées")],
        method="filter_when",
        widget=forms.RadioSelect,
        empty_label="Toutes",
    )
    state = django_filters.ChoiceFilter(
        label="État",
        choices=[(state.value, state.label.capitalize()) for state in State],
        method="filter_state",
        widget=forms.RadioSelect,
        empty_label="Tous",
    )
    departement = django_filters.ModelChoiceFilter(
        label="Département",
        queryset=Departement.objects.by_code(),
        widget=forms.RadioSelect,
        empty_label="Tous",
    )
    audience = django_filters.ChoiceFilter(
        label="Public",
        choices=[(value, capfirst(label)) for value, label in Audience.choices],
        widget=forms.RadioSelect,
        empty_label="Tous",
    )

    class Meta:
        model = InfoSession
        fields = ["when", "state", "departement", "audience"]

    def filter_when(self, sessions: MeetingQuerySet, _name: str, value: str) -> MeetingQuerySet:
        return sessions.past() if value == "passees" else sessions.upcoming()

    def filter_state(self, sessions: MeetingQuerySet, _name: str, value: str) -> MeetingQuerySet:
        return sessions.in_state(State(value))


def day_in_words(session: InfoSession) -> str:
    """« lun. 07/12/2026 » : short enough for a column, and sorted by the eye."""
    start = timezone.localtime(session.starts_at)
    return f"{weekday(start)[:3]}.{NBSP}{start:%d/%m/%Y}"


def hours_in_words(session: InfoSession) -> str:
    return hours_until(session.starts_at, session.ends_at)


def on_paris_clocks(value: datetime | None) -> datetime | str:
    """As a spreadsheet keeps it: it knows no time zone."""
    return timezone.make_naive(value) if value else ""


def written_on_paris_clocks(value: datetime | None) -> str:
    return f"{timezone.localtime(value):%d/%m/%Y %H:%M}" if value else ""


class SessionIndexView(IndexView):
    """Those to come first; the actions of each under its « … » button."""

    add_item_label = "Ajouter une réunion"
    list_export = [
        *("starts_at", "ends_at", "title", "state.label", "place.name", "place.city", "departement.name"),
        *("get_audience_display", "seats", "organiser", "publish_at", "cancelled_because", "get_absolute_url"),
    ]
    export_headings = {
        "state.label": "État",
        "place.name": "Lieu",
        "place.city": "Ville",
        "departement.name": "Département",
        "get_audience_display": "Public",
        "get_absolute_url": "Adresse sur le site",
    }
    custom_field_preprocess = {
        name: {
            SpreadsheetExportMixin.FORMAT_CSV: written_on_paris_clocks,
            SpreadsheetExportMixin.FORMAT_XLSX: on_paris_clocks,
        }
        for name in ("starts_at", "ends_at", "publish_at")
    }

    @cached_property
    def columns(self) -> list[BaseColumn]:
        box, title, day, *others = super().columns
        return [box, day, title, *others]

    def order_queryset(self, queryset: MeetingQuerySet) -> models.QuerySet[InfoSession]:
        return super().order_queryset(queryset) if self.is_explicitly_ordered else queryset.nearest_first()

    def get_delete_url(self, instance: InfoSession) -> str | None:
        return None if instance.is_published(timezone.now()) else super().get_delete_url(instance)

    def get_list_more_buttons(self, instance: InfoSession) -> list[Any]:
        return super().get_list_more_buttons(instance) + session_buttons(instance, self.request.user)

    def to_row_dict(self, item: InfoSession) -> dict[str, Any]:
        """A session may have neither place nor département."""
        row = {}
        for field in self.list_export:
            first, _, rest = field.partition(".")
            value = getattr(item, first)
            value = value() if callable(value) else value
            row[field] = getattr(value, rest, "") if rest else value
        return row

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Text that a spreadsheet would run as a formula is marked as text."""
        written = super().preprocess_field_value(field, value, export_format)
        return as_text(written) if export_format == self.FORMAT_CSV and isinstance(written, str) else written


class SessionCreateView(CreateView):
    success_message = "La réunion « %(object)s » est enregistrée."
    error_message = "La réunion n’est pas enregistrée : corrigez ce qui est signalé."


class SessionEditView(EditView):
    success_message = SessionCreateView.success_message
    error_message = SessionCreateView.error_message

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Read again once nobody else books: seats are checked and saved without a booking between."""
        with sessions.alone(self.get_object()):
            self.object = self.get_object()
            return super().post(request, *args, **kwargs)

    def get_delete_url(self) -> str | None:
        return None if self.object.is_published(timezone.now()) else super().get_delete_url()

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *session_buttons(self.object, self.request.user)]


def session_buttons(session: Meeting, user: Any) -> list[Button]:
    """What may be done to this session now, by this person."""
    now, buttons = timezone.now(), []
    if permissions.can_copy_sessions(user, of=type(session)):
        buttons.append(_button(session, "Dupliquer", "duplicate", "copy", 40))
        buttons.append(_button(session, "Répéter chaque semaine", "repeat", "calendar-alt", 41))
    if (
        permissions.can_change_sessions(user, of=type(session))
        and session.is_published(now)
        and not session.has_ended(now)
    ):
        if session.is_cancelled:
            buttons.append(_button(session, "Rétablir", "restore", "undo", 42))
        else:
            buttons.append(_button(session, "Annuler la réunion", "cancel", "circle-xmark", 42))
    if session.is_published(now):
        buttons.append(Button("Voir sur le site", url=session.get_absolute_url(), icon_name="view", priority=43))
    return buttons


def _button(session: Meeting, label: str, name: str, icon: str, priority: int) -> Button:
    return Button(label, url=actions.screen(name, session, session.reference), icon_name=icon, priority=priority)


class InfoSessionViewSet(SnippetViewSet):
    model = InfoSession
    icon = "calendar-alt"
    menu_label = "Réunions d’information"
    menu_name = "sessions"
    url_namespace = "events_sessions"
    url_prefix = "reunions"
    index_view_class = SessionIndexView
    add_view_class = SessionCreateView
    edit_view_class = SessionEditView
    copy_view_enabled = False
    filterset_class = SessionFilters
    search_fields = ["title", "summary", "organiser", "place__name", "place__city"]
    search_backend_name = None
    list_per_page = 30
    export_filename = "reunions"
    edit_handler = SESSION_PANELS
    list_display = [
        "title",
        Column("starts_at", label="Date", accessor=day_in_words, sort_key="starts_at", width="9rem"),
        Column("hours", label="Heures", accessor=hours_in_words),
        Column("place", label="Lieu", accessor=place_in_words),
        Column("audience", label="Public", accessor="get_audience_display", sort_key="audience"),
        Column("seats", label="Places", sort_key="seats"),
        StatusTagColumn(
            "state",
            label="État",
            accessor=lambda session: session.state().label,
            primary=lambda session: session.state() == State.PUBLISHED,
        ),
    ]

    def get_queryset(self, _request: Any) -> models.QuerySet[InfoSession]:
        return InfoSession.objects.select_related("place", "departement")

    def get_urlpatterns(self) -> list[URLPattern]:
        own = [
            path(f"<slug:reference>/{word}/", self.construct_view(view, model=self.model), name=name)
            for word, name, view in [
                ("dupliquer", "duplicate", actions.DuplicateView),
                ("repeter", "repeat", actions.RepeatView),
                ("annuler", "cancel", actions.CancelView),
                ("retablir", "restore", actions.RestoreView),
            ]
        ]
        return super().get_urlpatterns() + own
