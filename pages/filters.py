"""What the lists' filters share: reading them from an address, drawing them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import Http404

# Years that a database and a calendar of any time zone can both count.
MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])", re.ASCII)


def read_page(query: Mapping[str, str]) -> int:
    """The number of the page asked for, 1 or more. Anything else is a page that does not exist."""
    number = query.get("page", "1")
    if not (number.isascii() and number.isdecimal() and len(number) <= 6 and int(number)):
        raise Http404
    return int(number)


def read_month(query: Mapping[str, str]) -> date | None:
    """The first day of the month asked for ("2026-11")."""
    month = query.get("mois", "")
    if not month:
        return None
    if not MONTH.fullmatch(month):
        raise Http404
    return date.fromisoformat(f"{month}-01")


def read_choice(query: Mapping[str, str], name: str, known: Iterable[str]) -> str:
    """The value chosen for `name`; empty where none was. One that names nothing is a page that does not exist."""
    chosen = query.get(name, "")
    if chosen and chosen not in set(known):
        raise Http404
    return chosen


def choice(
    name: str, label: str, everything: str, options: Iterable[tuple[str, str, int]], chosen: str
) -> dict[str, Any]:
    """One filter, as the component `filter_bar` draws it. `options`: value, label, count."""
    rows: list[dict[str, Any]] = [{"value": "", "label": everything, "count": None, "selected": not chosen}]
    rows += [
        {"value": value, "label": text, "count": count, "selected": value == chosen} for value, text, count in options
    ]
    return {"name": name, "label": label, "options": rows}
