"""Pages whose main part asks for itself again while somebody looks at it; nothing comes while nothing has changed."""

import hashlib
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from accounts.authentication.idle import LIVE_PART

SEEN = "vu"
DIGITS = 16


def asks_again(request: HttpRequest) -> bool:
    """Whether the page asks by itself: nobody looks anew."""
    return request.headers.get("HX-Trigger") == LIVE_PART


def answer(request: HttpRequest, template: str, *, part: str, context: dict[str, Any]) -> HttpResponse:
    """The page, or its live part alone where that has changed since it was sent. `part` knows no request."""
    body = render_to_string(part, context)
    seen = hashlib.sha256(body.encode(errors="surrogatepass")).hexdigest()[:DIGITS]
    if asks_again(request) and request.GET.get(SEEN) == seen:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    query = request.GET.copy()
    query[SEEN] = seen
    live = {
        "body": mark_safe(body),  # noqa: S308  # a template of ours, drawn above
        "again": f"{request.path}?{query.urlencode()}",
        "every": settings.LIVE_PAGES_ASK_EVERY,
        "at": timezone.now(),
        "is_again": asks_again(request),
    }
    if live["is_again"]:
        return render(request, "passport/live.html", {"live": live})
    return render(request, template, context | {"live": live})
