"""Who looked at a member's page: kept once an hour, shown to the member, who may object."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from candidates import mails, seeing
from candidates.models import Look, Profile
from candidates.models.consents import hour_of


def record(profile: Profile, *, what: Look.What, by: User, now: datetime | None = None) -> None:
    """Somebody has just seen this of the member; what members see of themselves is not kept."""
    if profile.member.user_id == by.pk:
        return
    moment = now or timezone.now()
    company = seeing.company_allowed(by, profile=profile)
    look = Look(
        member=profile.member,
        what=what,
        user=by,
        organisation=company,
        looked_at=moment,
        hour=hour_of(moment),
    )
    # One of the same hour is there already, or has just been written by another process.
    Look.objects.bulk_create([look], ignore_conflicts=True)


def object_to(look: Look, *, text: str, by: User, now: datetime | None = None) -> Look:
    """The member finds that this look should not have been: their counsellors and the association are told, once."""
    if look.member.user_id != by.pk:
        raise PermissionDenied
    if not text.strip():
        raise ValidationError({"text": "Dites ce qui ne va pas."})
    with transaction.atomic():
        kept = Look.objects.select_for_update().select_related("member").get(pk=look.pk)
        if kept.objected_at is None:
            kept.objected_at, kept.objection = now or timezone.now(), text.strip()
            kept.save()
            mails.tell_of_an_objection(kept)
    return kept
