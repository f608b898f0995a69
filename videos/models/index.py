from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from pages.models import BasePage
from videos import listing


class VideoIndexPage(BasePage):
    """The companies, month by month."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["videos.VideoPage"]
    content_panels = [*Page.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = "liste des vidéos"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        months = listing.context(request.GET, on=timezone.localdate())
        return super().get_context(request, *args, **kwargs) | months
