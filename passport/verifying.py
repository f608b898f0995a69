"""The chain of a passport: how an entry is written, hashed and checked.

This one file needs nothing of the site: Python's standard library, and
`cryptography` for the signatures. A copy of it checks an exported passport:

    python verifying.py passeport.json

The form of an entry, version 1 (`docs/decisions/0012-the-ledger.md`): a JSON
object with the keys of `FIELDS`, sorted, without spaces, in UTF-8, its texts
in Unicode's NFC form; whole numbers; instants in UTC as
`2026-11-22T09:00:00.000000Z`. Its hash is SHA-256 over `ENTRY`, then that.
Texts about people are not in it: it holds SHA-256 over `TEXT`, a salt, and the
text, both of which can be erased without breaking the chain.
"""

import base64
import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Entry = Mapping[str, Any]

VERSION = 1
EXPORT = "actess.passport.export.v1"
GENESIS = b"actess.passport.v1\n"
ENTRY = b"actess.passport.entry.v1\n"
TEXT = b"actess.passport.text.v1\n"
HEAD = b"actess.passport.head.v1\n"
STATEMENT = b"actess.passport.statement.v1\n"
KEY = b"actess.passport.key.v1\n"

FIELDS = frozenset(
    {
        *("v", "passport", "seq", "previous", "act", "recorded_at"),
        *("kind", "hours", "starts_at", "ends_at", "zone", "cheque", "counsellor", "cancels"),
        *("counsellor_signed_at", "counsellor_means", "member_signed_at", "member_means"),
        *("quotas", "digests"),
    }
)
SPENDS, GIVES_BACK, OPENS, ENDS = "visit", "cancel", "open", "end"
WITHOUT_HOURS = frozenset({OPENS, ENDS, "suspend", "resume", "extend", "trial"})


class Fault(StrEnum):
    """What was done to a chain, as far as the chain itself can tell."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CUT = "cut"
    REWRITTEN = "rewritten"
    IMPOSSIBLE = "impossible"
    FORGED = "forged"


@dataclass(frozen=True)
class Finding:
    """The first thing that is wrong: `seq` is where (0: the whole chain), `told` what, for a person."""

    fault: Fault
    seq: int
    told: str


def instant(moment: datetime) -> str:
    """An instant as the form writes it. Raises ValueError for one without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("An instant has a time zone.")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(fields: Mapping[str, Any]) -> bytes:
    """The bytes of an object of texts, whole numbers, nothing, and objects of these. Raises ValueError for another."""
    return json.dumps(_plain(fields), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if isinstance(value, Mapping):
        return {_plain(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise ValueError(f"The form has no {type(value).__name__}.")


def genesis(passport: str) -> str:
    """What stands before the first entry."""
    return hashlib.sha256(GENESIS + passport.encode()).hexdigest()


def digest_of_entry(entry: Entry) -> str:
    if set(entry) != FIELDS:
        raise ValueError("An entry has the fields of the form, all of them and no other.")
    return hashlib.sha256(ENTRY + canonical(entry)).hexdigest()


def digest_of_text(salt: str, text: str) -> str:
    """`salt`: 32 hexadecimal digits."""
    return hashlib.sha256(TEXT + salt.encode() + b"\n" + unicodedata.normalize("NFC", text).encode()).hexdigest()


def check_chain(
    passport: str, entries: Iterable[tuple[Entry, str]], *, witnessed: tuple[int, str] | None = None
) -> Finding | None:
    """The first fault of a chain: `entries` with their kept hashes, in the order in which they are kept.

    `witnessed` is a head (`seq`, hash) that somebody kept elsewhere: a chain
    that was cut, or wholly rewritten, is valid without it.
    """
    rows, previous, balance = list(entries), genesis(passport), Balance()
    if found := _numbering([int(entry["seq"]) for entry, _kept in rows]):
        return found
    for entry, kept in rows:
        if found := _link(passport, entry, kept, previous) or balance.add(entry):
            return found
        previous = kept
    return _against(rows, witnessed) if witnessed else None


def _numbering(numbers: list[int]) -> Finding | None:
    """Entries run 1, 2, 3… in the order in which they are kept."""
    wanted = range(1, len(numbers) + 1)
    if numbers == list(wanted):
        return None
    where = next(place for place, (number, due) in enumerate(zip(numbers, wanted, strict=True), 1) if number != due)
    if len(set(numbers)) < len(numbers):
        return Finding(Fault.INSERTED, where, f"Two entries bear one number near {where}.")
    if sorted(numbers) == list(wanted):
        return Finding(Fault.REORDERED, where, f"The entry kept in place {where} is number {numbers[where - 1]}.")
    missing = next(number for number in range(1, max(numbers) + 1) if number not in set(numbers))
    return Finding(Fault.REMOVED, missing, f"Entry {missing} is not there.")


def _link(passport: str, entry: Entry, kept: str, previous: str) -> Finding | None:
    seq = int(entry["seq"])
    try:
        computed = digest_of_entry(entry)
    except (ValueError, TypeError) as error:
        return Finding(Fault.ALTERED, seq, f"Entry {seq} is not in the form: {error}")
    if computed != kept:
        return Finding(Fault.ALTERED, seq, f"Entry {seq} is not what was signed.")
    if entry["passport"] != passport:
        return Finding(Fault.INSERTED, seq, f"Entry {seq} belongs to another passport.")
    if entry["previous"] != previous:
        return Finding(Fault.INSERTED, seq, f"Entry {seq} does not follow the one before it.")
    return None


class Balance:
    """Hours spent by kind, entry after entry; it says when an entry could never have been accepted."""

    def __init__(self) -> None:
        self.quotas: dict[str, int] = {}
        self.spent: dict[str, int] = {}
        self.visits: dict[int, tuple[str, int]] = {}
        self.last = ""
        self.is_over = False

    def add(self, entry: Entry) -> Finding | None:
        seq, act = int(entry["seq"]), entry["act"]
        if entry["recorded_at"] < self.last:
            return Finding(Fault.IMPOSSIBLE, seq, f"Entry {seq} was recorded before the one that precedes it.")
        self.last = entry["recorded_at"]
        if (act == OPENS) != (seq == 1):
            return Finding(Fault.IMPOSSIBLE, seq, "A passport is opened once, by its first entry.")
        if act == OPENS:
            self.quotas = dict(entry["quotas"])
            return None
        if self.is_over and act != GIVES_BACK:
            return Finding(Fault.IMPOSSIBLE, seq, f"Entry {seq} comes after the end of the passport.")
        self.is_over |= act == ENDS
        told = {SPENDS: self._spend, GIVES_BACK: self._give_back}.get(act, _no_hours)(entry)
        return Finding(Fault.IMPOSSIBLE, seq, told) if told else None

    def _spend(self, entry: Entry) -> str:
        kind, hours, seq = entry["kind"], entry["hours"], entry["seq"]
        if hours < 1 or kind not in self.quotas:
            return f"Entry {seq} spends no whole hour of a kind of this package."
        if not (entry["counsellor_signed_at"] and entry["member_signed_at"]):
            return f"Entry {seq} is a visit without both signatures."
        self.spent[kind] = self.spent.get(kind, 0) + hours
        self.visits[seq] = (kind, hours)
        if self.spent[kind] > self.quotas[kind]:
            return f"Entry {seq} spends more than the {self.quotas[kind]} hours of “{kind}”."
        return ""

    def _give_back(self, entry: Entry) -> str:
        visit = self.visits.pop(entry["cancels"], None)
        if visit is None or visit != (entry["kind"], -entry["hours"]):
            return f"Entry {entry['seq']} cancels no visit, or one that was cancelled already."
        self.spent[visit[0]] -= visit[1]
        return ""


def _no_hours(entry: Entry) -> str:
    if entry["act"] not in WITHOUT_HOURS:
        return f"Entry {entry['seq']} is no act of a passport."
    return f"Entry {entry['seq']} spends hours without being a visit." if entry["hours"] else ""


def _against(rows: list[tuple[Entry, str]], witnessed: tuple[int, str]) -> Finding | None:
    seq, kept = witnessed
    if seq > len(rows):
        return Finding(Fault.CUT, len(rows) + 1, f"The chain ends at {len(rows)}; {seq} entries were witnessed.")
    if seq and rows[seq - 1][1] != kept:
        return Finding(Fault.REWRITTEN, seq, f"Entry {seq} is not the one that was witnessed.")
    return None


def head_bytes(passport: str, seq: int, kept: str) -> bytes:
    """What is signed of a chain."""
    return HEAD + canonical({"passport": passport, "seq": seq, "hash": kept})


def statement_bytes(body: Mapping[str, Any]) -> bytes:
    """What is signed of a day: its number, its day, the hash of the one before it, and the head of every chain."""
    return STATEMENT + canonical(body)


def key_bytes(public: str, former: str) -> bytes:
    """What a key signs of the one that succeeds it."""
    return KEY + canonical({"public": public, "former": former})


def check_keys(keys: Iterable[Mapping[str, str]], last: str) -> Finding | None:
    """Keys from the first to `last`, each but the first endorsed by the one before it."""
    former = ""
    for key in keys:
        if former and not check_signature(former, key_bytes(key["public"], former), key["endorsement"]):
            return Finding(Fault.FORGED, 0, f"The key {key['public']} was not made by the one before it.")
        former = key["public"]
    return None if former == last else Finding(Fault.FORGED, 0, "The key is not the last of its keys.")


def check_signature(public: str, signed: bytes, signature: str) -> bool:
    """`public` and `signature` in base 64: an Ed25519 key's 32 bytes, and 64 bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public)).verify(base64.b64decode(signature), signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def check_export(export: Mapping[str, Any]) -> list[Finding]:
    """What is wrong with an export: its chain, its texts, its head’s signature, its keys. Raises where it is none."""
    if export["format"] != EXPORT:
        raise ValueError("This is no export of a passport.")
    passport, rows = export["passport"], [(row["entry"], row["hash"]) for row in export["entries"]]
    head = export["head"]
    found = check_chain(passport, rows, witnessed=(head["seq"], head["hash"]))
    findings = [found] if found else []
    if found := check_keys(export.get("keys", [{"public": export["key"]}]), export["key"]):
        findings.append(found)
    if head["seq"] != len(rows):
        findings.append(Finding(Fault.REWRITTEN, head["seq"], "The head is not that of the last entry."))
    if not check_signature(export["key"], head_bytes(passport, head["seq"], head["hash"]), head["signature"]):
        findings.append(Finding(Fault.FORGED, 0, "The signature of the head does not hold."))
    for row in export["entries"]:
        for name, (salt, text) in row.get("texts", {}).items():
            if digest_of_text(salt, text) != row["entry"]["digests"].get(name):
                told = f"The text “{name}” is not what was signed."
                findings.append(Finding(Fault.ALTERED, row["entry"]["seq"], told))
    return findings


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("python verifying.py passeport.json\n")
        return 2
    try:
        export = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        findings = check_export(export)
    except (OSError, LookupError, TypeError, ValueError, AttributeError):
        sys.stderr.write("This file is no export of a passport.\n")
        return 2
    for finding in findings:
        sys.stdout.write(f"{finding.fault.value} at {finding.seq}: {finding.told}\n")
    if not findings:
        head, key = export["head"]["hash"], export["key"]
        sys.stdout.write(f"authentic: {len(export['entries'])} entries, head {head}, key {key}\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
