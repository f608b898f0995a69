"""One request after the other: a database in memory has one connection, which all threads of the live server share."""

from collections.abc import Callable
from contextlib import contextmanager
from threading import Condition, current_thread, main_thread

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
        try:
            with TURN:
                response = self.get_response(request)
        except BaseException:
            answered(request)
            raise
        if current_thread() is main_thread():  # a test that asks by itself, and may well leave a file half read
            answered(request)
        else:
            close_as(response, request)
        return response


def close_as(response: HttpResponseBase, request: HttpRequest) -> None:
    """It is answered once it is closed: Django looks at its connections then."""
    close = response.close

    def closed() -> None:
        try:
            close()
        finally:
            answered(request)

    response.close = closed  # type: ignore[method-assign]


def answered(request: HttpRequest) -> None:
    with TURN:
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
