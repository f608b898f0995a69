"""Who accompanies a member: one referent, a stand-in for a time, help in an emergency.

Reading and writing both ask for a live row, so that the one who hands a member
over loses both in the same instant.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts import journal
from accounts.models import Counsellor, Member, Referent, Relay, User
from accounts.models.counsellors import LONGEST_HELP
from notices import outbox

LONGEST_STAND_IN = timedelta(days=183)


ORDER = {Referent.Role.REFERENT: 0, Referent.Role.STAND_IN: 1, Referent.Role.EXCEPTIONAL: 2}


def who_follows(member: Member, now: datetime | None = None) -> list[Referent]:
    """Those who accompany the member now: the referent first, then who stands in or helps."""
    live = Referent.objects.live(now).filter(member=member).select_related("counsellor__user")
    return following(live, now or timezone.now())


def following(rows: Iterable[Referent], now: datetime) -> list[Referent]:
    """Of rows read with their counsellor’s account, those that hold now, in the same order."""
    today = timezone.localdate(now)
    found = [row for row in rows if _holds(row, now) and row.counsellor.is_active(today)]
    return sorted(found, key=lambda row: (ORDER[Referent.Role(row.role)], row.starts_at, row.pk))


def _holds(row: Referent, now: datetime) -> bool:
    return row.starts_at <= now and (row.ends_at is None or row.ends_at > now)


def assign(member: Member, *, counsellor: Counsellor, by: User, now: datetime | None = None) -> Referent:
    """Give a referent to a member who has none."""
    moment = now or timezone.now()
    with transaction.atomic():
        lock(member)
        if _referent_of(member):
            raise ValidationError("Ce membre a déjà un conseiller référent : passez-lui le relais.", code="has_one")
        row = _follow(member, counsellor, Referent.Role.REFERENT, by=by, now=moment)
        journal.note(member, "assign", by=by)
    return row


def hand_over(member: Member, *, to: Counsellor, reason: str, by: User, now: datetime | None = None) -> Referent:
    """Another counsellor becomes the referent; the former one, and who stood in for them, leave at that instant."""
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi le membre change de conseiller."}, code="no_reason")
    with transaction.atomic():
        lock(member)
        # Of two who hand over at once, the second begins after the first.
        moment = now or timezone.now()
        former = _referent_of(member)
        if former and former.counsellor_id == to.pk:
            raise ValidationError("Ce conseiller est déjà le référent de ce membre.", code="same")
        left = Referent.objects.filter(Q(ends_at=None) | Q(ends_at__gt=moment), member=member)
        left.exclude(role=Referent.Role.EXCEPTIONAL).update(ends_at=Greatest("starts_at", moment))
        # A relay that waits for somebody's answer has none any more.
        waiting = Relay.objects.filter(member=member, answered_at=None)
        waiting.update(outcome=Relay.Outcome.WITHDRAWN, answered_at=moment)
        row = _follow(member, to, Referent.Role.REFERENT, by=by, now=moment, reason=reason)
        journal.note(member, "hand_over", by=by)
    return row


def stand_in(
    member: Member, *, counsellor: Counsellor, until: datetime, by: User, now: datetime | None = None, reason: str = ""
) -> Referent:
    """A counsellor does all that the referent does, until an instant; the referent stays."""
    moment = now or timezone.now()
    if not moment < until <= moment + LONGEST_STAND_IN:
        raise ValidationError({"until": "Un remplacement finit plus tard, et dans les six mois."}, code="until")
    with transaction.atomic():
        lock(member)
        _refuse_who_follows_already(member, counsellor, moment)
        row = _follow(member, counsellor, Referent.Role.STAND_IN, by=by, now=moment, reason=reason, until=until)
        journal.note(member, "stand_in", by=by)
    return row


def help_in_emergency(
    member: Member,
    *,
    counsellor: Counsellor,
    reason: str,
    by: User,
    now: datetime | None = None,
    lasting: timedelta = LONGEST_HELP,
) -> Referent:
    """A counsellor may act for a member, for 24 hours at most; the member is told who and why."""
    moment = now or timezone.now()
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi l’aide est urgente : le membre le lira."}, code="no_reason")
    if not timedelta() < lasting <= LONGEST_HELP:
        raise ValidationError("Une aide d’urgence dure 24 heures au plus.", code="too_long")
    with transaction.atomic():
        lock(member)
        _refuse_who_follows_already(member, counsellor, moment)
        role = Referent.Role.EXCEPTIONAL
        row = _follow(member, counsellor, role, by=by, now=moment, reason=reason, until=moment + lasting)
        journal.note(member, "emergency", by=by)
        _tell(member, row)
    return row


def _tell(member: Member, help_given: Referent) -> None:
    """By e-mail where there is one; the member's own space shows it in any case."""
    if member.mailbox:
        outbox.put(
            kind="emergency_help",
            to=member.mailbox,
            template="emergency_help",
            context={"help": help_given},
            person=member.user,
            key=f"emergency {help_given.pk}",
        )


def _follow(
    member: Member,
    counsellor: Counsellor,
    role: Referent.Role,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    until: datetime | None = None,
) -> Referent:
    today = timezone.localdate(now)
    if not Counsellor.objects.active(today).filter(pk=counsellor.pk).exists():
        raise ValidationError("Ce conseiller n’est plus en fonction.", code="retired")
    row = Referent(
        member=member,
        counsellor=counsellor,
        role=role,
        starts_at=now,
        ends_at=until,
        reason=reason.strip(),
        recorded_by=by,
    )
    row.full_clean()
    row.save()
    return row


def _referent_of(member: Member) -> Referent | None:
    return Referent.objects.filter(member=member, role=Referent.Role.REFERENT, ends_at=None).first()


def _refuse_who_follows_already(member: Member, counsellor: Counsellor, now: datetime) -> None:
    if Referent.objects.live(now).filter(member=member, counsellor=counsellor).exists():
        raise ValidationError("Ce conseiller suit déjà ce membre.", code="already")


def lock(member: Member) -> None:
    """Two who write at once write one after the other."""
    if Member.objects.select_for_update().get(pk=member.pk).erased_at:
        raise ValidationError("Ce membre a été effacé.", code="erased")
