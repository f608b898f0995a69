"""The editors' side says 403 to who may not come in; Wagtail alone sends them to a login that sends them back."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

COME_IN = "wagtailadmin.access_admin"
MANAGE_ACCOUNTS = "accounts.change_user"
# Who did what, everywhere: Wagtail shows it to each editor.
JOURNAL = "/gestion/reports/site-history/"
ALWAYS_OPEN = ("/gestion/login/", "/gestion/logout/")


class EditorsDoorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.startswith(settings.ADMIN_PREFIX) or path.startswith(ALWAYS_OPEN):
            return self.get_response(request)
        needed = [COME_IN, MANAGE_ACCOUNTS] if path.startswith(JOURNAL) else [COME_IN]
        if request.user.is_authenticated and not request.user.has_perms(needed):
            raise PermissionDenied
        response = self.get_response(request)
        # Wagtail's way of refusing a page: its first one instead, with a message.
        if request.method in ("GET", "HEAD") and response.headers.get("Location") == reverse("wagtailadmin_home"):
            raise PermissionDenied
        return response
