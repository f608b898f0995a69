"""Sheets of stamps: each is given to one member, and may go to another before its first cheque; all of it is recorded.

Where a passport was already opened with a sheet that nobody wrote a cheque on,
that passport ends with the reason and the sheet stays its own: the order gets
another sheet in its place, so that a passport never changes hands.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import Member, User
from passport import decisions, opening, orders
from passport.models import IN_USE, Cheque, Decision, Gift, Order, Passport, Sheet
from passport.rules import refused

LONGEST_REASON = 200

AskSenders = Callable[[Member], Iterable[int]]
_senders: list[AskSenders] = []


def sent_by(ask: AskSenders) -> AskSenders:
    """Registers what knows the bodies that sent a member, by their primary keys."""
    _senders.append(ask)
    return ask


def free() -> QuerySet[Sheet]:
    """Of confirmed orders, held by nobody, no passport opened with them."""
    held = Gift.objects.filter(sheet=OuterRef("pk"), taken_back_at=None)
    opened = Passport.objects.filter(sheet=OuterRef("pk"))
    return Sheet.objects.filter(~Exists(held), ~Exists(opened), order__state=Order.State.CONFIRMED)


def free_for(member: Member) -> QuerySet[Sheet]:
    """Those of the prescribers that sent this member; any, where none of theirs is free."""
    senders = {organisation for ask in _senders for organisation in ask(member)}
    theirs = free().filter(order__organisation__in=senders)
    return theirs if senders and theirs.exists() else free()


def give(sheet: Sheet, member: Member, *, by: User, now: datetime | None = None) -> Gift:
    """To a member who has none that waits. Their passport opens if all else is ready."""
    moment = now or timezone.now()
    with transaction.atomic():
        order = orders.locked(sheet.order)
        # In the order of who opens a passport: its member, then the sheet that it is opened with.
        holder = Member.objects.select_for_update().get(pk=member.pk)
        found = Sheet.objects.select_for_update().get(pk=sheet.pk)
        _check(found, order, holder)
        gift = Gift.objects.create(sheet=found, member=holder, given_by=by, given_at=moment)
        opening.open_if_ready(holder, moment)
    return gift


def take_back(gift: Gift, *, reason: str, by: User, now: datetime | None = None) -> Sheet:
    """Before its first cheque, with a reason. What may be given to another: the sheet, or the one in its place."""
    said = reason.strip()
    if not said:
        raise refused("reason", "Dites pourquoi cette planche est reprise.", code="no_reason")
    if len(said) > LONGEST_REASON:
        raise refused("reason", f"Dites-le en {LONGEST_REASON} caractères au plus.", code="too_long")
    moment = now or timezone.now()
    with transaction.atomic():
        orders.locked(gift.sheet.order)
        # Whoever opens a passport holds this row: none opens with a sheet while it is taken back.
        Member.objects.select_for_update().get(pk=gift.member_id)
        found = Gift.objects.select_for_update().filter(pk=gift.pk, taken_back_at=None).first()
        if found is None:
            raise ValidationError("Cette planche est déjà reprise.", code="taken_back")
        passport = Passport.objects.select_for_update().filter(sheet=found.sheet_id).first()
        if passport is not None:
            _end(passport, said, by=by, now=moment)
        found.taken_back_at, found.reason = moment, said
        found.save(update_fields=["taken_back_at", "reason"])
        return _another(found.sheet) if passport else found.sheet


def _check(sheet: Sheet, order: Order, member: Member) -> None:
    if order.state != Order.State.CONFIRMED:
        raise ValidationError(f"Cette commande est {order.get_state_display()}.", code="order")
    if Gift.objects.filter(sheet=sheet, taken_back_at=None).exists():
        raise ValidationError("Cette planche est déjà donnée à un membre.", code="held")
    if Passport.objects.filter(sheet=sheet).exists():
        raise ValidationError("Un passeport est déjà ouvert avec cette planche.", code="opened")
    if member.erased_at:
        raise refused("member", "Choisissez un membre.", code="erased")
    if opening.gift_of(member):
        told = "Ce membre a déjà une planche, qui attend l’ouverture de son passeport."
        raise refused("member", told, code="has_one")


def _end(passport: Passport, reason: str, *, by: User, now: datetime) -> None:
    """Under the lock that a counsellor who writes a cheque takes too."""
    if Cheque.objects.filter(passport=passport).exists():
        told = "Un chèque est déjà écrit dans ce passeport\N{NO-BREAK SPACE}: sa planche ne se reprend plus."
        raise ValidationError(told, code="has_cheque")
    if passport.state in IN_USE:
        decisions.ask(passport, Decision.Act.END, reason=reason, by=by, now=now)


def _another(sheet: Sheet) -> Sheet:
    last = Sheet.objects.filter(order=sheet.order_id).aggregate(last=Max("number"))["last"]
    return Sheet.objects.create(order_id=sheet.order_id, number=last + 1)
