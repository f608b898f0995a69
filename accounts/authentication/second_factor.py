"""A password alone does not open other people's data: some roles log in with a second factor, or first choose one."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from accounts.models import User
from accounts.roles import Standing, Visitor, needs_a_second_factor, standing_of
from notices import outbox

# Where a second factor is chosen, where one logs out, where one asks for help; files that everybody may read.
OPEN_WITHOUT = ("/compte/", "/gestion/logout/", "/contact/", settings.STATIC_URL, settings.MEDIA_URL)
FORGOTTEN = "mfa/forgotten"


def must_choose_one(user: Visitor) -> bool:
    """Whether one is required of this person, who has none."""
    return _lacks_one(standing_of(user))


def _lacks_one(standing: Standing) -> bool:
    return settings.SECOND_FACTOR_REQUIRED and not standing.has_second_factor and needs_a_second_factor(standing.roles)


def forget(user: User) -> None:
    """Somebody lost theirs, and their recovery codes: whoever runs the site made sure who asks. They are told."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user).delete()
        outbox.put(kind=FORGOTTEN, to=user.email, template=FORGOTTEN, person=user)


class SecondFactorMiddleware:
    """Sends who must choose a second factor to the page that explains it, whatever was asked for.

    Asked of the database at each request: a role given today asks for one today.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if known and not request.path_info.startswith(OPEN_WITHOUT) and self._must_choose_one(request):
            return redirect("second_factor")
        return self.get_response(request)

    def _must_choose_one(self, request: Any) -> bool:
        """The views of spaces ask for roles anyway: they are left to them."""
        standing = standing_of(request.user)
        request.roles = standing.roles
        return _lacks_one(standing)
