"""What an accepted invitation makes: an account, and what it opens."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import counsellors, organisations, roles
from accounts.authentication.addresses import mark_verified
from accounts.models import Invitation, InvitedAs, Member, User

GROUPS = {
    InvitedAs.TREASURER: roles.TREASURERS,
    InvitedAs.VOLUNTEER: roles.VOLUNTEERS,
    InvitedAs.EDITOR: roles.EDITORS,
    InvitedAs.ADMINISTRATOR: roles.ADMINISTRATORS,
}
# These work in the editors' interface.
IN_THE_ADMIN = {InvitedAs.EDITOR, InvitedAs.ADMINISTRATOR}


@dataclass(frozen=True)
class Newcomer:
    """What somebody who has no account yet says of themselves."""

    first_name: str
    last_name: str
    password: str


def make_account(invitation: Invitation, *, newcomer: Newcomer) -> User:
    """The address is theirs: they followed the link that was sent to it."""
    user = User(email=invitation.email, first_name=newcomer.first_name.strip(), last_name=newcomer.last_name.strip())
    validate_password(newcomer.password, user)
    user.set_password(newcomer.password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        told = "Un compte existe déjà avec cette adresse e-mail : connectez-vous."
        raise ValidationError(told, code="log_in") from None
    mark_verified(user)
    return user


def give_role(user: User, invitation: Invitation, *, now: datetime) -> None:
    """What the invitation is for; an account keeps what it already was."""
    today = timezone.localdate(now)
    invited_as = InvitedAs(invitation.invited_as)
    if invitation.member:
        _be_member(user, invitation.member)
    elif invitation.organisation:
        organisations.affiliate(user, organisation=invitation.organisation, by=invitation.invited_by, on=today)
    elif invited_as == InvitedAs.COUNSELLOR:
        if roles.Role.COUNSELLOR not in roles.roles_of(user, today):
            counsellors.appoint(user, by=invitation.invited_by, on=today)
    else:
        group, _created = Group.objects.get_or_create(name=GROUPS[invited_as])
        user.groups.add(group)
        if invited_as in IN_THE_ADMIN and not user.is_staff:
            user.is_staff = True
            user.save(update_fields=["is_staff"])


def _be_member(user: User, member: Member) -> None:
    """One record, one account."""
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.user_id or locked.erased_at or Member.objects.of(user).exists():
        raise ValidationError("Cette invitation ne peut plus servir : demandez à votre conseiller.", code="taken")
    locked.user = user
    locked.email = locked.email or user.email
    locked.save(update_fields=["user", "email"])
