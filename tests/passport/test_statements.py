"""The signed statement of each day: made once, following the one before, kept outside the database."""

import json
from datetime import date, timedelta

import pytest

from notices.models import Notice
from passport import exports, keys, statements, verifying
from passport.models import Entry, Statement
from tests.passport.factories import FIRST, at, make_passport, make_signed
from tests.people import make_treasurer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DONE = FIRST + 6 * DAY


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.PASSPORT_KEY_FILE = tmp_path / "passport-key.pem"
    settings.STATEMENTS = tmp_path / "releves"
    return tmp_path


def heads_of(statement):
    return json.loads(statement.body)["heads"]


def test_nothing_is_said_before_the_first_passport():
    assert statements.make_due(at(FIRST)) == 0
    make_passport()
    assert statements.make_due(at(FIRST, 23)) == 0
    assert not keys.SigningKey.objects.exists()


def test_a_day_has_one_statement_after_midnight_in_paris():
    passport = make_passport()

    before, after = statements.make_due(at(FIRST, 23, 59)), statements.make_due(at(FIRST + DAY, 0))
    again = statements.make_due(at(FIRST + DAY, 23, 59))

    statement = Statement.objects.get()
    assert (before, after, again) == (0, 1, 0)
    assert (statement.number, statement.day) == (1, FIRST)
    assert heads_of(statement) == {passport.chain: [1, passport.entries.get().digest]}
    signed = verifying.statement_bytes(json.loads(statement.body))
    assert verifying.check_signature(statement.key.public, signed, statement.signature)


def test_it_stops_at_the_end_of_its_day():
    passport = make_passport()
    cheque = make_signed(passport, day=FIRST + DAY)

    statements.make_due(at(FIRST + DAY, 23))
    statements.make_due(at(FIRST + 2 * DAY, 1))

    first, second = Statement.objects.order_by("number")
    assert (heads_of(first)[passport.chain][0], heads_of(second)[passport.chain]) == (1, [2, cheque.entry.digest])
    assert json.loads(second.body)["previous"] == first.digest
    assert json.loads(first.body)["previous"] == statements.GENESIS


def test_days_that_were_missed_are_caught_up():
    make_passport()
    statements.make_due(at(FIRST + DAY))

    assert statements.make_due(at(FIRST + 4 * DAY)) == 3
    assert list(Statement.objects.values_list("day", flat=True)) == [FIRST + n * DAY for n in range(4)]
    assert statements.make_due(at(FIRST + 40 * DAY)) == statements.MOST_AT_ONCE
    assert statements.make_due(at(FIRST + 40 * DAY)) == 36 - statements.MOST_AT_ONCE


def test_a_clock_that_was_put_back_makes_none_again():
    make_passport()
    statements.make_due(at(FIRST + 4 * DAY))

    assert [statements.make_due(at(FIRST + many * DAY)) for many in (1, 2, 3, 4)] == [0, 0, 0, 0]
    assert statements.make_due(at(FIRST + 5 * DAY)) == 1


def test_the_file_is_for_the_site_alone_and_is_written_again_where_it_is_missing(settings):
    make_passport()
    statements.make_due(at(FIRST + DAY))
    path = settings.STATEMENTS / "2026-09-01.json"
    written = json.loads(path.read_bytes())
    modes = path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777
    path.unlink()

    statements.make_due(at(FIRST + DAY))

    statement = Statement.objects.get()
    assert modes == (0o600, 0o700)
    assert json.loads(path.read_bytes()) == written
    assert (written["digest"], written["key"]) == (statement.digest, statement.key.public)
    signed = verifying.statement_bytes(written["body"])
    assert verifying.check_signature(written["key"], signed, written["signature"])
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_accounting_has_it_by_mail_or_else_the_treasurers(settings):
    passport, treasurer = make_passport(), make_treasurer()
    make_treasurer(is_active=False)
    statements.make_due(at(FIRST + DAY))
    settings.ACCOUNTING_EMAIL = "compta@example.org"
    statements.make_due(at(FIRST + 2 * DAY))

    first, second = Notice.objects.filter(kind="passport_statement").order_by("pk")
    assert (first.recipient, second.recipient) == (treasurer.email, "compta@example.org")
    assert Statement.objects.get(number=1).digest in first.text
    assert passport.member.last_name not in first.text
    assert "1er septembre 2026" in first.subject


def test_an_export_names_the_last_statement_that_holds_it():
    passport = make_passport()
    statements.make_due(at(FIRST + DAY))
    make_signed(passport, day=DONE)
    late = make_passport(now=at(DONE + DAY))

    said = exports.export_of(passport)["statement"]

    statement = Statement.objects.get()
    first = Entry.objects.get(passport=passport, seq=1)
    assert said == {"number": 1, "day": "2026-09-01", "digest": statement.digest, "seq": 1, "hash": first.digest}
    assert exports.export_of(late)["statement"] is None


def test_a_statement_after_a_rotation_is_signed_by_the_new_key():
    make_passport()
    statements.make_due(at(FIRST + DAY))
    new = keys.rotate()
    statements.make_due(at(FIRST + 2 * DAY))

    assert list(Statement.objects.values_list("key", flat=True)) == [new.former_id, new.pk]


def test_a_day_of_twenty_five_hours_has_one():
    make_passport(now=at(date(2026, 10, 25), 23))

    assert statements.make_due(at(date(2026, 10, 26), 0)) == 1
    assert Statement.objects.get().day == date(2026, 10, 25)
