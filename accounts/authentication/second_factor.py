"""A password alone does not open other people's data: some roles log in with a second factor, or first choose one."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Exists, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from accounts.models import User
from accounts.roles import needs_a_second_factor, roles_and, roles_of
from notices import outbox

# Where a second factor is chosen, where one logs out, where one asks for help; files that everybody may read.
OPEN_WITHOUT = ("/compte/", "/gestion/logout/", "/contact/", settings.STATIC_URL, settings.MEDIA_URL)
SPACES = "/espace/"
FORGOTTEN = "mfa/forgotten"
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def must_choose_one(user: User | AnonymousUser) -> bool:
    """Whether one is required of this person, who has none."""
    if not settings.SECOND_FACTOR_REQUIRED or not isinstance(user, User):
        return False
    if _factors(user).exists():
        return False
    return needs_a_second_factor(roles_of(user))


def _factors(user: User) -> QuerySet[Authenticator]:
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type__in=FACTORS)
    return found


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
        """In a space, whose views ask for roles anyway, these are asked for at the same time, and left to them."""
        if not request.path_info.startswith(SPACES) or not isinstance(request.user, User):
            return must_choose_one(request.user)
        request.roles, has_one = roles_and(request.user, also=Exists(_factors(request.user)))
        return settings.SECOND_FACTOR_REQUIRED and not has_one and needs_a_second_factor(request.roles)
