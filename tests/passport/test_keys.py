"""The key that signs: outside the database, nobody else’s to read, succeeded by one that it signs."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from django.core.management import CommandError, call_command
from django.db import connection

from passport import checks, exports, keys, verifying
from passport.models import SigningKey
from tests.passport.factories import make_passport, make_signed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    settings.PASSPORT_KEY_FILE = tmp_path / "keys" / "passport-key.pem"
    return settings.PASSPORT_KEY_FILE


def whole(passport):
    return json.loads(json.dumps(exports.export_of(passport)))


def test_the_first_use_makes_the_key_for_its_owner_alone(key):
    row, signature = keys.sign(b"x")

    assert key.stat().st_mode & 0o777 == 0o600
    assert verifying.check_signature(row.public, b"x", signature)
    assert not verifying.check_signature(row.public, b"y", signature)
    assert keys.sign(b"x") == (row, signature)
    assert SigningKey.objects.get() == keys.current() == row


def test_the_private_half_is_nowhere_in_the_database(key):
    keys.sign(b"x")
    private = keys.read_file(key).private_bytes_raw()

    stored = json.dumps(list(SigningKey.objects.values()), default=str)

    assert base64.b64encode(private).decode() not in stored
    assert private.hex() not in stored


def test_a_head_is_signed():
    passport = make_passport()
    head = keys.sign_head(passport)

    assert verifying.check_signature(
        head.key.public, verifying.head_bytes(passport.chain, head.seq, head.hash), head.signature
    )


def test_a_key_is_succeeded_by_one_that_it_signs():
    passport = make_passport()
    before = whole(passport)
    keys.rotate(), keys.rotate()
    make_signed(passport)
    after = whole(passport)

    assert verifying.check_export(before) == verifying.check_export(after) == []
    assert [len(export["keys"]) for export in (before, after)] == [1, 3]
    assert after["keys"][0]["public"] == before["key"] != after["key"]


def test_a_key_that_the_former_one_did_not_sign_is_found():
    passport = make_passport()
    keys.rotate()
    export = whole(passport)
    forged = export | {"keys": [export["keys"][0], export["keys"][1] | {"endorsement": "AA=="}]}
    foreign = export | {"keys": export["keys"][:1]}

    for wrong in (forged, foreign):
        assert [found.fault for found in verifying.check_export(wrong)] == [verifying.Fault.FORGED]


def test_a_process_that_dies_between_the_row_and_the_file_leaves_a_key_that_signs(key):
    keys.sign(b"x")
    old = key.read_bytes()
    new = keys.rotate()
    key.rename(key.with_name(key.name + ".next"))
    key.write_bytes(old), key.chmod(0o600)

    signed_by, _signature = keys.sign(b"x")

    assert signed_by == new
    assert keys.public_of(keys.read_file(key)) == new.public


def test_a_key_that_is_not_the_one_of_the_database_signs_nothing(key):
    keys.sign(b"x")
    key.unlink()

    with pytest.raises(keys.KeyFileError, match="not the present key"):
        keys.sign(b"x")
    with pytest.raises(keys.KeyFileError, match="not the present key"):
        keys.rotate()
    assert SigningKey.objects.count() == 1


def test_keys_that_follow_each_other_in_a_circle_are_told_once():
    keys.sign(b"x")
    last = keys.rotate()
    SigningKey.objects.filter(former=None).update(former=last)

    assert len(keys.lineage(last)) == 2


def not_a_key(path):
    path.write_text("autre")
    path.chmod(0o600)


def another_kind(path):
    private = generate_private_key(65537, 2048)
    path.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    path.chmod(0o600)


WRONG = [
    (Path.unlink, "There is no"),
    (lambda path: path.chmod(0o640), "Others"),
    (lambda path: path.chmod(0o604), "Others"),
    (not_a_key, "no private key"),
    (another_kind, "no Ed25519"),
    (lambda path: (path.unlink(), path.mkdir(0o700)), "cannot be read"),
    (lambda path: (path.unlink(), keys.make_file(path)), "not the present key"),
]


@pytest.mark.parametrize(("spoil", "told"), WRONG)
def test_production_stops_without_its_key(settings, key, spoil, told):
    keys.sign(b"x")
    settings.PASSPORT_KEY_IS_MADE = False
    before = checks.key_is_there()
    spoil(key)

    [error] = checks.key_is_there()

    assert before == []
    assert error.is_serious()
    assert told in error.msg
    with pytest.raises(keys.KeyFileError):
        keys.sign(b"x")


def test_elsewhere_the_check_has_nothing_to_say():
    assert checks.key_is_there() == []


def test_a_database_without_tables_has_no_present_key(settings, key, django_db_blocker):
    keys.make_file(key)
    settings.PASSPORT_KEY_IS_MADE = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE passport_signingkey RENAME TO elsewhere")

    assert checks.key_is_there() == []


def test_the_commands_make_a_key_and_its_successor(settings, key, capsys):
    settings.PASSPORT_KEY_IS_MADE = False
    call_command("make_passport_key")
    with pytest.raises(CommandError, match="exist"):
        call_command("make_passport_key")
    first = key.read_bytes()

    call_command("rotate_passport_key")
    kept = key.read_bytes()
    call_command("rotate_passport_key", "--confirm")

    assert (kept, SigningKey.objects.count()) == (first, 2)
    assert key.read_bytes() != first
    key.unlink()
    with pytest.raises(CommandError, match="There is no"):
        call_command("rotate_passport_key", "--confirm", skip_checks=True)
