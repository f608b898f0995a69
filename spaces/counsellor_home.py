"""What a counsellor finds on their first page: what waits for them, and whom they accompany."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import Member, Referent, User
from candidates.models import Consent, Version
from spaces import waiting

LAST_MET = 6
MOST_HELPED = 12


def context(user: User, *, now: datetime) -> dict[str, Any]:
    today = timezone.localdate(now)
    helped = _helped(user, now)
    return {
        "waiting": [
            *waiting.pages_to_read(user),
            *waiting.videos_to_watch(user),
            *waiting.objections(user, now),
            *waiting.memberships_to_renew(user, today),
        ],
        "counts": _counts(user, now),
        "newest": list(_followed(user).select_related("departement").order_by("-created_at", "-pk")[:LAST_MET]),
        "helped": helped[:MOST_HELPED],
        "helps_others": len(helped) > MOST_HELPED,
    }


def _followed(user: User) -> Any:
    return Member.objects.followed_by(user).not_erased()


def _helped(user: User, now: datetime) -> list[Referent]:
    """Those of other counsellors, what ends soonest first; one more than are shown."""
    rows = Referent.objects.live(now).filter(counsellor__user=user).exclude(role=Referent.Role.REFERENT)
    soonest = rows.order_by(F("ends_at").asc(nulls_last=True), "pk")
    return list(soonest.select_related("member")[: MOST_HELPED + 1])


def _counts(user: User, now: datetime) -> dict[str, int]:
    """Members, those whose membership runs, whose page is approved, and whose page a company may see today."""
    today = timezone.localdate(now)
    approved = Version.objects.filter(profile__member=OuterRef("pk"), state=Version.State.APPROVED)
    shown = Consent.objects.live(today).filter(member=OuterRef("pk"))
    current = Member.objects.current(today).filter(pk=OuterRef("pk"))
    rows = _followed(user).annotate(is_current=Exists(current), is_approved=Exists(approved), is_shown=Exists(shown))
    return rows.aggregate(
        members=Count("pk"),
        current=Count("pk", filter=Q(is_current=True)),
        approved=Count("pk", filter=Q(is_approved=True)),
        shown=Count("pk", filter=Q(is_approved=True, is_shown=True)),
    )
