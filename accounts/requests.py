"""A company asks for an account and waits; staff answers."""

from datetime import datetime

from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import invitations, journal, permissions
from accounts.models import AccountRequest, Invitation, InvitedAs, Organisation, User
from association.models import Identity
from notices import outbox

# An hour, from one network address: a shared office may have several companies.
HOURLY_LIMIT = 5


def receive(request: AccountRequest) -> AccountRequest:
    """Keep the demand and tell the association, without saying there who asks.

    The same is answered and done whether the address is known here or not.
    """
    request.full_clean()
    with transaction.atomic():
        request.save()
        identity = Identity.objects.first()
        if identity and identity.email:
            outbox.put(
                kind="account_request",
                to=identity.email,
                template="account_request",
                key=f"account request {request.reference}",
            )
    return request


def accept(
    request: AccountRequest, *, by: User, organisation: Organisation | None = None, now: datetime | None = None
) -> Invitation:
    """Invite the person for the organisation: one that is known, else the company that they describe."""
    moment = now or timezone.now()
    with transaction.atomic():
        locked = _waiting(request, by=by)
        chosen = organisation or _company(locked)
        if not chosen.is_company:
            chosen.is_company = True
            chosen.save(update_fields=["is_company"])
        invitation = invitations.invite(
            locked.email, invited_as=InvitedAs.ORGANISATION, organisation=chosen, by=by, now=moment
        )
        locked.organisation = chosen
        _answer(locked, AccountRequest.Answer.ACCEPTED, by=by, now=moment)
        journal.note(locked, "accept_request", by=by)
    return invitation


def refuse(request: AccountRequest, *, by: User, now: datetime | None = None) -> AccountRequest:
    """Say no, politely, to the address that asked."""
    with transaction.atomic():
        locked = _waiting(request, by=by)
        _answer(locked, AccountRequest.Answer.REFUSED, by=by, now=now or timezone.now())
        outbox.put(
            kind="account_request",
            to=locked.email,
            template="account_request_refused",
            context={"request": locked},
            key=f"account request refused {locked.reference}",
        )
        journal.note(locked, "refuse_request", by=by)
    return locked


def too_many(request: HttpRequest) -> bool:
    """Count one more demand from this network address; true when it is over the hour's limit."""
    key = f"account-request:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=3600)
    return cache.incr(key) > HOURLY_LIMIT


def _waiting(request: AccountRequest, *, by: User) -> AccountRequest:
    if not permissions.can_manage_people(by):
        raise PermissionDenied
    locked = AccountRequest.objects.select_for_update().get(pk=request.pk)
    if locked.answered_at:
        raise ValidationError("Cette demande a déjà eu sa réponse.", code="answered")
    return locked


def _company(request: AccountRequest) -> Organisation:
    """A new one. Anybody can write the number of another's company: staff alone says that they belong to it."""
    known = Organisation.objects.filter(siret=request.siret).exclude(siret="").first()
    if known:
        told = f"Ce SIRET est celui de «\u00a0{known}\u00a0»\u00a0: vérifiez que cette personne en fait partie, puis "
        raise ValidationError(f"{told}choisissez cet organisme.", code="known")
    company = Organisation(
        name=request.organisation_name, siret=request.siret, telephone=request.telephone, is_company=True
    )
    company.full_clean()
    company.save()
    return company


def _answer(request: AccountRequest, answer: str, *, by: User, now: datetime) -> None:
    request.answer = answer
    request.answered_at = now
    request.answered_by = by
    request.save(update_fields=["answer", "answered_at", "answered_by", "organisation"])
