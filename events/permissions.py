"""Who may write the schedule of sessions."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User

Visitor = User | AnonymousUser


def can_change_sessions(user: Visitor) -> bool:
    """Whoever may change sessions also publishes, cancels and restores them."""
    return user.has_perm("events.change_infosession")


def can_copy_sessions(user: Visitor) -> bool:
    """A copy reads its source whole, the address of its meeting too: making new sessions is not enough."""
    return can_change_sessions(user) and user.has_perm("events.add_infosession")
