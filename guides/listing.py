"""The list of guides: filters from the address, what they find, and the counts beside each choice."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.http import Http404
from django.utils.functional import SimpleLazyObject

from association.models import Audience, Departement
from guides.models.guide import GuidePage, GuideQuerySet
from pages.filters import choice, read_choice, read_page

PER_PAGE = 12


@dataclass(frozen=True)
class Filters:
    topic: str = ""
    audience: str = ""
    departement: str = ""

    @property
    def active(self) -> dict[str, str]:
        chosen = {"theme": self.topic, "public": self.audience, "departement": self.departement}
        return {name: value for name, value in chosen.items() if value}


def read_filters(query: Mapping[str, str]) -> Filters:
    """The filters of an address. One that names nothing is a page that does not exist."""
    codes = Departement.objects.values_list("code", flat=True) if query.get("departement") else ()
    return Filters(
        topic=read_choice(query, "theme", GuidePage.Topic.values),
        audience=read_choice(query, "public", Audience.values),
        departement=read_choice(query, "departement", codes),
    )


def context(query: Mapping[str, str]) -> dict[str, Any]:
    """What the template shows; `listing` asks the database only when it is read."""
    filters, number = read_filters(query), read_page(query)
    return {
        "filters": filters,
        "list_key": f"guides:{filters}:{number}",
        "listing": SimpleLazyObject(lambda: listing(filters, number)),
    }


@dataclass(frozen=True)
class Listing:
    page: ListPage[GuidePage]
    choices: list[dict[str, Any]]
    until: datetime | None


def listing(filters: Filters, number: int) -> Listing:
    """One page of the list. Raises Http404 for one that does not exist."""
    paginator = Paginator(found(filters).newest_first().with_covers(), PER_PAGE)
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    until = GuidePage.objects.open_to_all().aggregate(at=Min("expire_at"))["at"]
    return Listing(paginator.page(number), _choices(filters), until)


def found(filters: Filters) -> GuideQuerySet:
    """Every guide that the filters let through."""
    guides = GuidePage.objects.open_to_all()
    if filters.topic:
        guides = guides.filter(topic=filters.topic)
    if filters.audience:
        guides = guides.filter(audience=filters.audience)
    if filters.departement:
        guides = guides.filter(departements__code=filters.departement)
    return guides


def _choices(filters: Filters) -> list[dict[str, Any]]:
    departements = Departement.objects.by_code().values_list("code", "name")
    topics = _counted(GuidePage.Topic.choices, found(replace(filters, topic="")), "topic")
    audiences = _counted(Audience.choices, found(replace(filters, audience="")), "audience")
    places = _counted(departements, found(replace(filters, departement="")), "departements__code")
    return [
        choice("theme", "Thème", "Tous les thèmes", topics, filters.topic),
        choice("public", "Public", "Tous les guides", audiences, filters.audience),
        choice("departement", "Département", "Toute la région", places, filters.departement),
    ]


def _counted(options: Any, guides: GuideQuerySet, field: str) -> list[tuple[str, str, int]]:
    """Each option with the number of guides that it would leave; a label begins with a capital."""
    counts = dict(guides.order_by().values_list(field).annotate(Count("pk", distinct=True)))
    return [(value, f"{label[:1].upper()}{label[1:]}", counts.get(value, 0)) for value, label in options]
