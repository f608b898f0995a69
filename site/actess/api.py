"""`/api/v2/`: pages, départements and sessions. Pictures, files and films are read in what shows them only."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from wagtail.api.v2.router import WagtailAPIRouter

from events.api import SessionsEndpoint
from guides.api import GUIDE, GUIDE_INDEX
from home.api import ASSOCIATION, CONTACT, HOME
from news.api import NEWS, NEWS_INDEX
from pages.api.departements import DepartementsEndpoint
from pages.api.endpoint import NOTHING
from pages.api.tree import PagesEndpoint
from videos.api import VIDEO, VIDEO_INDEX


class SitePages(PagesEndpoint):
    page_types = (HOME, NEWS_INDEX, NEWS, GUIDE_INDEX, GUIDE, VIDEO_INDEX, VIDEO, ASSOCIATION, CONTACT)


router = WagtailAPIRouter("api")
router.register_endpoint(SitePages.name, SitePages)
router.register_endpoint(DepartementsEndpoint.name, DepartementsEndpoint)
router.register_endpoint(SessionsEndpoint.name, SessionsEndpoint)


@login_not_required
def nothing_here(_request: HttpRequest) -> JsonResponse:
    """Every other address of the tier: there is neither a list of files nor a documentation."""
    return JsonResponse({"message": NOTHING}, status=404)
