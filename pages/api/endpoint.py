"""What every address of `/api/v2/` does: JSON, for reading, to anybody, the same for all."""

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.functional import SimpleLazyObject
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.views import BaseAPIViewSet

from pages import freshness
from pages.api import query
from pages.api.shapes import Said

PER_PAGE = 20
NOTHING = "Il n’y a rien de public à cette adresse."
ANYBODY = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cache-Control": "no-cache",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class AlwaysJson(BaseContentNegotiation):
    """JSON is what there is, whatever was preferred."""

    def select_parser(self, request: Request, parsers: Sequence[Any]) -> Any:
        return None

    def select_renderer(
        self, request: Request, renderers: Sequence[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


@dataclass(frozen=True)
class Found:
    """The keys of one page of a list, in order, and how many there are in all."""

    keys: list[Any]
    total: int


class Endpoint(BaseAPIViewSet):
    """A kind of thing to read. Knows nothing of who asks: no session, no password is ever looked at.

    A subclass finds keys (`find`, `exists`) and says things (`build`). What is
    said of one thing is kept under the state of publication, so that a list
    costs what finding its keys costs, whichever fields it shows.
    """

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = []
    renderer_classes: ClassVar[list[Any]] = [JSONRenderer]
    content_negotiation_class = AlwaysJson
    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]

    name: ClassVar[str]
    key = "<str:key>"
    parameters: ClassVar[Collection[str]] = ()
    find_parameters: ClassVar[Collection[str]] = ()
    listed_fields: ClassVar[Collection[str]] = ()

    def find(self, request: Request, *, start: int, stop: int) -> Found:
        """The keys that the parameters ask for, from `start` to `stop`."""
        raise NotImplementedError

    def exists(self, key: Any) -> bool:
        """Whether anybody may read this one now."""
        raise NotImplementedError

    def build(self, keys: Sequence[Any], fields: Container[str]) -> dict[Any, tuple[Said, datetime | None]]:
        """Each thing with those fields, and until when it is true."""
        raise NotImplementedError

    def known_fields(self, request: Request) -> set[str]:
        raise NotImplementedError

    def listing_view(self, request: Request) -> HttpResponse:
        query.check(request.GET, {"limit", "offset", "order", *self.parameters})
        start = query.number(request.GET, "offset", 0)
        length = query.number(request.GET, "limit", PER_PAGE, least=1, most=settings.WAGTAILAPI_LIMIT_MAX)
        fields = query.fields(request.GET, self.known_fields(request), default=self.listed_fields)
        found = self.find(request, start=start, stop=start + length)

        def content() -> Said:
            return {"meta": {"total_count": found.total}, "items": self.items(request, found.keys, fields)}

        return self.answer(request, found, content)

    def detail_view(self, request: Request, key: Any) -> HttpResponse:
        query.check(request.GET, ())
        known = self.known_fields(request)
        fields = query.fields(request.GET, known, default=known)
        if not self.exists(key):
            raise Http404(NOTHING)
        return self.answer(request, Found([key], 1), lambda: self.items(request, [key], fields)[0])

    def answer(self, request: Request, found: Found, content: Any) -> HttpResponse:
        """What was found, or 304 to who has it already."""
        state = (freshness.stamp(request), timezone.localdate(), request.get_full_path(), found)
        etag = f'"{blake2b(repr(state).encode(), digest_size=16).hexdigest()}"'
        known = get_conditional_response(request, etag=etag)
        response = known or Response(content())
        response["ETag"] = etag
        return response

    def items(self, request: Request, keys: Sequence[Any], fields: set[str]) -> list[Said]:
        """Kept with the few fields of a list, or with all: what a list does not show is not read for it."""
        short = fields <= set(self.listed_fields)
        built_fields = self.listed_fields if short else self.known_fields(request)
        built = SimpleLazyObject(lambda: self.build(keys, built_fields))
        name = f"api:{self.name}:{'short' if short else 'whole'}"
        kept = [
            freshness.keep(request, f"{name}:{key}", lambda key=key: built[key])  # type: ignore[misc]  # bound now
            for key in keys
        ]
        return [shown(item, fields) for item in kept]

    def get_renderer_context(self) -> dict[str, Any]:
        """Without Wagtail's spaces for human eyes: a third of the bytes."""
        return super().get_renderer_context() | {"indent": None}

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(status=204, headers=PREFLIGHT | {"Allow": PREFLIGHT["Access-Control-Allow-Methods"]})

    def finalize_response(self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in ANYBODY.items():
            response[name] = value
        return response

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [
            path("", cls.as_view({"get": "listing_view"}), name="listing"),
            path(f"{cls.key}/", cls.as_view({"get": "detail_view"}), name="detail"),
        ]


def shown(item: Said, fields: Collection[str]) -> Said:
    """The item without the fields that nobody asked for; those of `meta` stay together."""
    meta = {name: value for name, value in item["meta"].items() if name in fields}
    rest = {name: value for name, value in item.items() if name in fields}
    identifier = {"id": rest.pop("id")} if "id" in rest else {}
    return identifier | ({"meta": meta} if meta else {}) | rest
