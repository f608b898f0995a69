"""Passports, and what is written in them by the rules: `make_passport()`, `make_proposal(passport)`, `make_visit()`."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accompaniment.models import LearningAgreement
from accounts.models import Counsellor, Member, Referent
from passport import ledger
from passport.ledger import Visit
from passport.models import Cheque, Gift, Order, Passport, Sheet
from tests.accompaniment.paths import make_agreement, make_finished, make_package, make_roadmap
from tests.people import make_organisation

_numbers = count(1)
FIRST = date(2026, 9, 1)
MEANS = "session+password"


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """On the clocks of Paris."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def make_sheet(**fields: Any) -> Sheet:
    number = next(_numbers)
    organisation = fields.pop("organisation", None) or make_organisation(is_prescriber=True)
    defaults = {"number": f"CMD-2020-{number:04}", "quantity": 1, "state": Order.State.CONFIRMED}
    order = Order.objects.create(organisation=organisation, version=make_package(), **defaults | fields)
    return Sheet.objects.create(order=order, number=1)


def make_signed_agreement(
    member: Member | None = None, counsellor: Counsellor | None = None, *, now: datetime | None = None
) -> LearningAgreement:
    """Both signed it; the counsellor is the member’s referent where none is given."""
    diagnostic = make_finished(member, **({"counsellor": counsellor} if counsellor else {}))
    agreement = make_agreement(make_roadmap(diagnostic=diagnostic), state=LearningAgreement.State.PROPOSED, now=now)
    moment = now or timezone.now()
    agreement.state, agreement.digest = LearningAgreement.State.SIGNED, "0" * 64
    agreement.counsellor_signed_at = agreement.member_signed_at = moment
    agreement.counsellor_means = agreement.member_means = MEANS
    agreement.save()
    return agreement


def make_passport(
    *,
    member: Member | None = None,
    counsellor: Counsellor | None = None,
    starts_on: date | None = FIRST,
    now: datetime | None = None,
    **fields: Any,
) -> Passport:
    """Open since the first of September; its counsellor is the member’s referent. `fields` are those of the order."""
    moment = now or at(FIRST, 8)
    agreement = make_signed_agreement(member, counsellor, now=moment)
    if member is None:
        Referent.objects.filter(member=agreement.member).update(starts_at=moment - timedelta(days=30))
    sheet = make_sheet(**fields)
    Gift.objects.create(sheet=sheet, member=agreement.member, given_at=moment)
    return ledger.open_passport(agreement, sheet, starts_on=starts_on, now=moment)


def counsellor_of(passport: Passport) -> Counsellor:
    return Referent.objects.get(member=passport.member, role=Referent.Role.REFERENT).counsellor


def visit(*, day: date = FIRST + timedelta(days=6), hour: int = 10, **fields: Any) -> Visit:
    defaults = {"kind": "rv", "hours": 1, "what": "Relire le CV"}
    return Visit(starts_at=at(day, hour), **defaults | fields)


def make_proposal(
    passport: Passport, *, counsellor: Counsellor | None = None, now: datetime | None = None, **fields: Any
) -> Cheque:
    """A visit that the counsellor, the referent unless said, signed just after it."""
    said, writer = visit(**fields), counsellor or counsellor_of(passport)
    moment = now or said.starts_at + timedelta(hours=said.hours)
    return ledger.propose(passport, said, counsellor=writer, key=uuid4(), means=MEANS, now=moment)


def make_signed(passport: Passport, **fields: Any) -> Cheque:
    """A visit that both signed."""
    cheque = make_proposal(passport, **fields)
    return ledger.sign(cheque, member=passport.member, means=MEANS, now=cheque.counsellor_signed_at)
