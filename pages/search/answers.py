"""The answers that one page of the search shows."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils.safestring import SafeString

from association.models import Departement
from pages import freshness
from pages.addresses import address
from pages.models import SearchEntry, SearchKind
from pages.search import departements
from pages.search.extracts import extract, marked
from pages.search.finding import Results, digest
from pages.search.full_text import Terms
from pages.search.sources import sources
from pages.search.words import terms

# In the singular, as each answer is announced.
KINDS = {
    SearchKind.NEWS: "Actualité",
    SearchKind.GUIDES: "Guide",
    SearchKind.VIDEOS: "Vidéo",
    SearchKind.SESSIONS: "Réunion d’information",
    SearchKind.DEPARTEMENTS: "Département",
    SearchKind.ASSOCIATION: "L’association",
}
# What has no date to show: it is true until it is written again.
TIMELESS = {SearchKind.DEPARTEMENTS, SearchKind.ASSOCIATION}


@dataclass(frozen=True)
class Answer:
    """One thing found, with the words that were asked for marked in its title and in an extract."""

    kind: str
    title: SafeString
    url: str
    extract: SafeString
    published_on: date | None


def answers(request: HttpRequest, question: str, found: Results, order: list[int | str]) -> list[Answer]:
    """Those of `order`, a part of the results; kept as long as they are."""
    asked = terms(question)
    name = f"answers:{digest(asked, found.kind, found.departement, order)}"

    def build() -> tuple[list[Answer], datetime | None]:
        entries = known(order)
        return [answer(*entries[key], asked) for key in order if key in entries], found.until

    return freshness.keep(request, name, build) if order else []


def known(order: list[int | str]) -> dict[int | str, tuple[SearchEntry, str]]:
    """Each entry, by what names it in the results, with its address."""
    entries = SearchEntry.objects.select_related("page").defer("title_words", "body_words")
    written = entries.in_bulk([key for key in order if isinstance(key, int)])
    codes = [key for key in order if isinstance(key, str)]
    places = Departement.objects.filter(code__in=codes) if codes else []
    return {key: (entry, address_of(entry)) for key, entry in written.items()} | {
        place.code: (departements.entry(place), place.get_absolute_url()) for place in places
    }


def address_of(entry: SearchEntry) -> str:
    """Where the thing is now: an address is never kept, so that a renamed section moves its answers with it."""
    return address(entry.page.url_path) if entry.page else sources[entry.kind].address(entry.key)


def answer(entry: SearchEntry, url: str, asked: Terms) -> Answer:
    return Answer(
        kind=KINDS[SearchKind(entry.kind)],
        title=marked(entry.title, asked),
        url=url,
        extract=extract(entry.lead, entry.text, asked),
        published_on=None if entry.kind in TIMELESS else entry.published_on,
    )
