"""What a counsellor finds in a member's record: who they are, their membership, who accompanies them, their page."""

from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from accompaniment import path
from accounts import permissions, referents, relays
from accounts.models import Invitation, Member, Membership, Referent, User
from candidates.models import Look, Profile, Version
from passport import reading
from spaces import links
from spaces.member_home import belonging

LONGEST_HISTORY = 20


def context(member: Member, *, by: User, now: datetime) -> dict[str, Any]:
    today = timezone.localdate(now)
    memberships = list(Membership.objects.filter(member=member).newest_first())
    history = list(Referent.objects.filter(member=member).select_related("counsellor__user").newest_first())
    followers = referents.following(history, now)
    prefetch_related_objects([member], "passports")
    steps = path.steps_of(member, for_counsellor=True, now=now)
    return {
        "member": member,
        "belongs": belonging(memberships, today),
        "memberships": memberships,
        "followers": followers,
        "history": [row for row in history if row not in followers][:LONGEST_HISTORY],
        "can_hand_over": _is_referent(by, followers) or permissions.can_manage_people(by),
        "relay": relays.last_of(member),
        **_invitations(member),
        "now": now,
        "steps": steps,
        "can_start": not path.has_begun(steps),
        "objections": list(
            Look.objects.filter(member=member, objected_at__isnull=False)
            .select_related("user", "organisation")
            .order_by("-objected_at")[:LONGEST_HISTORY]
        ),
        "passports": [] if member.user_id == by.pk else reading.of_member(member),
        **_page(member),
    }


def _is_referent(user: User, followers: list[Referent]) -> bool:
    return any(row.role == Referent.Role.REFERENT and row.counsellor.user_id == user.pk for row in followers)


def _invitations(member: Member) -> dict[str, Any]:
    """All of them, newest first; the latest while it has not been answered."""
    rows = list(Invitation.objects.filter(member=member).select_related("invited_by").newest_first())
    waiting = (row for row in rows if row.accepted_at is None and row.revoked_at is None)
    return {
        "invitations": rows,
        "invitation": None if member.user_id else next(waiting, None),
    }


def _page(member: Member) -> dict[str, Any]:
    profile: Profile | None = getattr(member, "profile", None)
    if profile is None:
        return {"review_url": "", "states": []}
    states = (
        Version.objects.filter(profile=profile).exclude(state=Version.State.REPLACED).values_list("state", flat=True)
    )
    return {"review_url": links.review_of(profile), "states": list(states)}
