"""Who may write the schedule of sessions."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from events.models import InfoSession, Meeting

Visitor = User | AnonymousUser


def can_change_sessions(user: Visitor, *, of: type[Meeting] = InfoSession) -> bool:
    """Whoever may change sessions, or the members' events, also publishes, cancels and restores them."""
    return user.has_perm(f"events.change_{of._meta.model_name}")


def can_copy_sessions(user: Visitor, *, of: type[Meeting] = InfoSession) -> bool:
    """A copy reads its source whole, the address of its meeting too: making new sessions is not enough."""
    return can_change_sessions(user, of=of) and user.has_perm(f"events.add_{of._meta.model_name}")
