"""The départements that answer a question, read from their own few rows: nothing is kept of them to go stale."""

from association.models import Departement
from pages.models import SearchEntry, SearchKind
from pages.search.entries import codes, completed, plain
from pages.search.full_text import Terms


def entry(departement: Departement) -> SearchEntry:
    """What a page of the search shows of a département, never saved."""
    return completed(
        SearchEntry(
            kind=SearchKind.DEPARTEMENTS,
            key=departement.code,
            departements=codes([departement]),
            title=f"{departement.name} ({departement.code})",
            text=plain(departement.intro),
        )
    )


def answering(asked: Terms) -> tuple[list[str], list[str]]:
    """The codes of those whose name says every term, and of those that say them in all their text."""
    named, others = [], []
    for known in map(entry, Departement.objects.by_code()):
        if says(known.title_words, asked):
            named.append(known.key)
        elif says(f"{known.title_words} {known.body_words}", asked):
            others.append(known.key)
    return named, others


def says(text: str, asked: Terms) -> bool:
    """Whether normalised text holds every term."""
    return all(any(word.startswith(term) for word in text.split()) for term in asked)
