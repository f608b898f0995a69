"""The record of a person whom the association knows."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import journal, referents
from accounts.models import Counsellor, Member, User

# What may be said of a member; their account, their erasure and their reference have rules of their own.
FIELDS = frozenset({"first_name", "last_name", "email", "telephone", "born_on", "departement", "last_contact_on"})
OLDEST_YEAR = 1900


def record(*, by: User | None, now: datetime | None = None, **fields: Any) -> Member:
    """A new record; a counsellor who makes it becomes the referent. By nobody: the person themselves asked for it."""
    moment = now or timezone.now()
    today = timezone.localdate(moment)
    member = Member(**{"last_contact_on": today} | _known(fields))
    _check(member, fields, today=today)
    with transaction.atomic():
        member.save()
        journal.note(member, "record", by=by)
        counsellor = Counsellor.objects.active(today).filter(user=by).first() if by else None
        if by and counsellor:
            referents.assign(member, counsellor=counsellor, by=by, now=moment)
    return member


def correct(member: Member, *, by: User, now: datetime | None = None, **fields: Any) -> Member:
    """Write what is true instead of what was written; what is not named stays."""
    with transaction.atomic():
        locked = Member.objects.select_for_update().get(pk=member.pk)
        if locked.erased_at:
            raise ValidationError("Ce membre a été effacé : sa fiche ne se modifie plus.", code="erased")
        for name, value in _known(fields).items():
            setattr(locked, name, value)
        _check(locked, fields, today=timezone.localdate(now or timezone.now()))
        locked.save()
        journal.note(locked, "correct", by=by)
    return locked


def touch_contact(member: Member, *, on: date | None = None) -> None:
    """Something happened between the member and the association; an older contact never replaces a later one."""
    day = on or timezone.localdate()
    Member.objects.not_erased().filter(pk=member.pk, last_contact_on__lt=day).update(last_contact_on=day)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    """Nothing else than what a record says: an account is not given by typing its number."""
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"A member's record does not take {', '.join(sorted(unknown))}.")
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}


def _check(member: Member, said: dict[str, Any], *, today: date) -> None:
    member.full_clean()
    if member.born_on and not OLDEST_YEAR <= member.born_on.year <= today.year - 1:
        raise ValidationError({"born_on": "Cette date de naissance n’est pas possible."}, code="born_on")
    if "last_contact_on" in said and member.last_contact_on > today:
        raise ValidationError({"last_contact_on": "Un contact ne peut pas être à venir."}, code="future")
