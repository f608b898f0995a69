"""What a counsellor finds on their first page: what waits for them, and whom they accompany."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.utils import timezone

from accounts.models import Member, Referent, User
from candidates.models import Consent, Version
from events import hosting
from spaces import waiting, waiting_passports

LAST_MET = 6
MOST_HELPED = 12


def context(user: User, *, now: datetime) -> dict[str, Any]:
    today = timezone.localdate(now)
    helped, coming = _helped(user, now), hosting.coming_of(user, now)
    return {
        "waiting": [
            *waiting.people_to_call(coming.calls),
            *waiting.sheets_to_close(user, now),
            *waiting_passports.all_of(user, now),
            *waiting.appointments_to_mark(user, now),
            *waiting.relays_to_answer(user),
            *waiting.pages_and_videos(user),
            *waiting.objections(user, now),
            *waiting.memberships_to_renew(user, today),
        ],
        "meetings": coming.own,
        **_members(user, now),
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


def _members(user: User, now: datetime) -> dict[str, Any]:
    """The last ones met; and of all, how many there are, whose membership runs, whose page is approved, and shown."""
    today = timezone.localdate(now)
    approved = Version.objects.filter(profile__member=OuterRef("pk"), state=Version.State.APPROVED)
    shown = Consent.objects.live(today).filter(member=OuterRef("pk"))
    current = Member.objects.current(today).filter(pk=OuterRef("pk"))
    rows = _followed(user).alias(is_current=Exists(current), is_approved=Exists(approved), is_shown=Exists(shown))
    counted = rows.annotate(
        members=Window(Count("pk")),
        current=Window(Count("pk", filter=Q(is_current=True))),
        approved=Window(Count("pk", filter=Q(is_approved=True))),
        shown=Window(Count("pk", filter=Q(is_approved=True, is_shown=True))),
    )
    newest = list(counted.select_related("departement").order_by("-created_at", "-pk")[:LAST_MET])
    names = ("members", "current", "approved", "shown")
    return {"newest": newest, "counts": {name: getattr(newest[0], name) if newest else 0 for name in names}}
