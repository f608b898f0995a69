"""Who may read the decks, and who keeps them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.permissions import can_read_members_content
from accounts.roles import Role, Visitor, is_current_member

if TYPE_CHECKING:
    from decks.models import SlideDeck

EDIT = "decks.change_slidedeck"


def can_read_decks(user: Visitor, now: datetime | None = None, *, roles: frozenset[Role] | None = None) -> bool:
    """Members whose membership runs on this day, counsellors, editors and administrators."""
    is_current = is_current_member(user, timezone.localdate(now))
    return can_read_members_content(user, is_current=is_current, roles=roles)


def can_edit_decks(user: Visitor) -> bool:
    return user.has_perm(EDIT)


def can_read_deck(user: Visitor, *, deck: "SlideDeck", now: datetime | None = None) -> bool:
    """Those who keep the decks also read the ones that are not published."""
    moment = now or timezone.now()
    is_published = deck.published_at is not None and deck.published_at <= moment
    return can_edit_decks(user) or (is_published and can_read_decks(user, moment))
