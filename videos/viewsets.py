"""The calendar of the companies of the month, as editors plan it; the approval of a video by its moderators."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from pages.templatetags.french import month_year
from videos import calendar
from videos.models import FeaturedVideo, VideoPage
from videos.publication import refusal


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


class VideoWorkflowActionView(WorkflowActionView):
    """Approving from the dashboard shows no form; it is refused with the sentence that the form would show."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        video = self.task_state.revision.as_object()
        if self.action_name == "approve" and (reason := refusal(video.media)):
            messages.error(request, f"{video.title}\N{NO-BREAK SPACE}: {reason}")
            return self._back(request)
        return super().post(request, *args, **kwargs)

    def _back(self, request: HttpRequest) -> HttpResponse:
        """As Wagtail goes back, from a page or from the small window of a comment."""
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


class VideoPageViewSet(PageViewSet):
    model = VideoPage
    workflow_action_view_class = VideoWorkflowActionView
