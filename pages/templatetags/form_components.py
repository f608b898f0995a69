"""Components to choose, to look through and to type in: filters, labels, pages of a list, fields.

As in `components`, the first line of each template says what it is and what it needs.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm, BoundField

from pages.components import ComponentLibrary, Context, Items

register = ComponentLibrary()


@register.component
def chips(items: Items, label: str = "") -> Context:
    return {"items": items, "label": label}


@register.component
def tag_list(items: Items, label: str = "Thèmes") -> Context:
    return {"items": items, "label": label}


@register.component
def filter_bar(
    filters: Items, *, action: str, total: int, words: str, active: bool = False, query: Any = None
) -> Context:
    return {"filters": filters, "action": action, "total": total, "words": words, "active": active, "query": query}


@register.component
def pagination(page: Page[Any], query: Mapping[str, Any] | None = None, label: str = "Pages de la liste") -> Context:
    """`query` holds the filters in force, as a QueryDict or a dict; `page` is added to it."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "numbers": list(numbers),
        "gap": page.paginator.ELLIPSIS,
        "query": query or {},
        "label": label,
    }


@register.component
def search_form(
    *,
    query: str = "",
    action: str = "/recherche/",
    identifier: str = "recherche",
    label: str = "Rechercher sur le site",
) -> Context:
    return {"query": query, "action": action, "identifier": identifier, "label": label}


@register.component
def search_result(*, kind: str, title: str, url: str, extract: str = "", published_on: date | None = None) -> Context:
    """`title` and `extract` may hold `<mark>`, made safe by the caller."""
    return {"kind": kind, "title": title, "url": url, "extract": extract, "published_on": published_on}


@register.component
def form_field(field: BoundField) -> Context:
    return {"field": field}


@register.component
def error_summary(form: BaseForm) -> Context:
    return {"form": form}
