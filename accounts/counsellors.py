"""Counsellors: each has a number, on their cheques, which nobody else ever has."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts import journal
from accounts.models import Counsellor, Referent, User


def appoint(user: User, *, by: User | None, on: date | None = None) -> Counsellor:
    """Make somebody a counsellor under the next number; the same one again for who was one before."""
    if by == user:
        raise ValidationError("Personne ne se nomme soi-même conseiller.", code="oneself")
    today = on or timezone.localdate()
    with transaction.atomic():
        counsellor = Counsellor.objects.select_for_update().filter(user=user).first()
        if counsellor is None:
            counsellor = _numbered(user, starts_on=today)
        elif counsellor.ends_on is None or counsellor.ends_on >= today:
            raise ValidationError("Cette personne est déjà conseillère ou conseiller.", code="already")
        else:
            counsellor.ends_on = None
            counsellor.save(update_fields=["ends_on"])
        journal.note(counsellor, "appoint", by=by)
    return counsellor


def retire(counsellor: Counsellor, *, by: User, now: datetime | None = None) -> Counsellor:
    """From this instant they follow nobody. Refused while a member would be left without a referent."""
    moment = now or timezone.now()
    with transaction.atomic():
        locked = Counsellor.objects.select_for_update().get(pk=counsellor.pk)
        left = Referent.objects.filter(
            counsellor=locked, role=Referent.Role.REFERENT, ends_at=None, member__erased_at=None
        ).count()
        if left:
            told = f"Confiez d’abord à quelqu’un d’autre les membres que cette personne suit\u00a0: {left}."
            raise ValidationError(told, code="follows")
        Referent.objects.live(moment).filter(counsellor=locked).update(ends_at=moment)
        yesterday = timezone.localdate(moment) - timedelta(days=1)
        locked.starts_on = min(locked.starts_on, yesterday)
        locked.ends_on = yesterday
        locked.save(update_fields=["starts_on", "ends_on"])
        journal.note(locked, "retire", by=by)
    return locked


def _numbered(user: User, *, starts_on: date) -> Counsellor:
    """The number after the highest one. Of two at once the second waits for the first, then takes the next."""
    while True:
        highest = Counsellor.objects.aggregate(highest=Max("number", default=0))["highest"]
        try:
            with transaction.atomic():
                return Counsellor.objects.create(user=user, number=highest + 1, starts_on=starts_on)
        except IntegrityError:
            if Counsellor.objects.filter(user=user).exists():
                raise ValidationError("Cette personne est déjà conseillère ou conseiller.", code="already") from None
