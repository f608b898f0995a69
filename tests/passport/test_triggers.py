"""What the database refuses, whoever asks."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from passport import chain, forgetting, ledger, verifying
from passport.models import Cheque, Entry, EntryText, Passport
from tests.passport.factories import FIRST, at, counsellor_of, make_passport, make_proposal, make_signed

pytestmark = pytest.mark.django_db


def refuses(action):
    with pytest.raises(DatabaseError), transaction.atomic():
        action()


def test_an_entry_is_neither_changed_nor_deleted():
    cheque = make_signed(make_passport())

    refuses(lambda: Entry.objects.filter(pk=cheque.entry.pk).update(hours=2))
    refuses(lambda: Entry.objects.filter(pk=cheque.entry.pk).update(form="{}"))
    refuses(lambda: Entry.objects.filter(pk=cheque.entry.pk)._raw_delete("default"))


def test_a_text_is_erased_but_not_changed():
    cheque = make_signed(make_passport())

    refuses(lambda: EntryText.objects.filter(entry=cheque.entry).update(text="Autre chose"))
    assert EntryText.objects.filter(entry=cheque.entry).delete()[0]


def test_an_entry_follows_the_last_one():
    passport = make_passport()
    refuses(lambda: insert(passport, seq=3, hours=1))
    refuses(lambda: insert(passport, seq=1, hours=1))


@pytest.mark.parametrize(("kind", "hours"), [("rv", 7), ("candidature", 13), ("autre", 1)])
def test_no_more_hours_are_entered_than_a_kind_has(kind, hours):
    refuses(lambda: insert(make_passport(), seq=2, kind=kind, hours=hours))


def test_no_more_hours_are_given_back_than_were_spent():
    passport = make_passport()
    make_signed(passport, hours=1)

    refuses(lambda: insert(passport, seq=3, act="cancel", cancels=2, hours=-2))


def insert(passport, *, seq, hours, kind="rv", act="visit", cancels=None):
    return Entry.objects.create(
        passport=passport,
        seq=seq,
        act=act,
        kind=kind,
        hours=hours,
        cancels=cancels,
        recorded_at=at(FIRST),
        form="{}",
        digest=verifying.genesis(f"{seq} {hours} {kind}"),
    )


def test_what_was_done_is_erased_and_the_chain_stays_whole():
    passport = make_passport()
    cheque = make_signed(passport, place="Au local")

    forgetting.cheques(Cheque.objects.filter(passport=passport), at(FIRST))
    EntryText.objects.filter(entry__passport=passport).delete()

    cheque.refresh_from_db()
    rows = [(chain.read(entry), entry.digest) for entry in passport.entries.order_by("seq")]
    assert (cheque.what, cheque.place, cheque.hours) == ("", "", 1)
    assert verifying.check_chain(passport.chain, rows) is None


@pytest.mark.parametrize("column", ["hours", "kind", "what", "starts_at", "counsellor_id", "rank", "place"])
def test_what_the_counsellor_signed_stays(column):
    cheque = make_proposal(make_passport())
    value = {"hours": 2, "starts_at": F("starts_at") + timedelta(hours=1), "rank": 9}.get(column, "autre")
    value = counsellor_of(make_passport()).pk if column == "counsellor_id" else value

    refuses(lambda: Cheque.objects.filter(pk=cheque.pk).update(**{column: value}))


def test_a_signed_cheque_goes_back_to_nothing():
    passport = make_passport()
    signed, withdrawn = make_signed(passport), make_proposal(passport, hour=15)
    ledger.withdraw(withdrawn, counsellor=withdrawn.counsellor)

    refuses(lambda: Cheque.objects.filter(pk=signed.pk).update(state="propose", entry=None, member_signed_at=None))
    refuses(lambda: Cheque.objects.filter(pk=signed.pk).update(member_means="pin"))
    refuses(lambda: Cheque.objects.filter(pk=withdrawn.pk).update(state="propose"))
    refuses(lambda: Cheque.objects.filter(pk=signed.pk)._raw_delete("default"))


def test_a_passport_keeps_its_chain_and_what_was_sold():
    passport = make_passport()

    refuses(lambda: Passport.objects.filter(pk=passport.pk).update(chain="0" * 32))


def test_a_hand_that_writes_in_the_database_is_found_by_the_check():
    """With the triggers taken away, as only an administrator of the database can."""
    passport = make_passport()
    cheque = make_signed(passport)
    table = "passport_entry"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER passport_frozen_entry_update")
    said = chain.read(cheque.entry) | {"hours": 2}
    Entry.objects.filter(pk=cheque.entry.pk).update(form=verifying.canonical(said).decode())

    rows = [(chain.read(entry), entry.digest) for entry in passport.entries.order_by("seq")]
    assert verifying.check_chain(passport.chain, rows).fault == verifying.Fault.ALTERED
