from datetime import date
from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from videos.publication import refusal


class VideoPageForm(WagtailAdminPageForm):
    """Refuses to publish, to plan or to submit a film that is not ready; a draft is always saved."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        film = cleaned.get("media")
        if film and not self.is_deferred_validation and (reason := refusal(film)):
            self.add_error("media", reason)
        return cleaned


class FeaturedVideoForm(WagtailAdminModelForm):
    def clean_month(self) -> date:
        """Any day names its month."""
        return self.cleaned_data["month"].replace(day=1)
