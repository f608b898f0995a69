"""Prescribers and companies, and the people who act for them."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import journal
from accounts.models import Affiliation, Invitation, Organisation, User

DAY = timedelta(days=1)


def affiliate(user: User, *, organisation: Organisation, by: User | None, on: date | None = None) -> Affiliation:
    """Somebody acts for the organisation from this day on; where they already do, nothing changes."""
    if by == user:
        raise ValidationError("Personne ne se rattache soi-même à un organisme.", code="oneself")
    day = on or timezone.localdate()
    with transaction.atomic():
        _open(organisation)
        running = Affiliation.objects.filter(user=user, organisation=organisation, ends_on=None).first()
        if running:
            return running
        row = Affiliation(user=user, organisation=organisation, starts_on=day)
        row.full_clean()
        row.save()
        journal.note(organisation, "affiliate", by=by)
    return row


def leave(affiliation: Affiliation, *, by: User, on: date | None = None) -> None:
    """From this day on they act for it no more; who came the same day leaves no row."""
    day = on or timezone.localdate()
    row = Affiliation.objects.filter(pk=affiliation.pk)
    with transaction.atomic():
        row.filter(starts_on__gte=day).delete()
        row.filter(Q(ends_on=None) | Q(ends_on__gte=day)).update(ends_on=day - DAY)
        journal.note(affiliation.organisation, "leave", by=by)


def close(organisation: Organisation, *, by: User, now: datetime | None = None) -> Organisation:
    """Its people see nothing any more from this moment, and its invitations die with it."""
    moment = now or timezone.now()
    with transaction.atomic():
        locked = _open(organisation)
        locked.closed_on = timezone.localdate(moment)
        locked.save(update_fields=["closed_on"])
        Invitation.objects.open(moment).filter(organisation=locked).update(revoked_at=moment)
        journal.note(locked, "close", by=by)
    return locked


def _open(organisation: Organisation) -> Organisation:
    """Locked, so that it is not closed in the meantime."""
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if locked.closed_on:
        raise ValidationError("Cet organisme est fermé.", code="closed")
    return locked
