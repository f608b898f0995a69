"""What a hand did in the database is found, named, and told apart."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F

from accompaniment.models import PackageKind
from passport import decisions, keys, ledger, statements, verification, verifying
from passport.models import Cheque, Decision, Entry, EntryText, Passport, SigningKey, Statement
from passport.verifying import Fault
from tests.passport import tampering
from tests.passport.factories import FIRST, MEANS, at, counsellor_of, make_passport, make_proposal, make_signed
from tests.passport.tampering import delete, entry_of, insert, make_long_passport, rewrite, swap, write
from tests.people import make_counsellor

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
LENGTH = 10
SEQS = range(1, LENGTH + 1)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.PASSPORT_KEY_FILE = tmp_path / "passport-key.pem"
    settings.STATEMENTS = tmp_path / "releves"


@pytest.fixture
def passport():
    found = make_long_passport()
    tampering.take_the_guards_away()
    return found


def found(**asked):
    return [(reference, wrong.fault, wrong.seq) for reference, wrong in verification.verify(**asked).broken]


def only(passport):
    [(reference, fault, seq)] = found()
    assert reference == passport.reference
    return fault, seq


def after(change):
    """The first thing that is wrong once it is done; then it is undone."""
    with transaction.atomic():
        change()
        wrong = [(fault, seq) for _reference, fault, seq in found()]
        transaction.set_rollback(True)
    return wrong[0] if len(wrong) == 1 else wrong


def test_what_nobody_touched_is_whole(settings):
    passport, other = make_long_passport(), make_passport(starts_on=None)
    make_proposal(passport, day=FIRST + 10 * DAY)
    make_signed(other, day=FIRST + 3 * DAY, kind="candidature")
    statements.make_due(at(FIRST + 20 * DAY))
    keys.rotate()
    statements.make_due(at(FIRST + 21 * DAY))

    report = verification.verify(folder=settings.STATEMENTS)

    assert (report.passports, report.entries, report.broken) == (2, LENGTH + 2, [])
    assert verification.check(passport) is None


def test_a_passport_stays_whole_in_each_of_its_ends():
    ended, expired, erased = make_long_passport(), make_passport(), make_long_passport()
    decisions.ask(ended, "end", reason="Elle déménage", by=counsellor_of(ended).user, now=at(FIRST + 20 * DAY))
    decisions.end_due(at(expired.ends_on + 9 * DAY))
    EntryText.objects.filter(entry__passport=erased).delete()
    Cheque.objects.filter(passport=erased).update(what="", place="")

    assert found() == []
    assert set(Passport.objects.values_list("state", flat=True)) == {"interrompu", "expire", "ouvert"}


def test_a_passport_whose_hours_are_all_used_stays_whole():
    passport = make_passport()
    days = iter(range(1, 40))
    for kind in passport.version.kinds.all():
        for hours in [4] * (kind.hours // 4) + [kind.hours % 4] * bool(kind.hours % 4):
            make_signed(passport, kind=kind.code, hours=hours, day=FIRST + next(days) * DAY)
    decisions.end_due(at(passport.ends_on + 9 * DAY))

    assert found() == []
    tampering.take_the_guards_away()
    Passport.objects.update(state="expire")
    assert only(passport) == (Fault.ALTERED, 0)


ENTRY_COLUMNS = [
    (2, {"kind": "metiers"}),
    (2, {"hours": 2}),
    (2, {"act": "extend", "kind": "", "hours": 0}),
    (4, {"cancels": 2}),
    (2, {"recorded_at": F("recorded_at") + SECOND}),
    (2, {"digest": "0" * 64}),
    (2, {"form": "{}"}),
    (2, {"form": "[]"}),
    (2, {"form": "\x7b"}),
]


def test_a_column_of_an_entry_that_was_changed_is_found_where_it_is(passport):
    for seq, columns in ENTRY_COLUMNS:
        entry = entry_of(passport, seq)
        assert after(lambda entry=entry, columns=columns: write(entry, **columns)) == (Fault.ALTERED, seq), columns


def test_a_form_written_otherwise_is_found_though_it_says_the_same(passport):
    entry = entry_of(passport, 3)
    write(entry, form=entry.form.replace(",", ", ", 1))

    assert only(passport) == (Fault.ALTERED, 3)
    assert verification.check(passport).seq == 3


def test_each_byte_of_a_form_is_watched(passport):
    [case] = verification._cases([passport.pk])
    entry = case.entries[2]
    form, missed = entry.form, []
    for place, letter in enumerate(form):
        case.said, entry.form = [], form[:place] + ("x" if letter != "x" else "y") + form[place + 1 :]
        wrong = verification.first_fault(case, {})
        if wrong is None:
            missed.append(place)

    assert missed == []


def test_an_entry_that_was_deleted_is_missing(passport):
    wrong = {seq: after(lambda seq=seq: delete_from(passport, [seq])) for seq in SEQS[1:-1]}

    assert wrong == {seq: (Fault.REMOVED, seq) for seq in SEQS[1:-1]}


def delete_from(passport, seqs):
    """With the decisions that they were."""
    for entry in Entry.objects.filter(passport=passport, seq__in=seqs):
        Decision.objects.filter(entry=entry).delete()
        delete(entry)


def test_two_entries_that_changed_places_are_in_the_wrong_order(passport):
    def exchanged(seq):
        swap(entry_of(passport, seq), entry_of(passport, seq + 1))

    wrong = {seq: after(lambda seq=seq: exchanged(seq)) for seq in SEQS[1:-1]}

    assert wrong == {seq: (Fault.REORDERED, seq) for seq in SEQS[1:-1]}


def test_an_entry_that_was_put_in_is_found(passport):
    wrong = {seq: after(lambda seq=seq: insert(passport, seq)) for seq in SEQS[1:]}

    assert wrong == {seq: (Fault.INSERTED, seq + 1) for seq in SEQS[1:]}


def test_an_end_that_was_cut_off_is_found_by_the_statement(passport):
    statements.make_due(at(FIRST + 20 * DAY))

    wrong = {seq: after(lambda seq=seq: delete_from(passport, range(seq, 11))) for seq in SEQS[1:]}

    assert wrong == {seq: (Fault.CUT, seq) for seq in SEQS[1:]}


def test_a_history_that_was_written_anew_is_found_by_the_statement(passport):
    statements.make_due(at(FIRST + 20 * DAY))
    rewrite(passport, 2, hours=2)
    Cheque.objects.filter(entry__passport=passport, entry__seq=2).update(hours=2)

    assert only(passport) == (Fault.REWRITTEN, 10)


def test_a_passport_without_an_entry_and_one_that_is_gone(passport):
    other = make_passport()
    statements.make_due(at(FIRST + 20 * DAY))
    for entry in other.entries.all():
        delete(entry)
    without = only(other)
    other.delete()

    assert without == (Fault.CUT, 1)
    assert found() == [("", Fault.REMOVED, 0)]


def test_an_entry_of_another_kind_of_value_is_found_though_every_hash_is_right(passport):
    rewrite(passport, 10, recorded_at=None)

    assert only(passport) == (Fault.ALTERED, 10)


def test_what_could_not_have_been_accepted_is_found_though_every_hash_is_right(passport):
    [case] = verification._cases([passport.pk])
    last, signed = case.entries[-1], json.loads(case.entries[-1].form)

    for fields in ({"hours": 8}, {"hours": -3}, {"kind": "autre"}, {"member_signed_at": None}):
        case.said, said = [], signed | fields
        last.form, last.digest = verifying.canonical(said).decode(), verifying.digest_of_entry(said)
        wrong = verification.first_fault(case, {})
        assert (wrong.fault, wrong.seq) == (Fault.IMPOSSIBLE, LENGTH)


def test_a_text_that_was_changed_or_added_is_found(passport):
    text = EntryText.objects.get(entry__passport=passport, entry__seq=2, name="place")
    EntryText.objects.filter(pk=text.pk).update(text="Ailleurs")
    changed = only(passport)
    EntryText.objects.filter(pk=text.pk).update(text=text.text, name="lieu")

    assert changed == only(passport) == (Fault.ALTERED, 2)


CHEQUE_COLUMNS = [
    {"kind": "metiers"},
    {"hours": 2},
    {"starts_at": F("starts_at") - SECOND},
    {"ends_at": F("ends_at") + SECOND},
    {"day": FIRST},
    {"rank": 9},
    {"counsellor_signed_at": F("counsellor_signed_at") + SECOND},
    {"counsellor_means": "autre"},
    {"member_signed_at": F("member_signed_at") + SECOND},
    {"member_means": "autre"},
    {"what": "Autre chose"},
    {"place": "Ailleurs"},
    {"state": "annule"},
]


def test_a_cheque_that_does_not_say_what_was_signed_is_found(passport):
    cheque = Cheque.objects.filter(entry=entry_of(passport, 2))

    for columns in CHEQUE_COLUMNS:
        assert after(lambda columns=columns: cheque.update(**columns)) == (Fault.ALTERED, 2), columns


def test_a_text_that_shows_without_its_proof_is_found(passport):
    EntryText.objects.filter(entry__passport=passport, entry__seq=2).delete()

    assert only(passport) == (Fault.ALTERED, 2)


def test_a_cheque_of_another_counsellor_or_passport_is_found(passport):
    cheques = Cheque.objects.filter(entry__passport=passport, entry__seq=2)
    referent = counsellor_of(passport)
    cheques.update(counsellor=make_counsellor())
    counsellor = only(passport)
    cheques.update(counsellor=referent, passport=make_passport())

    assert counsellor == (Fault.ALTERED, 2)
    assert {(fault, seq) for _reference, fault, seq in found()} == {(Fault.REMOVED, 2), (Fault.INSERTED, 0)}


def test_a_cheque_signed_by_a_hand_alone_is_found(passport):
    proposal = make_proposal(passport, day=FIRST + 10 * DAY)
    cancelled = entry_of(passport, 4)
    Cheque.objects.filter(pk=proposal.pk).update(state="signe", entry=cancelled, member_signed_at=at(FIRST))

    assert only(passport) == (Fault.INSERTED, 0)


def test_a_cheque_put_back_to_be_signed_again_is_found(passport):
    columns = {"state": "propose", "entry": None, "member_signed_at": None, "member_means": ""}
    Cheque.objects.filter(entry__passport=passport, entry__seq=2).update(**columns)

    assert only(passport) == (Fault.REMOVED, 2)


PASSPORT_COLUMNS = [
    {"state": "suspendu"},
    {"state": "acheve"},
    {"starts_on": FIRST - DAY},
    {"ends_on": F("ends_on") + DAY},
    {"trial_ends_on": None},
    {"trial_ends_on": FIRST},
]


def test_a_passport_that_is_not_what_its_entries_come_to_is_found(passport):
    row = Passport.objects.filter(pk=passport.pk)

    for columns in PASSPORT_COLUMNS:
        assert after(lambda columns=columns: row.update(**columns)) == (Fault.ALTERED, 0), columns


def test_hours_that_were_added_to_a_package_after_it_was_sold_are_found(passport):
    PackageKind.objects.filter(version=passport.version, code="rv").update(hours=99)

    assert only(passport) == (Fault.ALTERED, 0)


def test_a_decision_that_was_changed_or_taken_away_is_found(passport):
    suspension = Decision.objects.filter(passport=passport, act="suspend")
    suspension.update(act="end")
    changed = only(passport)
    suspension_of_end = Decision.objects.filter(passport=passport, act="end")
    suspension_of_end.delete()

    assert (changed, only(passport)) == ((Fault.ALTERED, 0), (Fault.REMOVED, 5))


# Witnesses


def make_days(many=3):
    statements.make_due(at(FIRST + DAY))
    statements.make_due(at(FIRST + many * DAY))


def faults(**asked):
    return [(fault, seq) for _reference, fault, seq in found(**asked)]


def test_a_statement_that_was_changed_is_found():
    make_passport()
    make_days()
    tampering.take_the_guards_away()
    row = Statement.objects.filter(number=3)

    for columns in (
        *({"body": text} for text in ("{}", "x", "[]")),
        *({"digest": "0" * 64}, {"signature": "AA=="}, {"day": FIRST - DAY}),
    ):
        assert after(lambda columns=columns: row.update(**columns)) == (Fault.ALTERED, 3), columns


def test_a_statement_that_was_taken_away_is_found_by_the_next_or_by_its_file(settings):
    make_passport()
    make_days()
    tampering.take_the_guards_away()
    Statement.objects.filter(number=2)._raw_delete("default")
    middle = faults()
    Statement.objects.filter(number=3)._raw_delete("default")

    assert middle == [(Fault.REMOVED, 2)]
    assert faults() == []
    assert faults(folder=settings.STATEMENTS) == [(Fault.REMOVED, 2), (Fault.REMOVED, 3)]


def signed_anew(number, **changes):
    """By somebody who has the key."""
    row = Statement.objects.get(number=number)
    body = json.loads(row.body) | changes
    signed = verifying.statement_bytes(body)
    key, signature = keys.sign(signed)
    digest = statements.hashlib.sha256(signed).hexdigest()
    return {
        "body": verifying.canonical(body).decode(),
        "digest": digest,
        "key": key,
        "signature": signature,
    }


def test_a_statement_signed_anew_is_found_by_the_file_of_the_former_one(settings):
    passport = make_passport()
    make_days(2)
    tampering.take_the_guards_away()
    Statement.objects.filter(number=2).update(**signed_anew(2, heads={passport.chain: [1, "0" * 64]}))

    assert set(faults(folder=settings.STATEMENTS)) == {(Fault.REWRITTEN, 2)}


def test_two_statements_that_changed_places_are_found():
    make_passport()
    make_days(2)
    tampering.take_the_guards_away()
    Statement.objects.filter(number=2).update(day=FIRST - 9 * DAY, **signed_anew(2, day=str(FIRST - 9 * DAY)))

    assert faults() == [(Fault.REORDERED, 2)]


FILES = [
    (lambda _said: "{", (Fault.ALTERED, 0)),
    (lambda _said: "[1]", (Fault.ALTERED, 0)),
    (lambda said: json.dumps(said | {"body": said["body"] | {"heads": {}}}), (Fault.ALTERED, 1)),
    (lambda said: json.dumps(said | {"signature": "x"}), (Fault.ALTERED, 1)),
]


@pytest.mark.parametrize(("change", "wrong"), FILES)
def test_a_file_that_was_changed_is_found(settings, change, wrong):
    make_passport()
    make_days(1)
    path = statements.path_of(FIRST)
    path.write_text(change(json.loads(path.read_bytes())))

    assert faults(folder=settings.STATEMENTS) == [wrong]


def test_keys_that_nobody_endorsed_are_found(settings):
    make_passport()
    make_days(1)
    new = keys.rotate()
    SigningKey.objects.filter(pk=new.pk).update(endorsement="AA==")
    unsigned = faults()
    SigningKey.objects.filter(pk=new.pk).update(former=None)

    assert unsigned == faults() == [(Fault.FORGED, 0)]


def test_a_file_signed_by_a_key_that_the_database_never_had_is_found(settings, tmp_path):
    make_passport()
    make_days(1)
    tampering.take_the_guards_away()
    private = keys.Ed25519PrivateKey.generate()
    path = statements.path_of(FIRST)
    said = json.loads(path.read_bytes())
    signature = private.sign(verifying.statement_bytes(said["body"]))
    anew = {"key": keys.public_of(private), "signature": keys.base64.b64encode(signature).decode()}
    path.write_text(json.dumps(said | anew))

    assert faults(folder=settings.STATEMENTS) == [(Fault.FORGED, 1)]


# The command


def run(*arguments):
    out = StringIO()
    call_command("verify_passports", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_how_much_is_whole_and_names_what_is_not(passport, tmp_path):
    other = make_passport()
    whole = run("--statements", str(tmp_path))
    write(entry_of(passport, 3), hours=3)

    with pytest.raises(CommandError, match=r"1 thing\(s\) wrong in 2 passport"):
        run()
    assert "2 passport(s), 11 entries" in whole
    assert "1 passport(s), 1 entries" in run("--passport", other.reference)
    with pytest.raises(CommandError, match="There is no passport"):
        run("--passport", "x")
    with pytest.raises(CommandError, match="is no folder"):
        run("--statements", "/nowhere/at/all")


def test_what_was_written_meanwhile_is_no_fault():
    """Entries are read before cheques: a visit signed in between looks as if a hand had put it there."""
    passport = make_passport()
    waits = [make_proposal(passport)]

    def signs_first(execute, sql, *rest):
        if 'FROM "passport_cheque"' in sql and waits:
            cheque = waits.pop()
            ledger.sign(cheque, member=passport.member, means=MEANS, now=cheque.counsellor_signed_at)
        return execute(sql, *rest)

    with connection.execute_wrapper(signs_first):
        assert found() == []
    assert passport.entries.count() == 2
