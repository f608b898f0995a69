"""One request after the other: a database in memory has one connection, which all threads of the live server share."""

from collections.abc import Callable
from threading import RLock

from django.http import HttpRequest
from django.http.response import HttpResponseBase

TURN = RLock()


class TurnsMiddleware:
    """What one thread rolls back would empty what another is reading: a session, once in a while."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with TURN:
            return self.get_response(request)
