from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel

from guides import downloads


class DownloadsPanel(Panel):
    """How often the guide was downloaded; read only."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guides/admin/downloads_panel.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            recent = timezone.localdate() - downloads.RECENT
            return super().get_context_data(parent_context) | {
                "total": downloads.total(self.instance),
                "recent": downloads.total(self.instance, since=recent),
            }
