"""The editors' screens for the members' events: those of sessions, with hours and guests."""

from typing import Any

import django_filters  # type: ignore[import-untyped]  # it has no types
from django import forms
from django.db import models
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from events.forms.member_events import KINDS
from events.models import MemberEvent
from events.panels import EVENT_PANELS
from events.templatetags.event_components import place_in_words
from events.viewsets.sessions import InfoSessionViewSet, SessionFilters, day_in_words, hours_in_words


class MemberEventFilters(WagtailFilterSet):
    when = SessionFilters.base_filters["when"]
    state = SessionFilters.base_filters["state"]
    kind = django_filters.ChoiceFilter(label="Nature", choices=KINDS, widget=forms.RadioSelect, empty_label="Toutes")

    class Meta:
        model = MemberEvent
        fields = ["when", "state", "kind"]

    filter_when, filter_state = SessionFilters.filter_when, SessionFilters.filter_state


class MemberEventViewSet(InfoSessionViewSet):
    """Workshops, encounters, outings, the general assembly: the same screens, with hours and guests."""

    model = MemberEvent
    icon = "group"
    menu_label = "Ateliers et rencontres"
    menu_name = "member_events"
    url_namespace = "events_member_events"
    url_prefix = "evenements"
    filterset_class = MemberEventFilters
    export_filename = "evenements"
    edit_handler = EVENT_PANELS
    list_display = [
        "title",
        Column("starts_at", label="Date", accessor=day_in_words, sort_key="starts_at", width="9rem"),
        Column("hours_of_day", label="Heures", accessor=hours_in_words),
        Column("kind", label="Nature", accessor="get_kind_display", sort_key="kind"),
        Column("place", label="Lieu", accessor=place_in_words),
        Column("seats", label="Places", sort_key="seats"),
        InfoSessionViewSet.list_display[-1],
    ]

    def get_queryset(self, _request: Any) -> models.QuerySet[Any]:
        return MemberEvent.objects.select_related("place", "departement")
