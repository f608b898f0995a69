"""What was kept of the chains elsewhere: the statements of each day, their files, and the keys that signed them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from passport import statements, verifying
from passport.models import SigningKey, Statement
from passport.verifying import Fault, Finding

BATCH = 20


@dataclass
class Witnesses:
    """`heads`: by chain, the hash of each of its entries that was the last one some day. `findings`: what is wrong."""

    heads: dict[str, dict[int, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def say(self, fault: Fault, number: int, told: str) -> None:
        self.findings.append(Finding(fault, number, told))

    def hear(self, number: int, heads: Mapping[str, Any]) -> None:
        for chain, (seq, kept) in heads.items():
            if self.heads.setdefault(chain, {}).setdefault(seq, kept) != kept:
                self.say(Fault.REWRITTEN, number, f"Statement {number} contradicts another on entry {seq} of {chain}.")


def read(folder: Path | None = None) -> Witnesses:
    """All statements of the database, and the files of a folder that exists."""
    found, keys = Witnesses(), {key.pk: key for key in SigningKey.objects.order_by("pk")}
    _check_keys(found, keys)
    digests = _check_statements(found, keys)
    public = {key.public for key in keys.values()}
    for path in sorted(folder.glob("*.json")) if folder else ():
        _check_file(found, path, digests, public)
    return found


def _check_keys(found: Witnesses, keys: Mapping[int, SigningKey]) -> None:
    """One is the first; each other was made by the one before it."""
    firsts = [key for key in keys.values() if key.former_id is None]
    if len(firsts) > 1 or (keys and not firsts):
        found.say(Fault.FORGED, 0, f"{len(firsts)} keys are the first one.")
    for key in keys.values():
        if key.former_id is not None:
            former = keys[key.former_id].public
            signed = verifying.key_bytes(key.public, former)
            if not verifying.check_signature(former, signed, key.endorsement):
                found.say(Fault.FORGED, 0, f"The key {key.name} was not made by the one before it.")


def _check_statements(found: Witnesses, keys: Mapping[int, SigningKey]) -> dict[int, str]:
    """The hash of each, by its number."""
    digests: dict[int, str] = {}
    previous, day = statements.GENESIS, ""
    for row in Statement.objects.order_by("number").iterator(chunk_size=BATCH):
        if row.number != len(digests) + 1:
            missing = len(digests) + 1
            found.say(Fault.REMOVED, missing, f"Statement {missing} is not there.")
            digests |= dict.fromkeys(range(missing, row.number), "")
            previous = ""
        said = _body(row.body)
        if told := _fault_of(row, said, keys[row.key_id].public, previous):
            found.say(Fault.ALTERED, row.number, f"Statement {row.number} {told}")
        elif row.day.isoformat() <= day:
            found.say(Fault.REORDERED, row.number, f"Statement {row.number} is of a day before the last one.")
        else:
            found.hear(row.number, said["heads"])
        digests[row.number] = previous = row.digest
        day = row.day.isoformat()
    return digests


def _body(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) and isinstance(said.get("heads"), dict) else {}


def _fault_of(row: Statement, said: Mapping[str, Any], public: str, previous: str) -> str:
    signed = verifying.STATEMENT + row.body.encode()
    if hashlib.sha256(signed).hexdigest() != row.digest:
        return "is not what was signed."
    if not verifying.check_signature(public, signed, row.signature):
        return "is not signed."
    facts = {"number": row.number, "day": row.day.isoformat()} | ({"previous": previous} if previous else {})
    return (
        "" if said and all(said.get(name) == fact for name, fact in facts.items()) else "is not the one of its place."
    )


def _check_file(found: Witnesses, path: Path, digests: Mapping[int, str], public: Iterable[str]) -> None:
    """A file that one of our keys signed is right: where the database says otherwise, the database was changed."""
    try:
        said = json.loads(path.read_bytes())
        body, key, number = said["body"], said["key"], said["body"]["number"]
        holds = verifying.check_signature(key, verifying.statement_bytes(body), said["signature"])
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        found.say(Fault.ALTERED, 0, f"{path.name} is no statement.")
        return
    if not holds:
        found.say(Fault.ALTERED, number, f"{path.name} is not what was signed.")
    elif key not in public:
        found.say(Fault.FORGED, number, f"{path.name} was signed by a key that the database does not have.")
    else:
        _compare(found, path, said, digests)


def _compare(found: Witnesses, path: Path, said: Mapping[str, Any], digests: Mapping[int, str]) -> None:
    body = said["body"]
    number, digest = body["number"], hashlib.sha256(verifying.statement_bytes(body)).hexdigest()
    if number not in digests or not digests[number]:
        found.say(Fault.REMOVED, number, f"Statement {number}, kept in {path.name}, is not in the database.")
    elif digests[number] != digest:
        found.say(Fault.REWRITTEN, number, f"Statement {number} is not the one that {path.name} keeps.")
    found.hear(number, body["heads"])
