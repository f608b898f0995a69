"""The demonstration's orders and passports, written by the rules of the ledger at the time of each visit.

What is signed never moves: when the demonstration is made young again, its
passports are made anew. Nobody is sent a mail of it.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from accompaniment.models import LearningAgreement, PackageVersion
from accounts.models import Counsellor, Member, Organisation, Referent, User
from home.demo import content
from home.demo.content import Item
from home.demo.dates import at
from home.demo.path import referent_of
from home.demo.people import member_of
from notices.models import Notice
from passport import decisions, ledger, triggers
from passport.ledger import Visit
from passport.models import (
    AuditFile,
    Cheque,
    Decision,
    Dispute,
    Entry,
    EntryText,
    Evaluation,
    Gift,
    InvoicedMonth,
    Look,
    Note,
    Order,
    PaperCheque,
    Passport,
    Pin,
    Reservation,
    Sheet,
    SigningLink,
    Statement,
)

NOON = time(12)
MEANS = "session:password"
A_QUARTER = timedelta(minutes=15)
# In this order: each of these holds on to some of the next ones.
MODELS = (
    *(SigningLink, Pin, PaperCheque, Note, Dispute, Evaluation, Decision, Look, Reservation, AuditFile),
    *(Statement, EntryText, Cheque, Entry, Passport, Gift, Sheet, InvoicedMonth, Order),
)


def load(today: date) -> int:
    """Everything, once; how many passports there are."""
    if Order.objects.exists():
        return 0
    said = content.read("passports")
    before = set(Notice.objects.values_list("pk", flat=True))
    orders = [_order(item, number, today) for number, item in enumerate(said["order"], 1)]
    sheets = {order.pk: iter(list(order.sheets.order_by("number"))) for order in orders}
    for item in said["passport"]:
        _passport(item, next(sheets[orders[item["order"]].pk]), today)
    for item in said["given"]:
        _give(
            next(sheets[orders[item["order"]].pk]), member_of(item["member"]), at(today - timedelta(item["days"]), NOON)
        )
    now = timezone.now()
    ledger.expire_due(now)
    decisions.end_due(now)
    Notice.objects.exclude(pk__in=before).delete()
    return len(said["passport"])


def remove() -> None:
    with triggers.GUARD.lifted():
        for model in MODELS:
            model._base_manager.all().delete()
    for path in settings.STATEMENTS.glob("*.json"):
        path.unlink()


def _order(item: Item, number: int, today: date) -> Order:
    body, asked_on = Organisation.objects.get(name=item["organisation"]), today - timedelta(days=item["asked"])
    people = User.objects.filter(affiliations__organisation=body).order_by("pk")
    is_confirmed = item["state"] == Order.State.CONFIRMED
    order = Order.objects.create(
        number=f"CMD-{asked_on.year}-{number:04}",
        organisation=body,
        version=PackageVersion.objects.live().latest_first()[0],
        price=Decimal(item["price"]),
        asked_by=people.first(),
        asked_at=at(asked_on, NOON),
        decided_at=at(asked_on + timedelta(days=2), NOON) if is_confirmed else None,
        **{name: item[name] for name in ("quantity", "billing", "state", "siret", "service_code", "commitment_number")},
    )
    if is_confirmed:
        Sheet.objects.bulk_create(Sheet(order=order, number=rank) for rank in range(1, order.quantity + 1))
    return order


def _passport(item: Item, sheet: Sheet, today: date) -> None:
    member = member_of(item["member"])
    agreement = LearningAgreement.objects.get(member=member, state=LearningAgreement.State.SIGNED)
    counsellor, first = referent_of(member), _day(today, item["visits"][0])
    opened_at = at(first, time(8))
    Referent.objects.filter(member=member, starts_at__gt=opened_at).update(starts_at=opened_at - timedelta(days=9))
    signed_late = LearningAgreement.objects.filter(pk=agreement.pk, member_signed_at__gt=opened_at)
    signed_late.update(counsellor_signed_at=opened_at, member_signed_at=opened_at)
    _give(sheet, member, opened_at)
    passport = ledger.open_passport(agreement, sheet, starts_on=first, now=opened_at)
    cheques = [_signed(passport, visit, item["place"], today) for visit in item["visits"]]
    for *visit, reason in item.get("cancelled", ()):
        cheque = _signed(passport, visit, item["place"], today)
        ledger.cancel(cheque, reason=reason, counsellor=counsellor, now=cheque.ends_at + timedelta(days=1))
    if "waiting" in item:
        _waiting(passport, item, today)
    _what_was_said(passport, cheques, item, counsellor)
    _decided(passport, item, counsellor, today)


def _give(sheet: Sheet, member: Member, moment: datetime) -> None:
    Gift.objects.create(sheet=sheet, member=member, given_by=referent_of(member).user, given_at=moment)


def _day(today: date, visit: list[object]) -> date:
    weeks, weekday = int(str(visit[0])), int(str(visit[1]))
    return today - timedelta(days=today.weekday() + 7 * weeks + 1 - weekday)


def _signed(passport: Passport, visit: list[object], place: str, today: date) -> Cheque:
    day, (hour, kind, hours, what) = _day(today, visit), visit[2:]
    cheque = _proposed(passport, at(day, time.fromisoformat(str(hour))), str(kind), int(str(hours)), str(what), place)
    return ledger.sign(cheque, member=passport.member, means=MEANS, now=cheque.ends_at + 2 * A_QUARTER)


def _proposed(passport: Passport, starts_at: datetime, kind: str, hours: int, what: str, place: str) -> Cheque:
    said = Visit(kind=kind, starts_at=starts_at, hours=hours, what=what, place=place)
    ends_at = starts_at + timedelta(hours=hours)
    counsellor = referent_of(passport.member)
    return ledger.propose(passport, said, counsellor=counsellor, key=uuid4(), means=MEANS, now=ends_at + A_QUARTER)


def _waiting(passport: Passport, item: Item, today: date) -> None:
    """Of the last working day, signed by the counsellor alone."""
    hour, kind, hours, what = item["waiting"]
    day = today - timedelta(days=1)
    while day.isoweekday() > 5:
        day -= timedelta(days=1)
    _proposed(passport, at(day, time.fromisoformat(hour)), kind, hours, what, item["place"])


def _what_was_said(passport: Passport, cheques: list[Cheque], item: Item, counsellor: Counsellor) -> None:
    for rank, assessment, strategy, next_steps in item.get("notes", ()):
        note = Note.objects.create(
            passport=passport,
            cheque=cheques[rank],
            author=counsellor,
            assessment=assessment,
            strategy=strategy,
            next_steps=next_steps,
            written_at=cheques[rank].ends_at,
        )
        Note.objects.filter(pk=note.pk).update(changed_at=note.written_at)
    for rank, by, score, words, shared in item.get("opinions", ()):
        user = passport.member.user if by == Evaluation.By.MEMBER else counsellor.user
        facts = {"score": score, "words": words, "words_are_shared": shared, "made_at": cheques[rank].ends_at}
        Evaluation.objects.create(passport=passport, cheque=cheques[rank], by=by, user=user, **facts)
    if "disputed" in item:
        rank, words = item["disputed"]
        Dispute.objects.create(cheque=cheques[rank], words=words, opened_at=cheques[rank].ends_at + timedelta(days=2))


def _decided(passport: Passport, item: Item, counsellor: Counsellor, today: date) -> None:
    if "extend" in item:
        motive, days, reason = item["extend"]
        until = (passport.ends_on or today) + timedelta(days=days)
        asked_at = at(today - timedelta(days=2), NOON)
        decisions.ask(passport, "extend", reason=reason, by=counsellor.user, until=until, motive=motive, now=asked_at)
    if "suspend" in item:
        motive, days, reason = item["suspend"]
        moment = at(today - timedelta(days=days), NOON)
        asked = decisions.ask(passport, "suspend", reason=reason, by=counsellor.user, motive=motive, now=moment)
        payer = passport.sheet.order.asked_by or counsellor.user
        decisions.accept(asked, by=payer, now=moment + A_QUARTER)
