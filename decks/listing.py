"""The list of decks: filters from the address, what they find, and the counts beside each choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.http import Http404
from django.utils.text import capfirst

from decks import finding
from decks.models import Preview, SlideDeck, SlideDeckQuerySet, Topic
from pages.filters import choice, read_choice, read_page

PER_PAGE = 12
LONGEST_QUESTION = 200


@dataclass(frozen=True)
class Filters:
    question: str = ""
    topic: str = ""

    @property
    def active(self) -> dict[str, str]:
        chosen = {"q": self.question, "theme": self.topic}
        return {name: value for name, value in chosen.items() if value}


def read_filters(query: Mapping[str, str]) -> Filters:
    """The filters of an address. A topic that does not exist is a page that does not exist."""
    typed = query.get("q", "")[:LONGEST_QUESTION]
    question = "".join(character if character.isprintable() else " " for character in typed).strip()
    return Filters(question=question, topic=read_choice(query, "theme", Topic.values))


def context(query: Mapping[str, str], *, now: datetime) -> dict[str, Any]:
    """One page of the list. Raises Http404 for one that does not exist."""
    filters, number = read_filters(query), read_page(query)
    answering = _answering(filters.question, now)
    counts = dict(answering.order_by().values_list("topic").annotate(Count("pk")))
    total = counts.get(filters.topic, 0) if filters.topic else sum(counts.values())
    found = answering.filter(topic=filters.topic) if filters.topic else answering
    return {"filters": filters, "page": _page(found, number, total), "choices": [_topics(counts, filters.topic)]}


def _answering(question: str, now: datetime) -> SlideDeckQuerySet:
    decks = SlideDeck.objects.published(now)
    return finding.matching(decks, question) if question else decks.newest_first()


def _page(found: SlideDeckQuerySet, number: int, total: int) -> ListPage[SlideDeck]:
    paginator = Paginator(with_covers(found), PER_PAGE)
    paginator.count = total  # known from the counts of the topics
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    return paginator.page(number)


def with_covers(decks: SlideDeckQuerySet) -> SlideDeckQuerySet:
    """With what a card shows: each deck's first preview, in `covers`."""
    first = Preview.objects.filter(number__lte=1).in_order()
    return decks.without_texts().prefetch_related(Prefetch("previews", queryset=first, to_attr="covers"))


def _topics(counts: Mapping[str, int], chosen: str) -> dict[str, Any]:
    options = [(value, capfirst(label), counts.get(value, 0)) for value, label in Topic.choices]
    return choice("theme", "Thème", "Tous les thèmes", options, chosen)
