"""The pages: `/api/v2/pages/`, whatever their type. Each app says what there is to read of its own."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from rest_framework.request import Request
from wagtail.api.v2.utils import BadRequestError
from wagtail.models import Page

from pages.addresses import absolute
from pages.api import query, shapes
from pages.api.endpoint import NOTHING, Endpoint, Found
from pages.api.fields import Field, Fields, Group, RichText, Said, said
from pages.api.library import Library, Wanted
from pages.models import BasePage, BasePageQuerySet
from pages.search.finding import results

ID_MAX = 2**31 - 1


class Parent(Field):
    """The page above, where it is public too."""

    def value(self, thing: Page) -> str:
        return thing.path[: -Page.steplen]

    def needs(self, thing: Page, wanted: Wanted) -> None:
        wanted.paths.add(self.value(thing))

    def say(self, thing: Page, library: Library) -> Any:
        return shapes.page(library.parents.get(self.value(thing)))


META: Fields = {
    "type": Said(lambda page: page._meta.label),
    "detail_url": Said(lambda page: absolute(reverse("api:pages:detail", args=[page.pk]))),
    "html_url": Said(lambda page: absolute(page.address)),
    "slug": Field("slug"),
    "show_in_menus": Field("show_in_menus"),
    "seo_title": Field("seo_title"),
    "search_description": Field("search_description"),
    "first_published_at": Field("first_published_at"),
    "last_published_at": Field("last_published_at"),
    "parent": Parent(""),
}
EVERY_PAGE: Fields = {
    "id": Field("pk"),
    "meta": Group(META),
    "title": Field("title"),
    "summary": Field("summary"),
    "easy_read": RichText("easy_read"),
}


@dataclass(frozen=True)
class PageType:
    """What there is to read of one type of page.

    `fields` come after those of every page. `date`, `departements` and `tags`
    are the lookups behind the filters; a type without one is never found by it.
    """

    model: type[BasePage]
    fields: Fields
    date: str = "first_published_at__date"
    departements: str = ""
    tags: str = ""

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def all_fields(self) -> Fields:
        return {**EVERY_PAGE, **self.fields}

    def conditions(self, filters: "Filters") -> Q | None:
        """What the filters ask of this type; None where it has nothing to answer them with."""
        lookups = {
            f"{self.departements}__code": filters.departement,
            f"{self.tags}__slug": filters.tag,
            f"{self.date}__gte": filters.after,
            f"{self.date}__lte": filters.before,
        }
        given = {lookup: value for lookup, value in lookups.items() if value}
        return None if any(lookup.startswith("__") for lookup in given) else Q(**given)


@dataclass(frozen=True)
class Filters:
    """What a caller asked for. A département or a tag that does not exist finds nothing."""

    types: Sequence[PageType]
    departement: str = ""
    tag: str = ""
    after: date | None = None
    before: date | None = None

    @property
    def active(self) -> bool:
        return bool(self.departement or self.tag or self.after or self.before)


class PagesEndpoint(Endpoint):
    """Public pages. A subclass names the types there are; a type that it does not name is never shown."""

    name = "pages"
    model = Page
    key = "<int:key>"
    page_types: ClassVar[Sequence[PageType]] = ()
    parameters = (
        "type",
        "slug",
        "child_of",
        "descendant_of",
        "departement",
        "tag",
        "published_after",
        "published_before",
        "search",
    )
    orders: ClassVar[Mapping[str, str]] = {
        name: name for name in ("id", "title", "first_published_at", "last_published_at")
    } | {"id": "pk"}
    listed_fields = ("id", "type", "detail_url", "html_url", "slug", "first_published_at", "title", "summary")

    def known_fields(self, request: Request) -> set[str]:
        own = {name for each in self.asked_types(request) for name in each.fields}
        return {*EVERY_PAGE, *META, *own} - {"meta"}

    def asked_types(self, request: Request) -> list[PageType]:
        by_name = {each.label.lower(): each for each in self.page_types}
        asked = request.GET.get("type", "wagtailcore.Page").lower().split(",")
        if asked == ["wagtailcore.page"]:
            return list(self.page_types)
        if not set(asked) <= by_name.keys():
            raise BadRequestError(f"« type » se compose de : {', '.join(each.label for each in self.page_types)}.")
        return [by_name[name] for name in dict.fromkeys(asked)]

    def open_pages(self, types: Sequence[PageType]) -> BasePageQuerySet:
        kinds = ContentType.objects.get_for_models(*(each.model for each in types))
        return BasePageQuerySet(Page).open_to_all().filter(content_type__in=kinds.values(), depth__gte=2)

    def find(self, request: Request, *, start: int, stop: int) -> Found:
        columns = query.order(request.GET, self.orders, default="id")
        pages = self.filtered(request).order_by(*columns)
        if "search" not in request.GET:
            return Found(list(pages.values_list("pk", flat=True)[start:stop]), pages.count())
        best = {key: rank for rank, key in enumerate(results(request, request.GET["search"]).pages)}
        keys = list(pages.filter(pk__in=best).values_list("pk", flat=True))
        if "order" not in request.GET:
            keys.sort(key=best.__getitem__)
        return Found(keys[start:stop], len(keys))

    def filtered(self, request: Request) -> BasePageQuerySet:
        asked = request.GET
        filters = Filters(
            self.asked_types(request),
            departement=asked.get("departement", ""),
            tag=asked.get("tag", ""),
            after=query.day(asked, "published_after"),
            before=query.day(asked, "published_before"),
        )
        pages = self.open_pages(filters.types)
        if "slug" in asked:
            pages = pages.filter(slug=asked["slug"])
        if filters.active:
            pages = pages.filter(matching(filters))
        return self.below(request, pages)

    def below(self, request: Request, pages: BasePageQuerySet) -> BasePageQuerySet:
        """Those right under a page, or anywhere under it. A page that is not public has nothing under it."""
        if "child_of" in request.GET:
            pages = pages.child_of(self.one(request, "child_of"))
        if "descendant_of" in request.GET:
            pages = pages.descendant_of(self.one(request, "descendant_of"))
        return pages

    def one(self, request: Request, name: str) -> Page:
        """The public page that a parameter names by its id, or as « root »: the front page."""
        pages = self.open_pages(self.page_types)
        asked = request.GET[name]
        found = pages.filter(depth=2) if asked == "root" else pages.filter(pk=query.number(request.GET, name, 0))
        if page := found.order_by("pk").first():
            return page
        raise BadRequestError(f"« {name} » n’est pas une page publique.")

    def exists(self, key: int) -> bool:
        return key <= ID_MAX and self.open_pages(self.page_types).filter(pk=key).exists()

    def find_view(self, request: Request) -> HttpResponse:
        """Leads to the page of an address on the site (`html_path`), or of an id."""
        query.check(request.GET, {"html_path", "id"})
        pages = self.open_pages(self.page_types)
        if "html_path" in request.GET:
            below = "/".join(part for part in request.GET["html_path"].split("/") if part)
            roots = Page.objects.filter(depth=2).values_list("url_path", flat=True)
            pages = pages.filter(url_path__in=[f"{root}{below}/".replace("//", "/") for root in roots])
        else:
            pages = pages.filter(pk=query.number(request.GET, "id", 0))
        if not (key := pages.order_by("pk").values_list("pk", flat=True).first()):
            raise Http404(NOTHING)
        rest = request.GET.copy()
        rest.pop("html_path", None)
        rest.pop("id", None)
        address = reverse("api:pages:detail", args=[key])
        return HttpResponseRedirect(f"{address}?{rest.urlencode()}" if rest else address)

    def build(self, keys: Sequence[int], fields: Container[str]) -> dict[int, tuple[shapes.Said, datetime | None]]:
        types = {ContentType.objects.get_for_model(each.model).pk: each for each in self.page_types}
        kinds = Page.objects.filter(pk__in=keys).values_list("content_type", flat=True).distinct().order_by()
        things: list[tuple[Any, Group]] = []
        for kind in kinds:
            shown = Group(types[kind].all_fields).only(fields)
            pages = types[kind].model.objects.filter(pk__in=keys).prefetch_related(*shown.prefetched)
            things += [(page, shown) for page in pages]
        return {page.pk: item for (page, _), item in zip(things, said(things), strict=True)}

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("find/", cls.as_view({"get": "find_view"}), name="find"), *super().get_urlpatterns()]


def matching(filters: Filters) -> Q:
    """The pages of each type that the filters let through."""
    through = Q(pk=None)
    for each in filters.types:
        conditions = each.conditions(filters)
        if conditions is not None:
            through |= Q(pk__in=each.model.objects.filter(conditions).values("pk"))
    return through
