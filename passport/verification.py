"""Whether what the database says of passports is what was signed: chains, columns, texts, cheques, states, witnesses.

The first thing that is wrong in each passport is named; `passport.verifying`
says what was done to a chain, this module compares the rest with it.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from passport import standing, verifying, witnesses
from passport.ledger import locked
from passport.models import Cheque, Decision, Entry, EntryText, Passport
from passport.verifying import Fault, Finding, instant

BATCH = 200
FORM_ERRORS = (TypeError, ValueError, LookupError, AttributeError)
WRITTEN_ON_A_CHEQUE = (
    *("kind", "hours", "starts_at", "ends_at", "counsellor_signed_at", "counsellor_means"),
    *("member_signed_at", "member_means"),
)


@dataclass
class Report:
    """How much was looked at; `broken`: the reference of a passport (nothing: of none), and what is wrong."""

    passports: int = 0
    entries: int = 0
    broken: list[tuple[str, Finding]] = field(default_factory=list)


@dataclass
class Case:
    """A passport, and all that is compared with its chain."""

    passport: Passport
    entries: list[Entry] = field(default_factory=list)
    # By the entry’s key: name, salt, text.
    texts: dict[int, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    cheques: list[Cheque] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)


def verify(
    passports: QuerySet[Passport] | None = None,
    *,
    folder: Path | None = None,
    progress: Callable[[Report], object] = lambda _report: None,
) -> Report:
    """Of all passports, unless some are given. `folder`: that of the statements’ files."""
    report, heard = Report(), witnesses.read(folder)
    report.broken += [("", finding) for finding in heard.findings]
    rows = Passport.objects.all() if passports is None else passports
    keys = rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)
    seen = set()
    for batch in batched(keys, BATCH, strict=False):
        for case in _cases(batch):
            seen.add(case.passport.chain)
            report.passports += 1
            report.entries += len(case.entries)
            heads = heard.heads.get(case.passport.chain, {})
            if first_fault(case, heads) and (found := _again(case.passport, heads)):
                report.broken.append((case.passport.reference, found))
        progress(report)
    if passports is None:
        gone = sorted(heard.heads.keys() - seen)
        report.broken += [
            ("", Finding(Fault.REMOVED, 0, f"The passport of the chain {name} is gone.")) for name in gone
        ]
    return report


def check(passport: Passport) -> Finding | None:
    """The first thing that is wrong in one passport, whatever was witnessed of it elsewhere."""
    found = next(first_fault(case, {}) for case in _cases([passport.pk]))
    return _again(passport, {}) if found else None


def _again(passport: Passport, heads: Mapping[int, str]) -> Finding | None:
    """While nobody writes in it: what was read before may have been written in the middle."""
    with locked(passport):
        return next(first_fault(case, heads) for case in _cases([passport.pk]))


def _cases(keys: Sequence[int]) -> Iterable[Case]:
    rows = Passport.objects.filter(pk__in=keys).select_related("version").prefetch_related("version__kinds")
    cases = {passport.pk: Case(passport) for passport in rows.order_by("pk")}
    # All have their number but what a hand has put there, and then the order is that in which it was put.
    for entry in Entry.objects.filter(passport__in=keys).order_by("passport_id", "seq", "pk"):
        cases[entry.passport_id].entries.append(entry)
    texts = EntryText.objects.filter(entry__passport__in=keys).order_by("pk")
    for key, entry_id, *text in texts.values_list("entry__passport", "entry", "name", "salt", "text"):
        cases[key].texts[entry_id].append(text)
    for cheque in Cheque.objects.filter(passport__in=keys).prefetch_related("counsellor").order_by("pk"):
        cases[cheque.passport_id].cheques.append(cheque)
    for decision in Decision.objects.filter(passport__in=keys).order_by("pk"):
        cases[decision.passport_id].decisions.append(decision)
    return cases.values()


def first_fault(case: Case, heads: Mapping[int, str]) -> Finding | None:
    """`heads`: those that were witnessed of this chain."""
    if found := _chain(case, heads):
        return found
    for check in (_columns, _texts, _cheques, _decisions):
        if found := next(check(case), None):
            return found
    told = standing.fault_of(case.passport, case.said, ended=_is_ended(case))
    return Finding(Fault.ALTERED, 0, told) if told else None


def _chain(case: Case, heads: Mapping[int, str]) -> Finding | None:
    unread: Finding | None = None
    for entry in case.entries:
        if (said := _read(entry)) is None:
            unread = Finding(Fault.ALTERED, entry.seq, f"Entry {entry.seq} is not in the form.")
            break
        case.said.append(said)
    rows = list(zip(case.said, [entry.digest for entry in case.entries], strict=False))
    if found := _check(case.passport.chain, rows) or unread:
        return found
    last = len(rows)
    for seq, kept in sorted(heads.items()):
        if seq > last:
            return Finding(Fault.CUT, last + 1, f"The chain ends at {last}; {seq} entries were witnessed.")
        if rows[seq - 1][1] != kept:
            return Finding(Fault.REWRITTEN, seq, f"Entry {seq} is not the one that was witnessed.")
    return None if rows else Finding(Fault.CUT, 1, "The chain has no entry.")


def _read(entry: Entry) -> dict[str, Any] | None:
    try:
        said = json.loads(entry.form)
    except ValueError:
        return None
    is_form = isinstance(said, dict) and set(said) == verifying.FIELDS and type(said["seq"]) is int
    return said if is_form else None


def _check(chain: str, rows: list[tuple[Any, str]]) -> Finding | None:
    """One that was hashed by who does not know the form has fields of another kind."""
    try:
        return verifying.check_chain(chain, rows)
    except FORM_ERRORS:
        return _check(chain, rows[:-1]) or Finding(
            Fault.ALTERED, rows[-1][0]["seq"], f"Entry {rows[-1][0]['seq']} is not in the form."
        )


def _columns(case: Case) -> Iterator[Finding]:
    for entry, said in zip(case.entries, case.said, strict=True):
        kept = (entry.seq, entry.act, entry.kind, entry.hours, entry.cancels, instant(entry.recorded_at))
        signed = (said["seq"], said["act"], said["kind"] or "", said["hours"], said["cancels"], said["recorded_at"])
        if kept != signed:
            yield Finding(Fault.ALTERED, entry.seq, f"The columns of entry {entry.seq} are not what was signed.")
        if hashlib.sha256(verifying.ENTRY + entry.form.encode()).hexdigest() != entry.digest:
            yield Finding(Fault.ALTERED, entry.seq, f"Entry {entry.seq} is not written as it was signed.")


def _texts(case: Case) -> Iterator[Finding]:
    for entry, said in zip(case.entries, case.said, strict=True):
        for name, salt, text in case.texts[entry.pk]:
            if verifying.digest_of_text(salt, text) != said["digests"].get(name):
                yield Finding(Fault.ALTERED, entry.seq, f"The text “{name}” of entry {entry.seq} was not signed.")


def _cheques(case: Case) -> Iterator[Finding]:
    """Each visit has its cheque, with what both signed; each signed cheque its visit."""
    said = {entry.pk: fields for entry, fields in zip(case.entries, case.said, strict=True)}
    cancelled = {fields["cancels"] for fields in case.said}
    visits = {pk: fields for pk, fields in said.items() if fields["act"] == verifying.SPENDS}
    for cheque in case.cheques:
        is_signed = cheque.state in (Cheque.State.SIGNED, Cheque.State.CANCELLED)
        if (fields := visits.pop(cheque.entry_id or 0, None)) is None:
            if is_signed or cheque.entry_id:
                yield Finding(Fault.INSERTED, 0, f"The cheque {cheque.number} is signed, and no entry is its visit.")
        elif not is_signed or (cheque.state == Cheque.State.CANCELLED) != (fields["seq"] in cancelled):
            yield Finding(Fault.ALTERED, fields["seq"], f"The cheque {cheque.number} is not {cheque.state}.")
        elif _differs(cheque, fields, case.texts[cheque.entry_id or 0]):
            yield Finding(Fault.ALTERED, fields["seq"], f"The cheque {cheque.number} is not what was signed.")
    for fields in visits.values():
        yield Finding(Fault.REMOVED, fields["seq"], f"The cheque {fields['cheque']} is not there.")


def _differs(cheque: Cheque, said: Mapping[str, Any], texts: Iterable[list[str]]) -> bool:
    kept = {name: getattr(cheque, name) for name in WRITTEN_ON_A_CHEQUE}
    kept = {name: instant(value) if name.endswith("_at") else value for name, value in kept.items()}
    kept |= {"cheque": cheque.number, "counsellor": cheque.counsellor.number}
    shown = {name: text for name, text in (("what", cheque.what), ("place", cheque.place)) if text}
    salts = {name: salt for name, salt, _text in texts}
    return any(said[name] != value for name, value in kept.items()) or any(
        verifying.digest_of_text(salts.get(name, ""), text) != said["digests"].get(name) for name, text in shown.items()
    )


def _decisions(case: Case) -> Iterator[Finding]:
    """Each decision that holds is an entry of its own kind; each suspension, prolongation… was decided."""
    said = {entry.pk: fields for entry, fields in zip(case.entries, case.said, strict=True)}
    for decision in case.decisions:
        if decision.entry_id and said.pop(decision.entry_id, {}).get("act") != decision.act:
            yield Finding(Fault.ALTERED, 0, f"The decision {decision.reference} is no such entry.")
    for fields in said.values():
        if fields["act"] in standing.DECIDED:
            yield Finding(Fault.REMOVED, fields["seq"], f"The decision of entry {fields['seq']} is not there.")


def _is_ended(case: Case) -> bool:
    """By a decision, and not because its time was over."""
    return any(decision.entry_id and decision.act == Decision.Act.END for decision in case.decisions)
