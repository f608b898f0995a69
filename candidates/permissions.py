"""Who may write a candidate's page, read it for the counsellor, and see what is approved of it."""

from datetime import date, datetime

from django.utils import timezone

from accounts.models import Member, Membership, User
from accounts.permissions import can_see_member
from accounts.roles import Visitor
from candidates import seeing
from candidates.models import Profile


def can_write_page(user: Visitor, *, member: Member, on: date | None = None) -> bool:
    """The person themselves, while their membership runs."""
    if not isinstance(user, User) or member.user_id != user.pk or member.erased_at:
        return False
    return Membership.objects.running(on).filter(member=member).exists()


def can_review_page(user: Visitor, *, member: Member, now: datetime | None = None) -> bool:
    """Who accompanies the member now. Nobody reviews their own page."""
    if not isinstance(user, User) or member.user_id == user.pk or member.erased_at:
        return False
    return Member.objects.followed_by(user, now).filter(pk=member.pk).exists()


def can_see_page(user: Visitor, *, profile: Profile, on: date | None = None) -> bool:
    """The member, who accompanies them, and the companies that they allowed once it is approved."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if can_see_member(user, member=profile.member):
        return True
    return seeing.company_allowed(user, profile=profile, on=on) is not None and _is_approved(profile)


def can_prepare_film(user: Visitor, *, profile: Profile, now: datetime | None = None) -> bool:
    """The member while their membership runs, and the volunteer to whom their film is given."""
    if can_write_page(user, member=profile.member, on=timezone.localdate(now)):
        return True
    return seeing.prepared_by(user, now).filter(pk=profile.pk).exists()


def can_delete_film(user: Visitor, *, profile: Profile) -> bool:
    """The member themselves, whether their membership runs or not."""
    return isinstance(user, User) and user.is_active and profile.member.user_id == user.pk


def _is_approved(profile: Profile) -> bool:
    return profile.versions.filter(state="validee").exists()
