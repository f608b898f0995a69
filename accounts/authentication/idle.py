"""A session ends with silence: two weeks for members, a working day for those who see other people's data."""

import time
from collections.abc import Callable
from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from accounts.roles import STAFF, Role, roles_of

LAST_SEEN = "last_seen"
LONGEST_SILENCE = timedelta(days=14)
LONGEST_SILENCE_OF_STAFF = timedelta(hours=8)
WRITTEN_EACH = timedelta(minutes=5)
# An open editor asks by itself who else is there, and a live page whether it has changed: nobody need be in front.
BY_ITSELF = "/editing-sessions/"
LIVE_PART = "en-direct"
TOO_LATE = {
    LONGEST_SILENCE: "Vous avez été déconnecté après 14 jours sans activité. Connectez-vous pour reprendre.",
    LONGEST_SILENCE_OF_STAFF: "Vous avez été déconnecté après 8 heures sans activité. Connectez-vous pour reprendre.",
}


def overstayed(silence: timedelta, roles: Callable[[], frozenset[Role]]) -> timedelta | None:
    """The limit that this silence passes, if it does; `roles` is asked only where it decides."""
    if silence > LONGEST_SILENCE:
        return LONGEST_SILENCE
    if silence > LONGEST_SILENCE_OF_STAFF and roles() & STAFF:
        return LONGEST_SILENCE_OF_STAFF
    return None


class IdleMiddleware:
    """Logs out who comes back too late, and says why on the next page; the login brings them where they were going."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            user = request.user
            now = int(time.time())
            silence = timedelta(seconds=now - request.session.get(LAST_SEEN, now))
            if limit := overstayed(silence, lambda: roles_of(user)):
                logout(request)
                messages.info(request, TOO_LATE[limit])
            elif LAST_SEEN not in request.session or silence > WRITTEN_EACH:
                self.note(request, now)
        return self.get_response(request)

    def note(self, request: HttpRequest, now: int) -> None:
        if BY_ITSELF in request.path_info or request.headers.get("HX-Trigger") == LIVE_PART:
            return
        request.session[LAST_SEEN] = now
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
