"""What was done to a chain is found and named, by a file that needs nothing of the site."""

import base64
import json
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from passport import verifying
from passport.verifying import Fault, check_chain, check_export, digest_of_entry, digest_of_text

PASSPORT = "0123456789abcdef0123456789abcdef"
MOMENT = datetime(2026, 9, 7, 9, tzinfo=UTC)
SALT = "00112233445566778899aabbccddeeff"


def make_entry(seq, previous, **fields):
    start = MOMENT + timedelta(days=seq)
    defaults = dict.fromkeys(verifying.FIELDS) | {
        "v": 1,
        "passport": PASSPORT,
        "seq": seq,
        "previous": previous,
        "recorded_at": verifying.instant(start + timedelta(hours=2)),
        "hours": 0,
        "digests": {},
    }
    return defaults | fields


def visit(kind="candidature", hours=2):
    signed = verifying.instant(MOMENT)
    return {
        "act": "visit",
        "kind": kind,
        "hours": hours,
        "counsellor_signed_at": signed,
        "member_signed_at": signed,
        "digests": {"what": digest_of_text(SALT, "Écrire sa lettre")},
    }


def make_chain(*acts):
    rows, previous = [], verifying.genesis(PASSPORT)
    for seq, fields in enumerate(({"act": "open", "quotas": {"rv": 6, "candidature": 12}}, *acts), 1):
        entry = make_entry(seq, previous, **fields)
        previous = digest_of_entry(entry)
        rows.append((entry, previous))
    return rows


def test_the_form_is_the_one_that_was_written_down():
    """Golden: were it to change, every passport would be false."""
    entry = make_entry(2, "ab" * 32, **visit())

    assert verifying.canonical(entry).decode() == (Path(__file__).parent / "entry_v1.json").read_text().strip()
    assert digest_of_entry(entry) == "be37a87bd719c9181ddd91ccebd9a1db4b6a79a820a0c5b4d807275a1d9fd578"
    assert verifying.genesis(PASSPORT) == "645009ee9c544d7c624d8f9b64c21e23d928875663eb761801b50616b56d6320"


def test_one_text_has_one_form():
    decomposed, composed = "E\u0301crire sa lettre", "\u00c9crire sa lettre"

    assert digest_of_text(SALT, decomposed) == digest_of_text(SALT, composed)
    assert digest_of_text(SALT, "a") != digest_of_text(SALT[::-1], "a")


def test_one_instant_has_one_form():
    in_paris = datetime(2026, 9, 7, 11, tzinfo=timezone(timedelta(hours=2)))

    assert verifying.instant(in_paris) == verifying.instant(MOMENT) == "2026-09-07T09:00:00.000000Z"
    with pytest.raises(ValueError, match="time zone"):
        verifying.instant(datetime(2026, 9, 7, 9))  # noqa: DTZ001  # the one that is refused


@pytest.mark.parametrize("value", [1.5, True, b"octets", {"a": {1.0}}])
def test_the_form_has_no_other_values(value):
    with pytest.raises(ValueError, match="The form has no"):
        verifying.canonical({"a": value})


def test_a_whole_chain_is_whole():
    rows = make_chain(visit(), visit("rv", 1), {"act": "cancel", "kind": "candidature", "hours": -2, "cancels": 2})

    assert check_chain(PASSPORT, rows, witnessed=(4, rows[-1][1])) is None
    assert check_chain(PASSPORT, []) is None


def altered(rows):
    entry, kept = rows[2]
    rows[2] = (entry | {"hours": 3}, kept)


def removed(rows):
    del rows[2]


def reordered(rows):
    rows[1], rows[2] = rows[2], rows[1]


def doubled(rows):
    rows.insert(2, rows[2])


def grafted(rows):
    """Rehashed by somebody who knows how, in the middle."""
    entry = make_entry(3, "00" * 32, **visit("rv", 1))
    rows[2] = (entry, digest_of_entry(entry))


def renumbered(rows):
    del rows[2]
    rows[2:] = [(entry | {"seq": entry["seq"] - 1}, kept) for entry, kept in rows[2:]]


@pytest.mark.parametrize(
    ("change", "fault", "seq"),
    [
        (altered, Fault.ALTERED, 3),
        (removed, Fault.REMOVED, 3),
        (reordered, Fault.REORDERED, 2),
        (doubled, Fault.INSERTED, 4),
        (grafted, Fault.INSERTED, 3),
        (renumbered, Fault.ALTERED, 3),
    ],
)
def test_what_was_done_is_named_where_it_was_done(change, fault, seq):
    rows = make_chain(visit(), visit("rv", 1), visit("rv", 2), visit())
    change(rows)

    found = check_chain(PASSPORT, rows)

    assert (found.fault, found.seq) == (fault, seq)


def test_a_cut_end_and_a_history_written_anew_are_found_by_a_witness():
    rows = make_chain(visit(), visit("rv", 1))
    head = (3, rows[-1][1])
    anew = make_chain(visit("rv", 1), visit())

    assert check_chain(PASSPORT, rows[:2]) is None
    assert check_chain(PASSPORT, rows[:2], witnessed=head).fault == Fault.CUT
    assert check_chain(PASSPORT, anew) is None
    assert check_chain(PASSPORT, anew, witnessed=head).fault == Fault.REWRITTEN


def test_the_chain_of_another_passport_is_not_this_one_s():
    rows = make_chain(visit())

    assert check_chain("f" * 32, rows).fault == Fault.INSERTED


@pytest.mark.parametrize(
    ("acts", "seq"),
    [
        ([visit("rv", 7)], 2),
        ([visit(hours=0)], 2),
        ([visit("autre")], 2),
        ([visit() | {"member_signed_at": None}], 2),
        ([visit(hours=12), visit(hours=1)], 3),
        ([{"act": "cancel", "kind": "rv", "hours": -1, "cancels": 1}], 2),
        ([visit(), *[{"act": "cancel", "kind": "candidature", "hours": -2, "cancels": 2}] * 2], 4),
        ([visit(), {"act": "cancel", "kind": "candidature", "hours": -1, "cancels": 2}], 3),
        ([{"act": "suspend", "hours": 3}], 2),
        ([{"act": "open", "quotas": {}}], 2),
        ([visit() | {"recorded_at": verifying.instant(MOMENT - timedelta(days=9))}], 2),
    ],
)
def test_what_could_never_have_been_accepted_is_found_though_it_is_chained(acts, seq):
    found = check_chain(PASSPORT, make_chain(*acts))

    assert (found.fault, found.seq) == (Fault.IMPOSSIBLE, seq)


def test_a_given_back_hour_can_be_spent_again():
    back = {"act": "cancel", "kind": "candidature", "hours": -12, "cancels": 2}

    assert check_chain(PASSPORT, make_chain(visit(hours=12), back, visit(hours=12))) is None


def test_an_entry_with_another_field_is_not_in_the_form():
    rows = make_chain(visit())
    rows[1] = (rows[1][0] | {"note": "x"}, rows[1][1])

    assert check_chain(PASSPORT, rows).fault == Fault.ALTERED


@pytest.fixture
def export():
    rows, key = make_chain(visit(), visit("rv", 1)), Ed25519PrivateKey.generate()
    head = {"seq": 3, "hash": rows[-1][1]}
    signature = key.sign(verifying.head_bytes(PASSPORT, 3, rows[-1][1]))
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    texts = {"what": [SALT, "Écrire sa lettre"]}
    return {
        "format": verifying.EXPORT,
        "passport": PASSPORT,
        "entries": [{"entry": entry, "hash": kept} for entry, kept in rows[:1]]
        + [{"entry": entry, "hash": kept, "texts": texts} for entry, kept in rows[1:]],
        "head": head | {"signature": base64.b64encode(signature).decode()},
        "key": base64.b64encode(raw).decode(),
    }


def test_an_export_is_checked_whole(export):
    assert check_export(export) == []


def test_a_text_that_was_changed_and_one_that_was_erased(export):
    export["entries"][1]["texts"] = {"what": [SALT, "Autre chose"]}
    export["entries"][2]["texts"] = {}

    assert [(found.fault, found.seq) for found in check_export(export)] == [(Fault.ALTERED, 2)]


def test_a_head_signed_by_nobody(export):
    export["head"]["signature"] = base64.b64encode(bytes(64)).decode()

    assert [found.fault for found in check_export(export)] == [Fault.FORGED]


def test_entries_after_the_head_are_seen(export):
    export["head"]["seq"] = 2

    assert {found.fault for found in check_export(export)} == {Fault.REWRITTEN, Fault.FORGED}


def run_alone(tmp_path, content):
    """Without the site: no path, no environment of its own, in a folder with the copy alone."""
    copy = tmp_path / "verifier.py"
    copy.write_bytes(Path(verifying.__file__).read_bytes())
    (tmp_path / "passeport.json").write_text(content)
    return subprocess.run(
        [sys.executable, "-I", str(copy), "passeport.json"], cwd=tmp_path, capture_output=True, text=True, check=False
    )


def test_the_file_alone_checks_an_export(tmp_path, export):
    whole = run_alone(tmp_path, json.dumps(export))
    export["entries"][2]["entry"]["hours"] = 2
    changed = run_alone(tmp_path, json.dumps(export))

    assert (whole.returncode, whole.stdout.split(":")[0]) == (0, "authentic")
    assert (changed.returncode, changed.stdout.split(":")[0]) == (1, "altered at 3")
    assert run_alone(tmp_path, "{}").returncode == 2


def test_what_it_says_on_a_terminal(tmp_path, export, capsys):
    path = tmp_path / "passeport.json"
    answers = []
    for content in (export, export | {"entries": []}, {"format": "autre"}):
        path.write_text(json.dumps(content))
        answers.append(verifying.main([str(path)]))

    said = capsys.readouterr()
    assert answers == [0, 1, 2]
    assert verifying.main([]) == 2
    assert said.out.startswith("authentic: 3 entries")
    assert "cut at 1" in said.out


def test_a_second_is_enough_for_five_thousand_entries():
    back = {"act": "cancel", "kind": "rv", "hours": -1}
    acts = [visit("rv", 1) if number % 2 == 0 else back | {"cancels": number + 1} for number in range(5000)]
    rows = make_chain(*acts)

    started = time.process_time()
    assert check_chain(PASSPORT, rows) is None
    assert time.process_time() - started < 1
