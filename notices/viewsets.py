"""The log of what was sent to whom, without what it said."""

import django_filters  # type: ignore[import-untyped]  # has no types
from django import forms
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from errands.viewsets import SeenOnly
from notices.models import Notice

register_permission_policy(Notice, SeenOnly(Notice))


class NoticeFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label="État",
        method="by_state",
        choices=[("attente", "en attente"), ("envoi", "envoyés")],
        empty_label="tous",
        widget=forms.RadioSelect,
    )

    def by_state(self, notices: QuerySet[Notice], _name: str, value: str) -> QuerySet[Notice]:
        return notices.filter(sent_at__isnull=value == "attente")

    class Meta:
        model = Notice
        fields = ["kind"]


class NoticeViewSet(ModelViewSet):
    model = Notice
    name = "messages-envoyes"
    url_prefix = "messages-envoyes"
    icon = "mail"
    menu_name = "messages-envoyes"
    menu_label = "Messages envoyés"
    menu_order = 910
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["kind", "recipient", "subject", "asked_at", "sent_at"]
    list_display = [
        "subject",
        "kind",
        "recipient",
        DateColumn("asked_at", label="Demandé", sort_key="asked_at"),
        DateColumn("sent_at", label="Envoyé", sort_key="sent_at"),
    ]
    filterset_class = NoticeFilterSet
    search_fields = ["recipient", "subject", "kind"]
    ordering = ["-asked_at", "-pk"]
    panels = [FieldPanel("subject", read_only=True)]
