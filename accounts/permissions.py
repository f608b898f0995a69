"""Who may see a member's record, invite, and look after people."""

from datetime import datetime

from accounts.models import Counsellor, InvitedAs, Member, MemberQuerySet, Referent, User
from accounts.roles import Role, Visitor, roles_of

MANAGE_PEOPLE = "accounts.change_member"


def can_see_member(user: Visitor, *, member: Member, now: datetime | None = None) -> bool:
    """The person themselves, and who accompanies them now."""
    if not isinstance(user, User) or not user.is_active or member.erased_at:
        return False
    return member.user_id == user.pk or Member.objects.followed_by(user, now).filter(pk=member.pk).exists()


def members_seen_by(user: Visitor, now: datetime | None = None) -> MemberQuerySet:
    """The same rule for a list: theirs, and those whom they accompany now."""
    if not isinstance(user, User) or not user.is_active:
        return Member.objects.none()
    return (Member.objects.of(user) | Member.objects.followed_by(user, now)).not_erased()


def can_read_members_content(user: Visitor, *, is_current: bool, roles: frozenset[Role] | None = None) -> bool:
    """Decks and members' news: current members, counsellors, editors and administrators."""
    held = roles_of(user) if roles is None else roles
    return is_current or bool(held & {Role.COUNSELLOR, Role.EDITOR, Role.ADMIN})


def can_record_members(user: Visitor) -> bool:
    return Role.COUNSELLOR in roles_of(user) or can_manage_people(user)


def can_invite(user: Visitor, *, invited_as: str, member: Member | None = None) -> bool:
    """Counsellors, those whom they accompany, as members; who looks after people, anybody as anything."""
    if can_manage_people(user):
        return True
    if invited_as != InvitedAs.MEMBER or member is None or not isinstance(user, User):
        return False
    return Member.objects.not_erased().followed_by(user).filter(pk=member.pk).exists()


def can_hand_over(user: Visitor, *, member: Member, now: datetime | None = None) -> bool:
    """The referent; a stand-in or who helps for a day does not decide for them. And who looks after people."""
    if not isinstance(user, User):
        return False
    live = Referent.objects.live(now).filter(member=member, role=Referent.Role.REFERENT)
    return live.filter(counsellor__in=Counsellor.objects.active().filter(user=user)).exists() or can_manage_people(user)


def can_manage_people(user: Visitor) -> bool:
    return user.has_perm(MANAGE_PEOPLE)
