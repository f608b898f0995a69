"""One request after the other: a database in memory has one connection, which all threads of the live server share."""

from collections.abc import Callable
from contextlib import contextmanager
from threading import Condition

from django.http import HttpRequest
from django.http.response import HttpResponseBase

SECONDS = 30  # what a request may take, on a machine that does much else
TURN = Condition()
WAITING: list[HttpRequest] = []


class TurnsMiddleware:
    """What one thread rolls back would empty what another is reading: a session, once in a while."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        WAITING.append(request)
        with TURN:
            try:
                return self.get_response(request)
            finally:
                WAITING.remove(request)
                TURN.notify_all()


@contextmanager
def between_requests():
    """Nothing is asked of the live server meanwhile, and nothing that was asked before is still to be answered.

    A table that another connection reads cannot be written to in memory, where SQLite does not wait for it.
    """
    with TURN:
        if not TURN.wait_for(lambda: not WAITING, timeout=SECONDS):
            raise TimeoutError(f"Still to be answered: {WAITING}")
        yield
