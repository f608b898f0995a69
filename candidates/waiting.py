"""What waits for somebody about candidates' pages, each in one query."""

from django.db.models import F

from accounts.models import Member, User
from candidates.models import Profile, Version


def pages_to_review(user: User) -> int:
    """How many pages wait for this counsellor's answer."""
    mine = Profile.objects.followed_by(user).exclude(member__user=user)
    return Version.objects.submitted().filter(profile__in=mine).count()


def my_page_state(member: Member) -> dict[str, bool]:
    """Whether the member's page is begun, being written, at the counsellor's, sent back, and approved."""
    states = set(Version.objects.filter(profile__member=member).values_list("state", flat=True))
    return {
        "draft": Version.State.DRAFT in states,
        "submitted": Version.State.SUBMITTED in states,
        "returned": Version.State.RETURNED in states,
        "approved": Version.State.APPROVED in states,
    }


def pages_waiting(user: User) -> list[Version]:
    """Those pages, the one that has waited longest first."""
    mine = Profile.objects.followed_by(user).exclude(member__user=user)
    waiting = Version.objects.submitted().filter(profile__in=mine).select_related("profile__member")
    return list(waiting.order_by(F("submitted_at"), "pk"))
