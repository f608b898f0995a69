"""What administrators see of people's data leaving: numbers, never names."""

from typing import Any

from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from spaces.models import RetentionReport


class ReadOnly(ModelPermissionPolicy):
    """A report is written by the site alone."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)


register_permission_policy(RetentionReport, ReadOnly(RetentionReport))


class RetentionReportViewSet(ModelViewSet):
    model = RetentionReport
    name = "conservation"
    url_prefix = "conservation"
    icon = "time"
    menu_label = "Conservation des données"
    menu_order = 900
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    form_fields = ["ran_on"]
    list_display = ["ran_on", Column("in_words", label="Effacé ce jour-là")]
    ordering = ["-ran_on"]
