from datetime import datetime
from typing import Any

from django import template

from decks.models import SlideDeck

register = template.Library()


@register.inclusion_tag("components/deck_card.html")
def deck_card(deck: SlideDeck, *, since: datetime | None = None, level: int = 3) -> dict[str, Any]:
    """A deck in a list (from `listing.with_covers`); `since` is the reader's visit before, if there was one."""
    cover = next(iter(deck.covers), None)  # type: ignore[attr-defined]  # by the prefetch
    is_new = since is not None and deck.published_at is not None and deck.published_at > since
    return {"deck": deck, "cover": cover, "is_new": is_new, "level": level}
