"""The way to an account: a link by e-mail, seven days, once.

The secret of the link is in the message and nowhere else: the database keeps
its digest. Looking at the link changes nothing, since the machines that read
mails before people do look at every link.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import journal, newcomers, permissions
from accounts.models import Invitation, InvitedAs, Member, Organisation, User
from accounts.models.invitations import InvitationQuerySet
from accounts.newcomers import Newcomer
from notices import outbox

VALID_FOR = timedelta(days=7)
TOKEN_BYTES = 32


class DeadLinkError(Exception):
    """Wrong, expired, used, withdrawn, or somebody else's: nobody is told which."""


def invite(
    email: str,
    *,
    invited_as: str,
    by: User,
    member: Member | None = None,
    organisation: Organisation | None = None,
    now: datetime | None = None,
) -> Invitation:
    """Send the link; an earlier one for the same thing dies."""
    if not permissions.can_invite(by, invited_as=invited_as, member=member):
        raise PermissionDenied
    moment = now or timezone.now()
    invitation = Invitation(
        email=email.strip().lower(),
        invited_as=invited_as,
        member=member,
        organisation=organisation,
        invited_by=by,
        created_at=moment,
    )
    token = _new_link(invitation, moment)
    invitation.full_clean(exclude=["digest", "expires_at"])
    _check(invitation)
    with transaction.atomic():
        _same_thing(invitation).open(moment).update(revoked_at=moment)
        invitation.save()
        journal.note(invitation, "invite", by=by)
        _send(invitation, token)
    return invitation


def resend(invitation: Invitation, *, by: User, now: datetime | None = None) -> Invitation:
    """A new link, for seven days more; the old one dies."""
    moment = now or timezone.now()
    with transaction.atomic():
        locked = _unanswered(invitation, by=by)
        locked.invited_by = by
        _check(locked)
        token = _new_link(locked, moment)
        locked.save(update_fields=["digest", "sent_at", "expires_at", "invited_by"])
        journal.note(locked, "resend", by=by)
        _send(locked, token)
    return locked


def revoke(invitation: Invitation, *, by: User, now: datetime | None = None) -> Invitation:
    """The link opens nothing any more."""
    with transaction.atomic():
        locked = _unanswered(invitation, by=by)
        locked.revoked_at = now or timezone.now()
        locked.save(update_fields=["revoked_at"])
        journal.note(locked, "revoke", by=by)
    return locked


def find(token: str, *, visitor: User | None, now: datetime | None = None) -> Invitation:
    """The invitation of a link that this visitor may follow."""
    found = _with_token(token, now).select_related("member", "organisation", "invited_by").first()
    if found is None or not _is_for(found, visitor):
        raise DeadLinkError
    return found


def account_of(invitation: Invitation) -> User | None:
    """The account that has this address already: its owner logs in, and gains what the invitation gives."""
    return User.objects.filter(email__iexact=invitation.email).first()


def accept(token: str, *, visitor: User | None, newcomer: Newcomer | None = None, now: datetime | None = None) -> User:
    """The account, with what it was invited for: all of it or nothing, and only once, however many ask together.

    Whoever has an account comes logged in as `visitor`; whoever has none says
    with what name and password it is made.
    """
    moment = now or timezone.now()
    with transaction.atomic():
        # Of two who ask together the second waits here, then finds nothing.
        locked = _with_token(token, moment).select_for_update(of=("self",)).first()
        if locked is None or not _is_for(locked, visitor):
            raise DeadLinkError
        if visitor:
            user = visitor
        elif newcomer:
            user = newcomers.make_account(locked, newcomer=newcomer)
        else:
            raise ValidationError("Choisissez un mot de passe.", code="password")
        newcomers.give_role(user, locked, now=moment)
        locked.accepted_at = moment
        locked.accepted_by = user
        locked.save(update_fields=["accepted_at", "accepted_by"])
    return user


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _new_link(invitation: Invitation, now: datetime) -> str:
    """The secret of the link: 256 bits."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.digest = digest_of(token)
    invitation.sent_at = now
    invitation.expires_at = now + VALID_FOR
    return token


def _send(invitation: Invitation, token: str) -> None:
    address = f"{settings.WAGTAILADMIN_BASE_URL}{reverse('invitation', args=[token])}"
    outbox.put(
        kind="invitation",
        to=invitation.email,
        template="invitation",
        context={"invitation": invitation, "address": address},
        key=f"invitation {invitation.digest}",
    )


def _with_token(token: str, now: datetime | None) -> InvitationQuerySet:
    return Invitation.objects.open(now).filter(digest=digest_of(token))


def _is_for(invitation: Invitation, visitor: User | None) -> bool:
    """A stranger may be the one; whoever is logged in is, when the address is theirs.

    Who no longer looks after people leaves no door open behind them.
    """
    by = invitation.invited_by
    if invitation.invited_as != InvitedAs.MEMBER and not (by and permissions.can_manage_people(by)):
        return False
    holder = account_of(invitation)
    if holder and (not holder.is_active or holder.pk == invitation.invited_by_id):
        return False
    return visitor is None or visitor == holder


def _unanswered(invitation: Invitation, *, by: User) -> Invitation:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not permissions.can_invite(by, invited_as=locked.invited_as, member=locked.member):
        raise PermissionDenied
    if locked.accepted_at:
        raise ValidationError("Cette invitation a été acceptée.", code="accepted")
    if locked.revoked_at:
        raise ValidationError("Cette invitation a été retirée : envoyez-en une autre.", code="revoked")
    return locked


def _same_thing(invitation: Invitation) -> InvitationQuerySet:
    same = Invitation.objects.filter(invited_as=invitation.invited_as)
    if invitation.invited_as == InvitedAs.MEMBER:
        return same.filter(member=invitation.member)
    return same.filter(email__iexact=invitation.email, organisation=invitation.organisation)


def _check(invitation: Invitation) -> None:
    """What can no longer be accepted is not sent."""
    by, member, organisation = invitation.invited_by, invitation.member, invitation.organisation
    if by and by.email.lower() == invitation.email.lower():
        raise ValidationError({"email": "Personne ne s’invite soi-même."}, code="oneself")
    if member and member.erased_at:
        raise ValidationError("Ce membre a été effacé.", code="erased")
    if member and member.user_id:
        raise ValidationError("Ce membre a déjà un compte.", code="has_one")
    if organisation and organisation.closed_on:
        raise ValidationError("Cet organisme est fermé.", code="closed")
