"""The calendar of the companies of the month, as editors plan it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from pages.templatetags.french import month_year
from videos import calendar
from videos.models import FeaturedVideo


class FeaturedVideoIndexView(IndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        empty = calendar.empty_months(timezone.localdate())
        return super().get_context_data(**kwargs) | {
            "empty_months": [month_year(month) for month in empty],
            "add_address": reverse(self.add_url_name),
        }


class FeaturedVideoViewSet(SnippetViewSet):
    model = FeaturedVideo
    icon = "date"
    menu_name = "entreprises-du-mois"
    menu_label = "Entreprises du mois"
    menu_order = 210
    add_to_admin_menu = True
    index_view_class = FeaturedVideoIndexView
    index_template_name = "videos/admin/featured_videos.html"
    list_display = [
        "month_name",
        Column("video", label="Vidéo"),
        BooleanColumn("video.live", label="En ligne"),
    ]
    ordering = ["-month"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[FeaturedVideo]:
        return FeaturedVideo.objects.select_related("video")
