"""What a prescriber reads of the passports and the orders it pays for: lists, and their figures, counted together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum
from django.http import Http404
from django.utils.text import capfirst

from accounts.models import User
from pages.filters import choice, read_choice, read_page
from pages.search.words import folded_lines, raw_words
from passport import reading
from passport.balances import InList, KindHours
from passport.models import IN_USE, Cheque, Decision, Entry, Order, Passport

PER_PAGE = 50
ORDERS_PER_PAGE = 20
LONGEST_QUESTION = 100


@dataclass(frozen=True)
class Line(InList):
    """A passport as its prescriber sees it in a list: nothing of what was said or done."""

    visits: int
    last_visit: datetime | None
    disputed: int
    waits: bool


class Found(NamedTuple):
    """In the order of the list: those in use first, then by name."""

    is_over: bool
    last_name: str
    first_name: str
    pk: int
    state: str
    order: str
    searched: str


def passports(user: User, query: Mapping[str, str], *, now: datetime | None = None) -> dict[str, Any]:
    """One page of the list under the filters asked for. Raises Http404 for one that does not exist."""
    all_of_them, orders = _all(user, now)
    question = query.get("q", "")[:LONGEST_QUESTION].strip()
    state = read_choice(query, "etat", Passport.State.values)
    order = read_choice(query, "commande", orders)
    asked = raw_words(question)
    said = [row for row in all_of_them if all(f" {word}" in row.searched for word in asked)]
    found = sorted(row for row in said if state in {"", row.state} and order in {"", row.order})
    page = page_of(found, read_page(query), PER_PAGE)
    page.object_list = lines(Passport.objects.filter(pk__in=[row.pk for row in page.object_list]), page.object_list)
    by_state = [(value, capfirst(label), sum(row.state == value for row in said)) for value, label in STATES]
    by_order = [(key, number, sum(row.order == key for row in said)) for key, number in orders.items()]
    chosen = {"q": question, "etat": state, "commande": order}
    return {
        "page": page,
        "question": question,
        "active": {name: value for name, value in chosen.items() if value},
        "choices": [
            choice("etat", "État", "Tous", by_state, state),
            choice("commande", "Commande", "Toutes", by_order, order),
        ],
    }


STATES = Passport.State.choices


def _all(user: User, now: datetime | None) -> tuple[list[Found], dict[str, str]]:
    """All of theirs in one query, and the numbers of their orders by reference."""
    asked = ("pk", "state", "reference", "member__last_name", "member__first_name")
    orders = ("sheet__order__reference", "sheet__order__number")
    rows = list(reading.paid_by(user, now).order_by("-sheet__order__number", "pk").values_list(*asked, *orders))
    names = [folded_lines([row[place] for row in rows]) for place in (3, 4, 6)]
    found = [
        Found(state not in IN_USE, last, first, pk, state, order, f" {last} {first} {number} {reference.lower()}")
        for (pk, state, reference, _last, _first, order, _number), last, first, number in zip(rows, *names, strict=True)
    ]
    return found, {row[5]: row[6] for row in rows}


def lines(passports: QuerySet[Passport], in_order: Iterable[Found] | None = None) -> list[Line]:
    """With their figures, in the order given. Four queries whatever their number."""
    asked = Decision.objects.filter(passport=OuterRef("pk"), state=Decision.State.ASKED)
    described = passports.annotate(waits=Exists(asked)).select_related("member", "version", "sheet__order")
    rows = {row.pk: row for row in described.prefetch_related("version__kinds")}
    used, visits = _used(rows), _visits(rows)
    order = rows if in_order is None else [row.pk for row in in_order]
    return [
        Line(
            rows[pk],
            tuple(KindHours(kind, used.get((pk, kind.code), 0)) for kind in rows[pk].version.kinds.all()),
            *visits.get(pk, (0, None, 0)),
            waits=rows[pk].waits,
        )
        for pk in order
    ]


def _used(passports: Iterable[int]) -> dict[tuple[int, str], int]:
    rows = Entry.objects.filter(passport__in=passports).exclude(kind="").order_by()
    return {(pk, kind): hours for pk, kind, hours in rows.values_list("passport", "kind").annotate(Sum("hours"))}


def _visits(passports: Iterable[int]) -> dict[int, tuple[int, datetime | None, int]]:
    """Of each: how many visits are signed, the last one’s day, how many are contested now."""
    signed = Q(state=Cheque.State.SIGNED)
    contested = Q(disputes__isnull=False, disputes__settled_at=None)
    rows = Cheque.objects.filter(passport__in=passports).order_by().values("passport")
    counted = rows.annotate(
        visits=Count("pk", filter=signed, distinct=True),
        last=Max("starts_at", filter=signed),
        disputed=Count("pk", filter=contested, distinct=True),
    )
    return {row["passport"]: (row["visits"], row["last"], row["disputed"]) for row in counted}


def orders(user: User, query: Mapping[str, str], *, now: datetime | None = None) -> dict[str, Any]:
    """Their orders, newest first, each with how many of its sheets are given and opened."""
    state = read_choice(query, "etat", Order.State.values)
    theirs = reading.orders_of(user, now)
    counts = dict(theirs.order_by().values_list("state").annotate(Count("pk")))
    found = theirs.filter(state=state) if state else theirs
    given = Q(sheets__gifts__isnull=False, sheets__gifts__taken_back_at=None)
    listed = found.select_related("organisation", "version__package").annotate(
        given=Count("sheets", filter=given, distinct=True),
        opened=Count("sheets__passport", filter=given, distinct=True),
    )
    options = [(value, capfirst(label), counts.get(value, 0)) for value, label in Order.State.choices]
    return {
        "page": page_of(listed.order_by("-asked_at", "-pk"), read_page(query), ORDERS_PER_PAGE),
        "active": {"etat": state} if state else {},
        "choices": [choice("etat", "État", "Toutes", options, state)],
    }


def page_of(rows: Any, number: int, size: int) -> Page[Any]:
    """Raises Http404 for a page that does not exist."""
    paginator = Paginator(rows, size)
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    return paginator.page(number)
