"""The messages that visitors sent: read, answered elsewhere, marked as handled."""

from typing import Any

import django_filters  # type: ignore[import-untyped]  # has no types
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from home.models import ContactMessage


class ReceivedOnly(ModelPermissionPolicy):
    """Nobody writes a message in the name of a visitor."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and super().user_has_permission(user, action)


register_permission_policy(ContactMessage, ReceivedOnly(ContactMessage))


class ContactMessageForm(WagtailAdminModelForm):
    handled = forms.BooleanField(label="Traité", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handled"].initial = self.instance.handled_at is not None

    def save(self, commit: bool = True) -> ContactMessage:
        if not self.cleaned_data["handled"]:
            self.instance.handled_at = None
        elif self.instance.handled_at is None:
            self.instance.handled_at = timezone.now()
        return super().save(commit)

    class Meta:
        model = ContactMessage
        fields: list[str] = []


class ContactMessageFilterSet(WagtailFilterSet):
    handled = django_filters.ChoiceFilter(
        label="Suivi",
        method="by_handled",
        choices=[("non", "à traiter"), ("oui", "traités")],
        empty_label="tous",
        widget=forms.RadioSelect,
    )

    def by_handled(self, messages: QuerySet[ContactMessage], _name: str, value: str) -> QuerySet[ContactMessage]:
        return messages.filter(handled_at__isnull=value == "non")

    class Meta:
        model = ContactMessage
        fields = ["kind"]


def _read(name: str) -> FieldPanel:
    return FieldPanel(name, read_only=True)


class ContactMessageViewSet(ModelViewSet):
    model = ContactMessage
    name = "messages"
    url_prefix = "messages"
    icon = "mail"
    menu_name = "messages"
    menu_label = "Messages reçus"
    menu_order = 240
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "__str__",
        "subject",
        DateColumn("sent_at", label="Reçu", sort_key="sent_at"),
        BooleanColumn("handled_at", label="Traité"),
    ]
    filterset_class = ContactMessageFilterSet
    search_fields = ["name", "email", "telephone", "subject", "text"]
    ordering = ["-sent_at", "-pk"]
    panels = [
        FieldPanel("handled"),
        MultiFieldPanel(
            [
                FieldRowPanel([_read("kind"), _read("sent_at")]),
                FieldRowPanel([_read("name"), _read("email")]),
                FieldRowPanel([_read("telephone"), _read("best_time")]),
                _read("subject"),
                _read("text"),
            ],
            "La demande",
        ),
    ]

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        handler.base_form_class = ContactMessageForm
        return handler.bind_to_model(self.model)
