"""What a question finds, in which order, and how much of it there is of each kind.

Whether a thing is public is asked of the thing's own row at each search, never
of what the search knows of it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from pages import freshness
from pages.models import BasePageQuerySet, SearchEntry, SearchKind
from pages.search import departements, full_text
from pages.search.full_text import Terms
from pages.search.sources import sources
from pages.search.words import terms

# A publication planned for a moment shows within this time of it.
KEPT_FOR = timedelta(minutes=1)


@dataclass
class Results:
    """What answers a question under its filters.

    `order` holds ids of entries and codes of départements, best first; `pages`
    the ids of the pages among them. Both stop at the first few hundred; the
    counts do not: each says how many there would be with its own filter
    changed and the other kept. `until` is when time alone may change them.
    """

    kind: str = ""
    departement: str = ""
    order: list[int | str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    total: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    departements: Counter[str] = field(default_factory=Counter)
    until: datetime = field(default_factory=timezone.now)

    def shows(self, kind: str, codes: Iterable[str]) -> bool:
        return self.kind in ("", kind) and (not self.departement or self.departement in codes)

    def count(self, kind: str, codes: list[str], found: int = 1) -> None:
        if not self.departement or self.departement in codes:
            self.kinds[kind] += found
        if self.kind in ("", kind):
            self.departements.update(dict.fromkeys(codes, found))
        if self.shows(kind, codes):
            self.total += found


def results(request: HttpRequest, question: str, *, kind: str = "", departement: str = "") -> Results:
    """What anybody may read now that answers the question; kept as long as it is true."""
    asked = terms(question)
    name = f"search:{digest(asked, kind, departement)}"

    def build() -> tuple[Results, datetime | None]:
        found = find(asked, kind=kind, departement=departement)
        return found, found.until

    return freshness.keep(request, name, build) if asked else Results()


def digest(*asked: object) -> str:
    """A short name for what was asked, of which any text can be a part."""
    return sha256(repr(asked).encode()).hexdigest()[:32]


def find(asked: Terms, *, kind: str = "", departement: str = "") -> Results:
    found = Results(kind, departement, until=timezone.now() + KEPT_FOR)
    public = SearchEntry.objects.filter(open_to_all())
    answers = full_text.matching(public, asked).values("kind", "departements")
    named, others = departements.answering(asked)
    for code in [*named, *others]:
        found.count(SearchKind.DEPARTEMENTS, [code])
    for row in answers.annotate(found=Count("pk"), until=Min("page__expire_at")).order_by():
        found.count(row["kind"], SearchEntry(departements=row["departements"]).codes, row["found"])
        found.until = min(found.until, row["until"] or found.until)
    entries = full_text.ordered(filtered(public, kind, departement), asked) if found.total else []
    found.pages = [page for _entry, page in entries if page]
    named, others = (
        [code for code in codes if found.shows(SearchKind.DEPARTEMENTS, [code])] for codes in (named, others)
    )
    found.order = [*named, *(entry for entry, _page in entries), *others]
    return found


def filtered(entries: QuerySet[SearchEntry], kind: str, departement: str) -> QuerySet[SearchEntry]:
    if kind:
        entries = entries.filter(kind=kind)
    return entries.filter(departements__contains=f",{departement},") if departement else entries


def open_to_all() -> Q:
    """The entries of what anybody may read now, by the rows of the things themselves."""
    public = Q(page__in=BasePageQuerySet(Page).open_to_all().values("pk"))
    for source in sources.values():
        public |= Q(kind=source.kind, key__in=source.open_keys())
    return public
