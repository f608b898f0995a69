"""Belonging to the association: it starts, is renewed, ends; what it opens closes the same day."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import journal
from accounts.models import Member, Membership, User

DAY = timedelta(days=1)


def current_membership(member: Member, on: date | None = None) -> Membership | None:
    """The one that runs on this day."""
    return Membership.objects.running(on).filter(member=member).newest_first().first()


def last_membership(member: Member) -> Membership | None:
    return Membership.objects.filter(member=member).order_by("-ends_on", "-pk").first()


def start(member: Member, *, by: User, starts_on: date | None = None, ends_on: date | None = None) -> Membership:
    """From a day (today) to another (a year later), both included; no two run on the same day."""
    with transaction.atomic():
        _lock(member)
        return _start(member, by=by, starts_on=starts_on or timezone.localdate(), ends_on=ends_on)


def renew(member: Member, *, by: User, ends_on: date | None = None, on: date | None = None) -> Membership:
    """A year more: from the day after the end of the last one or, where that is past, from today."""
    today = on or timezone.localdate()
    with transaction.atomic():
        _lock(member)
        last = last_membership(member)
        if last is None:
            raise ValidationError("Ce membre n’a pas encore adhéré : il n’y a rien à renouveler.", code="never")
        return _start(member, by=by, starts_on=max(last.ends_on + DAY, today), ends_on=ends_on)


def end(member: Member, *, by: User, on: date | None = None) -> Membership | None:
    """From this day on (today) the member is no longer one; the membership that is cut short, if one was running.

    Days that passed stay: the one that runs ends the day before. One that had
    not run a whole day, or was to come, leaves nothing.
    """
    day = on or timezone.localdate()
    with transaction.atomic():
        _lock(member)
        affected = Membership.objects.filter(member=member, ends_on__gte=day)
        if not affected.exists():
            raise ValidationError("Ce membre n’a pas d’adhésion en cours.", code="none")
        affected.filter(starts_on__gte=day).delete()
        cut = affected.newest_first().first()
        if cut is not None:
            cut.ends_on = day - DAY
            cut.save(update_fields=["ends_on"])
        journal.note(member, "end_membership", by=by)
    return cut


def year_from(day: date) -> date:
    """The last day of the year that starts on this one: 31 December for 1 January."""
    try:
        return day.replace(year=day.year + 1) - DAY
    except ValueError:  # 29 February
        return date(day.year + 1, 2, 28)


def _start(member: Member, *, by: User, starts_on: date, ends_on: date | None) -> Membership:
    membership = Membership(member=member, starts_on=starts_on, ends_on=ends_on or year_from(starts_on), recorded_by=by)
    membership.full_clean()
    if running := _overlapping(membership):
        told = f"Une adhésion court déjà du {running.starts_on:%d/%m/%Y} au {running.ends_on:%d/%m/%Y} : renouvelez-la."
        raise ValidationError(told, code="overlap")
    membership.save()
    journal.note(member, "membership", by=by)
    return membership


def _overlapping(membership: Membership) -> Membership | None:
    others = Membership.objects.filter(
        member=membership.member, starts_on__lte=membership.ends_on, ends_on__gte=membership.starts_on
    )
    return others.newest_first().first()


def _lock(member: Member) -> None:
    """Two who write at once write one after the other; an erased member belongs to nothing any more."""
    if Member.objects.select_for_update().get(pk=member.pk).erased_at:
        raise ValidationError("Ce membre a été effacé.", code="erased")
