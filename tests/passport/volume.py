"""Thousands of passports, made at once with their right hashes: `fill_passports(10_000)`."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from accounts.models import Counsellor, Member, Membership, Organisation, Referent, User
from passport import chain, triggers, verifying
from passport.ledger import midnight
from passport.models import Cheque, Entry, EntryText, Gift, Order, Passport, Sheet
from tests.accompaniment.paths import make_package
from tests.passport.factories import MEANS
from tests.people import make_counsellor, make_organisation

COUNSELLORS, OF_ONE_ORDER, BATCH = 40, 500, 500
# One hour each; with the opening, thirty entries.
VISITS = {"rv": 6, "candidature": 12, "metiers": 5, "rencontre": 4, "entreprise": 2}
DAY = timedelta(days=1)
WHAT = "Relire sa lettre et préparer l’entretien de jeudi"


@dataclass
class Filled:
    passports: list[Passport]
    counsellors: list[Counsellor]
    prescribers: list[Organisation]


def fill_passports(many: int) -> Filled:
    """Open for forty days, twenty-nine visits each; five hundred of one order; members have accounts and referents."""
    now = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0)
    counsellors = [make_counsellor() for _ in range(COUNSELLORS)]
    members = _members(many, counsellors, now)
    sheets, prescribers = _sheets(many)
    first = timezone.localdate(now) - 40 * DAY
    version = sheets[0].order.version
    passports = Passport.objects.bulk_create(
        Passport(
            member=member,
            sheet=sheet,
            version=version,
            starts_on=first,
            ends_on=first + 92 * DAY,
            opened_at=now - 40 * DAY,
        )
        for member, sheet in zip(members, sheets, strict=True)
    )
    Gift.objects.bulk_create(
        (Gift(sheet=sheet, member=member) for member, sheet in zip(members, sheets, strict=True)), batch_size=BATCH
    )
    # What the triggers check one by one is right here by construction; `verify_passports` says so.
    with in_all_the_time_it_takes(), triggers.GUARD.lifted():
        for numbered in batched(enumerate(passports), BATCH, strict=False):
            _fill(numbered, counsellors, now - 40 * DAY)
    return Filled(passports, counsellors, prescribers)


def _members(many: int, counsellors: list[Counsellor], now: datetime) -> list[Member]:
    users = User.objects.bulk_create((User(email=f"membre{n}@example.org") for n in range(many)), batch_size=BATCH)
    members = Member.objects.bulk_create(
        (Member(first_name=f"Prénom {n % 97}", last_name=f"Nom {n}", user=user) for n, user in enumerate(users)),
        batch_size=BATCH,
    )
    Membership.objects.bulk_create(
        (
            Membership(member=member, starts_on=now.date() - 50 * DAY, ends_on=now.date() + 300 * DAY)
            for member in members
        ),
        batch_size=BATCH,
    )
    Referent.objects.bulk_create(
        (
            Referent(member=member, counsellor=counsellors[n % COUNSELLORS], starts_at=now - 50 * DAY)
            for n, member in enumerate(members)
        ),
        batch_size=BATCH,
    )
    return members


def _sheets(many: int) -> tuple[list[Sheet], list[Organisation]]:
    version, rows, prescribers = make_package(), [], []
    for number, start in enumerate(range(0, many, OF_ONE_ORDER), 1):
        quantity = min(OF_ONE_ORDER, many - start)
        prescribers.append(make_organisation(is_prescriber=True))
        order = Order.objects.create(
            organisation=prescribers[-1],
            version=version,
            quantity=quantity,
            number=f"CMD-2026-{number:04}",
            state=Order.State.CONFIRMED,
        )
        rows += [Sheet(order=order, number=sheet) for sheet in range(1, quantity + 1)]
    return Sheet.objects.bulk_create(rows, batch_size=BATCH), prescribers


def _fill(numbered, counsellors: list[Counsellor], opened: datetime) -> None:
    entries, cheques, texts = [], [], []
    for number, passport in numbered:
        counsellor = counsellors[number % COUNSELLORS]
        rows, drawn = _chain(passport, counsellor, number // COUNSELLORS + 1, opened)
        entries += rows
        cheques += drawn
    saved = Entry.objects.bulk_create(entries, batch_size=BATCH)
    for entry in saved:
        texts += [EntryText(entry=entry, name=name, salt=salt, text=text) for name, salt, text in entry.words]
    EntryText.objects.bulk_create(texts, batch_size=BATCH)
    by_place = {(entry.passport_id, entry.seq): entry for entry in saved}
    for cheque in cheques:
        cheque.entry = by_place[cheque.passport_id, cheque.seq]
    Cheque.objects.bulk_create(cheques, batch_size=BATCH)


def _chain(passport: Passport, counsellor: Counsellor, rank: int, opened: datetime):
    quotas = {kind.code: kind.hours for kind in passport.version.kinds.all()}
    starts, ends = (verifying.instant(midnight(day)) for day in (passport.starts_on, passport.ends_on + DAY))
    facts = {"act": "open", "quotas": quotas, "starts_at": starts, "ends_at": ends, "zone": chain.ZONE}
    rows = [_entry(passport, None, opened, facts, {"member": passport.member.reference})]
    cheques = []
    for seq, kind in enumerate((kind for kind, hours in VISITS.items() for _hour in range(hours)), 2):
        start = opened + seq * DAY
        signed = start + timedelta(hours=1)
        cheque = Cheque(
            key=uuid4(),
            passport=passport,
            counsellor=counsellor,
            day=timezone.localdate(signed),
            rank=rank,
            state=Cheque.State.SIGNED,
            kind=kind,
            hours=1,
            starts_at=start,
            ends_at=signed,
            what=WHAT,
            counsellor_signed_at=signed,
            counsellor_means=MEANS,
            member_signed_at=signed,
            member_means=MEANS,
        )
        cheque.seq = seq
        cheques.append(cheque)
        rows.append(_entry(passport, rows[-1], signed, _visit(cheque), {"what": WHAT}))
    return rows, cheques


def _visit(cheque: Cheque) -> dict[str, object]:
    moments = ("starts_at", "ends_at", "counsellor_signed_at", "member_signed_at")
    return {
        "act": "visit",
        "kind": cheque.kind,
        "hours": cheque.hours,
        "zone": chain.ZONE,
        "cheque": cheque.number,
        "counsellor": cheque.counsellor.number,
        "counsellor_means": MEANS,
        "member_means": MEANS,
    } | {name: verifying.instant(getattr(cheque, name)) for name in moments}


def _entry(passport: Passport, last: Entry | None, moment: datetime, facts, texts) -> Entry:
    salted = [(name, secrets.token_hex(chain.SALT_BYTES), text) for name, text in texts.items()]
    fields = dict.fromkeys(verifying.FIELDS) | {
        "v": verifying.VERSION,
        "passport": passport.chain,
        "seq": last.seq + 1 if last else 1,
        "previous": last.digest if last else verifying.genesis(passport.chain),
        "recorded_at": verifying.instant(moment),
        "hours": 0,
        "digests": {name: verifying.digest_of_text(salt, text) for name, salt, text in salted},
    }
    fields |= facts
    entry = Entry(
        passport=passport,
        seq=fields["seq"],
        act=fields["act"],
        kind=fields["kind"] or "",
        hours=fields["hours"],
        recorded_at=moment,
        form=verifying.canonical(fields).decode(),
        digest=verifying.digest_of_entry(fields),
    )
    entry.words = salted
    return entry


@contextmanager
def in_all_the_time_it_takes() -> Iterator[None]:
    """A site gives up a statement after some seconds; so many rows at once are no work of a site."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '0', true)")
        yield
        cursor.execute("RESET statement_timeout")
