"""Who may see a member's record, invite, and look after people."""

from accounts.models import Member, User
from accounts.roles import Role, Visitor, roles_of

MANAGE_PEOPLE = "accounts.change_member"


def can_see_member(user: Visitor, *, member: Member) -> bool:
    """The person themselves, and who accompanies them now."""
    if not isinstance(user, User) or member.erased_at:
        return False
    return member.user_id == user.pk or Member.objects.followed_by(user).filter(pk=member.pk).exists()


def can_read_members_content(user: Visitor, *, is_current: bool, roles: frozenset[Role] | None = None) -> bool:
    """Decks and members' news: current members, counsellors, editors and administrators."""
    held = roles_of(user) if roles is None else roles
    return is_current or bool(held & {Role.COUNSELLOR, Role.EDITOR, Role.ADMIN})


def can_invite_members(user: Visitor) -> bool:
    return Role.COUNSELLOR in roles_of(user) or can_manage_people(user)


def can_manage_people(user: Visitor) -> bool:
    return user.has_perm(MANAGE_PEOPLE)
