"""Old addresses of pages and sections keep leading where the page is now.

One row is recorded for the page that was renamed or moved, however many pages
live below it: those are found by the longest recorded beginning of the address
that was asked for. Rows point to pages, so that moving on again needs no other.
"""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.models import Page, Site

from pages.addresses import address
from pages.models.moved import MovedPath

ADDRESS = re.compile(r"/(?:[-\w]{1,255}/){1,10}", re.ASCII)
# A section renamed, then a page in it, then the section again: so many steps are followed.
MOST_STEPS = 5
MOST_PATHS = 50


def record(page: Page, *, before: str) -> None:
    """Note that `page` had the address `before` (both as `url_path`), and all below it."""
    old, new = address(before), address(page.url_path)
    if old == new or old == "/":
        return
    MovedPath.objects.update_or_create(path=old, defaults={"page_id": page.pk})
    # Back at an address that it had: that one leads nowhere else any more.
    MovedPath.objects.filter(path=new, page_id=page.pk).delete()


def record_slug_change(*, instance: Page, instance_before: Page, **_kwargs: Any) -> None:
    record(instance, before=instance_before.url_path)


def record_move(*, instance: Page, url_path_before: str, **_kwargs: Any) -> None:
    record(instance, before=url_path_before)


def present_address(request: HttpRequest, path: str) -> str | None:
    """Where what used to be at `path` is now; None where nothing was, or where it is gone."""
    seen, here = {path}, [path]
    for _step in range(MOST_STEPS):
        present, former = _moved_to(here)
        for target in present:
            if target not in seen and answers(request, target):
                return target
        here = [other for other in [*present, *former] if other not in seen][:MOST_PATHS]
        seen.update(here)
    return None


def _moved_to(paths: list[str]) -> tuple[list[str], list[str]]:
    """What these addresses are now, the longest recorded beginning first, and what else they have been.

    The other old addresses of a section matter where a page below it was
    renamed while the section had that one.
    """
    wanted = {start: path for path in paths for start in beginnings(path)}
    rows = list(MovedPath.objects.filter(path__in=wanted).values_list("path", "page_id", "page__url_path"))
    rows.sort(key=lambda row: -len(row[0]))
    rests = {page: wanted[start].removeprefix(start) for start, page, _url_path in rows}
    present = [address(url_path) + wanted[start].removeprefix(start) for start, _page, url_path in rows]
    others = MovedPath.objects.filter(page__in=rests).order_by("-moved_at").values_list("path", "page_id")
    return present, [old + rests[page] for old, page in others[:MOST_PATHS]] if rests else []


def beginnings(path: str) -> list[str]:
    """`/a/b/` and `/a/` of `/a/b/`, without the root."""
    ends = [index + 1 for index, character in enumerate(path) if character == "/"]
    return [path[:end] for end in ends[1:]]


def answers(request: HttpRequest, path: str) -> bool:
    """Whether a live page is there, or one above it that serves the rest itself (a guide and its file)."""
    site = Site.find_for_request(request)
    if site is None:
        return False
    home = site.root_page.url_path
    asked = home + path.removeprefix("/")
    candidates = [home + start.removeprefix("/") for start in beginnings(path)]
    page = Page.objects.live().filter(url_path__in=candidates).order_by("-depth").first()
    if page is None:
        return False
    rest = asked.removeprefix(page.url_path).strip("/")
    if not rest:
        return True
    try:
        page.specific.route(request, rest.split("/"))
    except Http404:
        return False
    return True


class MovedPathMiddleware:
    """On a 404, and only then, send the visitor where the page is now.

    Editors' own redirects come first: their middleware is nearer to the views.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND or request.method not in ("GET", "HEAD"):
            return response
        path = f"{request.path_info.rstrip('/')}/"
        if not ADDRESS.fullmatch(path):
            return response
        target = present_address(request, path)
        if target is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
