"""Hands that write in the database, as only its administrator can: without the triggers that refuse."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import F

from association import guards
from passport import chain, decisions, ledger, verifying
from passport.models import Cheque, Entry, EntryText, Passport
from tests.factories import make_user
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_signed

DAY = timedelta(days=1)
NOW = at(FIRST + 12 * DAY, 9)


def take_the_guards_away() -> None:
    """Until the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
        return
    for guard in guards.GUARDS.values():
        guard.take_away(using="default")


def make_long_passport() -> Passport:
    """Ten entries: opened, two visits, one cancelled, suspended, resumed, prolonged, a trial period, two visits."""
    passport = make_passport()
    by = counsellor_of(passport).user
    make_signed(passport, day=FIRST + DAY, place="Au local")
    second = make_signed(passport, day=FIRST + 2 * DAY, kind="candidature", hours=2)
    ledger.cancel(second, reason="Saisi deux fois", counsellor=second.counsellor, now=at(FIRST + 3 * DAY))
    for day, act, facts in (
        (3, "suspend", {}),
        (5, "resume", {}),
        (6, "extend", {"until": passport.ends_on + 9 * DAY, "motive": "Arrêt maladie"}),
        (7, "trial", {"until": passport.ends_on + 30 * DAY}),
    ):
        moment = at(FIRST + day * DAY, 14)
        decision = decisions.ask(passport, act, reason="Elle le demande", by=by, now=moment, **facts)
        if act in decisions.WAIT_FOR_PRESCRIBER:
            decisions.accept(decision, by=make_user(), now=moment)
    make_signed(passport, day=FIRST + 8 * DAY, kind="metiers", hours=3)
    make_signed(passport, day=FIRST + 9 * DAY, kind="rencontre", hours=4)
    return Passport.objects.get(pk=passport.pk)


def entry_of(passport: Passport, seq: int) -> Entry:
    return Entry.objects.get(passport=passport, seq=seq)


def write(entry: Entry, **columns: Any) -> None:
    Entry.objects.filter(pk=entry.pk).update(**columns)


def delete(entry: Entry) -> None:
    """With what names it: a hand that knows the tables leaves nothing that hangs."""
    EntryText.objects.filter(entry=entry).delete()
    cheques = Cheque.objects.filter(entry=entry)
    cheques.update(state="propose", entry=None, member_signed_at=None, member_means="")
    Entry.objects.filter(pk=entry.pk)._raw_delete("default")


def swap(one: Entry, other: Entry) -> None:
    write(one, seq=10_000)
    write(other, seq=one.seq)
    write(one, seq=other.seq)


def insert(passport: Passport, seq: int) -> Entry:
    """One that follows the entry before it, rightly hashed; those after it make room."""
    for entry in Entry.objects.filter(passport=passport, seq__gte=seq).order_by("-seq"):
        write(entry, seq=F("seq") + 1)
    before = entry_of(passport, seq - 1)
    model = chain.read(Entry.objects.filter(passport=passport, act="visit").first())
    said = model | {"seq": seq, "previous": before.digest, "recorded_at": verifying.instant(before.recorded_at)}
    return Entry.objects.create(
        passport=passport,
        seq=seq,
        act="visit",
        kind=said["kind"],
        hours=said["hours"],
        recorded_at=before.recorded_at,
        form=verifying.canonical(said).decode(),
        digest=verifying.digest_of_entry(said),
    )


def rewrite(passport: Passport, seq: int, **fields: Any) -> None:
    """A history written anew from here, every hash right, by somebody who knows how."""
    previous = entry_of(passport, seq).digest
    for entry in Entry.objects.filter(passport=passport, seq__gte=seq).order_by("seq"):
        said = chain.read(entry) | (fields if entry.seq == seq else {"previous": previous})
        previous = verifying.digest_of_entry(said)
        columns = {"kind": said["kind"] or "", "hours": said["hours"]}
        write(entry, form=verifying.canonical(said).decode(), digest=previous, **columns)
