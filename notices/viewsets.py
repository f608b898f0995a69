"""The log of what was sent to whom, without what it said."""

from typing import Any

import django_filters  # type: ignore[import-untyped]  # has no types
from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from errands.viewsets import SeenOnly
from notices.models import Channel, Notice, State

register_permission_policy(Notice, SeenOnly(Notice))


class NoticeFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label="État",
        method="by_state",
        choices=[(State.WAITING, "en attente"), (State.SENT, "envoyés"), (State.GIVEN_UP, "abandonnés")],
        empty_label="tous",
        widget=forms.RadioSelect,
    )
    channel = django_filters.ChoiceFilter(
        label="Par", choices=Channel.choices, empty_label="tous", widget=forms.RadioSelect
    )

    def by_state(self, notices: Any, _name: str, value: str) -> QuerySet[Notice]:
        return notices.in_state(State(value))

    class Meta:
        model = Notice
        fields = ["kind", "about"]


class NoticeIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return Notice.objects.with_state()


class NoticeInspectView(InspectView):
    def get_object(self, queryset: Any = None) -> Notice:
        return get_object_or_404(Notice.objects.with_state(), pk=self.pk)

    def get_field_label(self, field_name: str, field: Any) -> str:
        labels = {"state_in_words": "État", "address": "À"}
        return labels.get(field_name) or super().get_field_label(field_name, field)


class NoticeViewSet(ModelViewSet):
    model = Notice
    name = "messages-envoyes"
    url_prefix = "messages-envoyes"
    icon = "mail"
    menu_name = "messages-envoyes"
    menu_label = "Messages envoyés"
    menu_order = 910
    add_to_settings_menu = True
    index_view_class = NoticeIndexView
    inspect_view_class = NoticeInspectView
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["kind", "channel", "address", "about", "subject", "asked_at", "sent_at", "state_in_words"]
    list_display = [
        "subject",
        "kind",
        Column("channel", label="Par", accessor="get_channel_display", sort_key="channel"),
        Column("address", label="À"),
        Column("about", label="Au sujet de", sort_key="about"),
        DateColumn("asked_at", label="Demandé", sort_key="asked_at"),
        DateColumn("sent_at", label="Envoyé", sort_key="sent_at"),
        Column("state_in_words", label="État"),
    ]
    filterset_class = NoticeFilterSet
    search_fields = ["recipient", "telephone", "subject", "kind", "about"]
    ordering = ["-asked_at", "-pk"]
    panels = [FieldPanel("subject", read_only=True)]
