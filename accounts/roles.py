"""What somebody is on the site. Nobody gives themselves a role; one person may have several.

A role is never stored as such: it is read from the rows that make it true, at
each request, so that it ends with them.
"""

from datetime import date
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Value

from accounts.models import Affiliation, Counsellor, Member, Membership, User

Visitor = User | AnonymousUser

EDITORS = "Rédaction"
MODERATORS = "Modération"
TREASURERS = "Trésorerie"
VOLUNTEERS = "Équipe vidéo"
ADMINISTRATORS = "Administration"


class Role(StrEnum):
    """In the order in which a space is offered to somebody who has several."""

    MEMBER = "membre"
    COUNSELLOR = "conseiller"
    PRESCRIBER = "prescripteur"
    COMPANY = "entreprise"
    TREASURER = "tresorerie"
    VOLUNTEER = "video"
    EDITOR = "redaction"
    ADMIN = "administration"


# These see other people's data, or speak for the association: a password alone does not let them in.
NEED_A_SECOND_FACTOR = frozenset(Role) - {Role.MEMBER, Role.VOLUNTEER}
# These leave after a working day of silence; a member stays for two weeks.
STAFF = NEED_A_SECOND_FACTOR | {Role.VOLUNTEER}
OF_GROUPS = {
    Role.TREASURER: {TREASURERS},
    Role.VOLUNTEER: {VOLUNTEERS},
    Role.EDITOR: {EDITORS, MODERATORS},
    Role.ADMIN: {ADMINISTRATORS},
}


def roles_of(user: Visitor, on: date | None = None) -> frozenset[Role]:
    """What this person is on this day, in one query."""
    return roles_and(user, on)[0]


def roles_and(user: Visitor, on: date | None = None, *, also: Exists | None = None) -> tuple[frozenset[Role], bool]:
    """What this person is, and whether something else holds of them, in the same query."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset(), False
    reasons = _reasons(user, on)
    # A row for each group that they are in, or one.
    rows = list(User.objects.filter(pk=user.pk).values_list("groups__name", also or Value(False), *reasons.values()))
    if not rows:  # deleted since the request began
        return frozenset(), False
    groups = {name for name, *_held in rows}
    _name, holds_also, *held = rows[0]
    found = {role for role, holds in zip(reasons, held, strict=True) if holds}
    found |= {role for role, names in OF_GROUPS.items() if names & groups}
    return frozenset(found | {Role.ADMIN} if user.is_superuser else found), bool(holds_also)


def _reasons(user: User, on: date | None) -> dict[Role, Exists]:
    affiliations = Affiliation.objects.current(on).of(user)
    return {
        Role.MEMBER: Exists(Member.objects.not_erased().of(user)),
        Role.COUNSELLOR: Exists(Counsellor.objects.active(on).filter(user=user)),
        Role.PRESCRIBER: Exists(affiliations.filter(organisation__is_prescriber=True)),
        Role.COMPANY: Exists(affiliations.filter(organisation__is_company=True)),
    }


def needs_a_second_factor(roles: frozenset[Role]) -> bool:
    return bool(roles & NEED_A_SECOND_FACTOR)


def is_current_member(user: Visitor, on: date | None = None) -> bool:
    """Whether this person's membership runs on this day."""
    if not isinstance(user, User):
        return False
    return Membership.objects.running(on).filter(member__user=user, member__erased_at__isnull=True).exists()
