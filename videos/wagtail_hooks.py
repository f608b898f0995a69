from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from videos.models import VideoPage
from videos.publication import refusal
from videos.viewsets import FeaturedVideoViewSet, VideoPageViewSet

register_snippet(FeaturedVideoViewSet)


@hooks.register("register_admin_viewset")
def register_the_screens_of_a_video() -> VideoPageViewSet:
    return VideoPageViewSet()


@hooks.register("before_bulk_action")
def a_list_publishes_no_film_that_is_not_ready(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: BulkAction
) -> HttpResponse | None:
    """Publishing from a list shows no form; it is refused with the sentence that the form would show."""
    chosen = [page for page in objects if isinstance(page, Page)]
    if action_type != "publish" or not chosen:
        return None
    refused = [(page, reason) for page in _drafts(chosen) if (reason := refusal(page.media))]
    for page, reason in refused:
        messages.error(request, f"{page.draft_title}\N{NO-BREAK SPACE}: {reason}")
    return redirect(action.next_url) if refused else None


def _drafts(chosen: list[Page]) -> list[VideoPage]:
    """The videos that would be published, as they would be; those below a chosen page are among them."""
    paths = Q()
    for page in chosen:
        paths |= Q(path__startswith=page.path)
    return [video.get_latest_revision_as_object() for video in VideoPage.objects.filter(paths)]
