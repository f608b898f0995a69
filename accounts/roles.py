"""What somebody is on the site. Nobody gives themselves a role; one person may have several.

A role is never stored as such: it is read from the rows that make it true, at
each request, so that it ends with them.
"""

from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

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
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
OF_ROWS = [Role.MEMBER, Role.COUNSELLOR, Role.PRESCRIBER, Role.COMPANY]
OF_GROUPS = {
    Role.TREASURER: {TREASURERS},
    Role.VOLUNTEER: {VOLUNTEERS},
    Role.EDITOR: {EDITORS, MODERATORS},
    Role.ADMIN: {ADMINISTRATORS},
}


class Standing(NamedTuple):
    roles: frozenset[Role]
    has_second_factor: bool


NOBODY = Standing(frozenset(), has_second_factor=False)


def roles_of(user: Visitor, on: date | None = None) -> frozenset[Role]:
    """What this person is on this day, in one query."""
    return standing_of(user, on).roles


def standing_of(user: Visitor, on: date | None = None) -> Standing:
    """What this person is on this day, and whether they have a second factor, in one query."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    question, said = _question(on or timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(question, (*said, user.pk))
        rows = cursor.fetchall()
    if not rows:  # deleted since the request began
        return NOBODY
    # A row for each group that they are in, or one.
    groups = {name for name, *_held in rows}
    _name, has_second_factor, *held = rows[0]
    found = {role for role, holds in zip(OF_ROWS, held, strict=True) if holds}
    found |= {role for role, names in OF_GROUPS.items() if names & groups}
    return Standing(frozenset(found | {Role.ADMIN} if user.is_superuser else found), bool(has_second_factor))


@lru_cache(maxsize=4)
def _question(on: date) -> tuple[str, tuple[Any, ...]]:
    """What is asked of everybody on this day, and what is said in it; whom it is asked of is said last.

    Written once a day: every request of whoever has logged in asks it, and
    writing it takes ten times longer than answering it.
    """
    this_one = {"user": OuterRef("pk")}
    affiliations = Affiliation.objects.current(on).filter(**this_one)
    factors = Authenticator.objects.filter(type__in=SECOND_FACTORS, **this_one)
    held = {
        Role.MEMBER: Member.objects.not_erased().filter(**this_one),
        Role.COUNSELLOR: Counsellor.objects.active(on).filter(**this_one),
        Role.PRESCRIBER: affiliations.filter(organisation__is_prescriber=True),
        Role.COMPANY: affiliations.filter(organisation__is_company=True),
    }
    asked = User.objects.filter(pk=0).values_list(
        "groups__name", Exists(factors), *(Exists(held[role]) for role in OF_ROWS)
    )
    question, said = asked.query.sql_with_params()
    return question, said[:-1]


def needs_a_second_factor(roles: frozenset[Role]) -> bool:
    return bool(roles & NEED_A_SECOND_FACTOR)


def is_current_member(user: Visitor, on: date | None = None) -> bool:
    """Whether this person's membership runs on this day."""
    if not isinstance(user, User):
        return False
    return Membership.objects.running(on).filter(member__user=user, member__erased_at__isnull=True).exists()
