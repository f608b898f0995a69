"""Handing a member over, accepted by both: the referent asks, the other counsellor accepts, and it is done.

Until then nothing changes. Where a counsellor has left, who looks after people
decides alone, with a reason (`referents.hand_over`).
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import journal, permissions, referents
from accounts.models import Counsellor, Member, Referent, Relay, User
from notices import outbox

Outcome = Relay.Outcome


def waiting_of(member: Member) -> Relay | None:
    return Relay.objects.filter(member=member, answered_at=None).select_related("to__user").first()


def last_of(member: Member) -> Relay | None:
    """The one that waits, or the last that was answered."""
    return Relay.objects.filter(member=member).select_related("to__user").order_by("-asked_at", "-pk").first()


def to_answer(user: User) -> QuerySet[Relay]:
    """Those that wait for this counsellor."""
    asked = Relay.objects.filter(answered_at=None, to__in=Counsellor.objects.active().filter(user=user))
    return asked.filter(member__erased_at=None).select_related("member", "former__user")


def ask(member: Member, *, to: Counsellor, reason: str, by: User, now: datetime | None = None) -> Relay:
    """By the referent. The other counsellor is written to, without a name; the member stays theirs until the answer."""
    moment = now or timezone.now()
    if not reason.strip():
        raise ValidationError({"reason": "Dites pourquoi le membre change de conseiller."}, code="no_reason")
    with transaction.atomic():
        referents.lock(member)
        former = _referent(member, moment)
        if former is None or not permissions.can_hand_over(by, member=member, now=moment):
            raise ValidationError("Seul le conseiller référent confie un membre à quelqu’un d’autre.", code="not_yours")
        if former.counsellor_id == to.pk:
            raise ValidationError("Ce conseiller est déjà le référent de ce membre.", code="same")
        if not Counsellor.objects.active(timezone.localdate(moment)).filter(pk=to.pk).exists():
            raise ValidationError("Ce conseiller n’est plus en fonction.", code="retired")
        relay = Relay(
            member=member, former=former.counsellor, to=to, reason=reason.strip(), asked_by=by, asked_at=moment
        )
        relay.full_clean()
        relay.save()
        journal.note(member, "ask_relay", by=by)
        _tell(relay, "relay_asked", to.user)
    return relay


def accept(relay: Relay, *, by: User, now: datetime | None = None) -> Referent:
    """By the counsellor who was asked: they are the referent from now on; the former one reads nothing more."""
    moment = now or timezone.now()
    with transaction.atomic():
        found = _open(relay, by)
        former = _referent(found.member, moment)
        if former is None or former.counsellor_id != found.former_id:
            raise ValidationError("Ce membre a changé de référent depuis cette demande.", code="changed")
        _close(found, Outcome.ACCEPTED, moment)
        row = referents.hand_over(found.member, to=found.to, reason=found.reason, by=by, now=moment)
        _tell(found, "relay_accepted", found.former.user)
    return row


def refuse(relay: Relay, *, answer: str, by: User, now: datetime | None = None) -> Relay:
    """By the counsellor who was asked, who says why."""
    if not answer.strip():
        raise ValidationError({"answer": "Dites pourquoi\N{NO-BREAK SPACE}: votre collègue le lira."}, code="no_answer")
    with transaction.atomic():
        found = _open(relay, by)
        found.answer = answer.strip()
        _close(found, Outcome.REFUSED, now or timezone.now())
        _tell(found, "relay_refused", found.former.user)
    return found


def withdraw(relay: Relay, *, now: datetime | None = None) -> Relay:
    """By the referent, before the answer."""
    with transaction.atomic():
        referents.lock(relay.member)
        found = _still_waiting(relay)
        _close(found, Outcome.WITHDRAWN, now or timezone.now())
    return found


def forget(rows: QuerySet[Relay], now: datetime) -> int:
    """Of an erased person."""
    rows.filter(answered_at=None).update(outcome=Outcome.WITHDRAWN, answered_at=now)
    return rows.update(reason="", answer="")


def _open(relay: Relay, by: User) -> Relay:
    referents.lock(relay.member)
    found = _still_waiting(relay)
    if found.to.user_id != by.pk:
        raise ValidationError("Cette demande n’est pas pour vous.", code="not_yours")
    return found


def _still_waiting(relay: Relay) -> Relay:
    rows = Relay.objects.select_related("member", "to__user", "former__user")
    found = rows.filter(pk=relay.pk, answered_at=None).first()
    if found is None:
        raise ValidationError("Cette demande a déjà sa réponse.", code="answered")
    return found


def _close(relay: Relay, outcome: Outcome, now: datetime) -> None:
    relay.outcome, relay.answered_at = outcome, now
    relay.save(update_fields=["outcome", "answer", "answered_at"])


def _referent(member: Member, now: datetime) -> Referent | None:
    rows = Referent.objects.live(now).filter(member=member, role=Referent.Role.REFERENT)
    return rows.select_related("counsellor").first()


def _tell(relay: Relay, template: str, user: User) -> None:
    outbox.put(
        kind=template,
        to=user.email,
        template=template,
        context={"relay": relay},
        person=user,
        key=f"{template} {relay.reference}",
    )
