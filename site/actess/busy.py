"""A lock that did not come in time: somebody else was writing the same thing."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# lock_not_available, deadlock_detected, serialization_failure
LOCKED = {"55P03", "40P01", "40001"}
SECONDS = 5


class BusyMiddleware:
    """Answers 503, and when to try again: nothing was written, the same form may be sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError) or not is_busy(error):
            return None
        answer = render(request, "busy.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
        answer.headers["Retry-After"] = str(SECONDS)
        return answer


def is_busy(error: OperationalError) -> bool:
    """Said by PostgreSQL in a code, by SQLite in words."""
    return getattr(error.__cause__, "sqlstate", "") in LOCKED or "database is locked" in str(error)
