"""The list of news: filters from the address, what they find, and the counts beside each choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Min
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.utils.functional import SimpleLazyObject

from association.models import Departement
from news.models.news import WHOLE_REGION, NewsPage, NewsQuerySet
from pages import pictures
from pages.filters import choice, read_choice, read_month, read_page
from pages.models import Tag
from pages.templatetags.french import month_year

PER_PAGE = 12
TAGS_SHOWN = 30


@dataclass(frozen=True)
class Filters:
    """What the visitor chose; `month` is its first day."""

    departement: str = ""
    tag: str = ""
    month: date | None = None

    @property
    def active(self) -> dict[str, str]:
        month = f"{self.month:%Y-%m}" if self.month else ""
        chosen = {"departement": self.departement, "mot": self.tag, "mois": month}
        return {name: value for name, value in chosen.items() if value}


def read_filters(query: Mapping[str, str]) -> Filters:
    """The filters of an address. One that names nothing is a page that does not exist."""
    codes = Departement.objects.values_list("code", flat=True)
    tags = Tag.objects.filter(slug=query.get("mot", "")).values_list("slug", flat=True)
    return Filters(
        departement=read_choice(query, "departement", codes),
        tag=read_choice(query, "mot", tags),
        month=read_month(query),
    )


def context(query: Mapping[str, str]) -> dict[str, Any]:
    """What the template shows; `listing` asks the database only when it is read."""
    filters, number = read_filters(query), read_page(query)
    return {
        "filters": filters,
        "list_key": f"news:{filters}:{number}",
        "listing": SimpleLazyObject(lambda: listing(filters, number)),
    }


def found(filters: Filters) -> NewsQuerySet:
    """Every piece of news that the filters let through."""
    news = NewsPage.objects.open_to_all()
    if filters.departement:
        news = news.filter(departements__code=filters.departement)
    if filters.tag:
        news = news.tagged(filters.tag)
    if filters.month:
        news = news.of_month(filters.month)
    return news


def with_cards(news: NewsQuerySet) -> NewsQuerySet:
    """The news with all that a card shows, in a number of queries that does not grow."""
    return news.defer_streamfields().prefetch_related("departements", pictures.prefetch("image", "card"))


@dataclass(frozen=True)
class Listing:
    page: ListPage[NewsPage]
    choices: list[dict[str, Any]]
    until: datetime | None


def listing(filters: Filters, number: int) -> Listing:
    """One page of the list. Raises Http404 for one that does not exist."""
    choices = [_departements(filters), _tags(filters), _months(filters)]
    news = found(filters)
    paginator = Paginator(with_cards(news.newest_first()), PER_PAGE)
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    return Listing(paginator.page(number), choices, next_expiry())


def next_expiry() -> datetime | None:
    """When the next piece of news leaves the lists by itself."""
    return NewsPage.objects.open_to_all().aggregate(at=Min("expire_at"))["at"]


def _departements(filters: Filters) -> dict[str, Any]:
    counts = _counts(Filters(tag=filters.tag, month=filters.month), "departements__code")
    names = dict(Departement.objects.by_code().values_list("code", "name"))
    options = [(code, name, counts.get(code, 0)) for code, name in names.items()]
    return choice("departement", "Département", WHOLE_REGION, options, filters.departement)


def _tags(filters: Filters) -> dict[str, Any]:
    counts = _counts(Filters(departement=filters.departement, month=filters.month), "tagged_items__tag__slug")
    busiest = sorted(counts, key=lambda slug: (-counts[slug], slug))[:TAGS_SHOWN]
    names = dict(Tag.objects.filter(slug__in={*busiest, filters.tag}).order_by("name").values_list("slug", "name"))
    options = [(slug, name, counts.get(slug, 0)) for slug, name in names.items()]
    return choice("mot", "Thème", "Tous les thèmes", options, filters.tag)


def _months(filters: Filters) -> dict[str, Any]:
    news = found(Filters(departement=filters.departement, tag=filters.tag))
    counts = dict(
        news.annotate(month=TruncMonth("published_on"))
        .values("month")
        .annotate(total=Count("pk", distinct=True))
        .order_by("-month")
        .values_list("month", "total")
    )
    if filters.month:
        counts.setdefault(filters.month, 0)
    options = [(f"{month:%Y-%m}", month_year(month), total) for month, total in counts.items()]
    return choice("mois", "Mois", "Tous les mois", options, filters.active.get("mois", ""))


def _counts(filters: Filters, field: str) -> dict[str, int]:
    rows = found(filters).order_by().values(field).annotate(total=Count("pk", distinct=True))
    return {row[field]: row["total"] for row in rows if row[field]}
