"""The members' search among the decks: blind to accents and plurals, the same on every database.

A few thousand decks at most: their words are compared as they stand, without an index.
"""

from django.db.models import BooleanField, Case, Q, Value, When

from decks.models import SlideDeckQuerySet
from pages.search.words import terms


def matching(decks: SlideDeckQuerySet, question: str) -> SlideDeckQuerySet:
    """The decks that say every word of the question, those whose title does first, then the newest.

    A question without a word finds nothing.
    """
    asked = terms(question)
    if not asked:
        return decks.none()
    titled = Case(When(_holds("title_words", asked), then=Value(True)), default=False, output_field=BooleanField())
    return decks.filter(_holds("words", asked)).order_by(titled.desc(), "-published_at", "-pk")


def _holds(field: str, asked: list[tuple[str, ...]]) -> Q:
    """Each term as the beginning of a word. Terms hold letters and digits only."""
    whole = Q()
    for term in asked:
        either = Q()
        for beginning in term:
            either |= Q(**{f"{field}__contains": f" {beginning}"})
        whole &= either
    return whole
