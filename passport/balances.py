"""Hours of a passport by kind: counted from its rows each time, never kept."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from accompaniment.looks import drawing_of
from accompaniment.models import PackageKind
from pages.templatetags.french import NBSP, sentence_list, short_date
from passport.models import Cheque, Passport

UNSIGNED = "que le membre n’a pas signée"


@dataclass(frozen=True)
class Hours:
    """Of one kind: `quota` = `used` + `proposed` + `reserved` + `free`, in whole hours."""

    kind: PackageKind
    used: int = 0
    proposed: int = 0
    reserved: int = 0

    @property
    def quota(self) -> int:
        return self.kind.hours

    @property
    def free(self) -> int:
        return self.quota - self.used - self.proposed - self.reserved


@dataclass(frozen=True)
class KindHours:
    """Hours used of one kind, in a list of passports."""

    kind: PackageKind
    used: int

    @property
    def drawing(self) -> str:
        return drawing_of(self.kind.look)


@dataclass(frozen=True)
class InList:
    """A passport in a list: its whole hours, by kind and in all."""

    passport: Passport
    kinds: tuple[KindHours, ...]

    @property
    def quota(self) -> int:
        return sum(hours.kind.hours for hours in self.kinds)

    @property
    def used(self) -> int:
        return sum(hours.used for hours in self.kinds)

    @property
    def left(self) -> int:
        return self.quota - self.used


def balance(passport: Passport) -> dict[str, Hours]:
    """By the code of the kind, in the order of the package. Four queries, one more where hours are reserved."""
    used = _sums(passport.entries.values_list("kind").annotate(Sum("hours")).order_by())
    proposals = passport.cheques.filter(state=Cheque.State.PROPOSED)
    proposed = _sums(proposals.values_list("kind").annotate(Sum("hours")).order_by())
    reserved = _reserved(passport)
    return {
        kind.code: Hours(kind, used.get(kind.code, 0), proposed.get(kind.code, 0), reserved.get(kind.code, 0))
        for kind in passport.version.kinds.all()
    }


def kept_for(passport: Passport, kind: str, origin: str) -> int:
    """Hours still reserved for what a visit comes from: that visit may spend them."""
    return sum(row.hours for row in _left(passport) if (row.origin, row.kind) == (origin, kind))


def told_held(passport: Passport, kind: str, *, origin: str = "") -> str:
    """In a sentence, the hours of a kind that a visit of this origin may not spend, and what to free to have them."""
    waiting = passport.cheques.filter(state=Cheque.State.PROPOSED, kind=kind).select_related("counsellor")
    held = [
        (row.starts_at, row.hours, f"la visite du {short_date(row.starts_at)}, {UNSIGNED} ({row})") for row in waiting
    ]
    held += [
        (row.starts_at, row.hours, f"{row.what} du {short_date(row.starts_at)}")
        for row in _left(passport)
        if row.kind == kind and row.hours and row.origin != (origin or None)
    ]
    if not held:
        return ""
    total = sum(hours for _moment, hours, _words in held)
    said = sentence_list(f"{hours}{NBSP}h par {words}" for _moment, hours, words in sorted(held))
    return f"{total}{NBSP}h {'est retenue' if total == 1 else 'sont retenues'}{NBSP}: {said}."


@dataclass(frozen=True)
class Kept:
    """Hours still reserved for what is planned."""

    origin: str
    kind: str
    hours: int
    starts_at: datetime

    @property
    def what(self) -> str:
        return "le rendez-vous" if self.origin.startswith("appointment:") else "l’événement"


def _reserved(passport: Passport) -> Counter[str]:
    reserved: Counter[str] = Counter()
    for row in _left(passport):
        reserved[row.kind] += row.hours
    return reserved


def _left(passport: Passport) -> list[Kept]:
    """What is reserved, without what cheques of the same origin and kind spend or propose."""
    kept = list(passport.reservations.filter(ended_at=None).values_list("origin", "kind", "hours", "starts_at"))
    if not kept:
        return []
    spent: Counter[tuple[str, str]] = Counter()
    for origin, kind, hours in passport.cheques.counting().exclude(origin="").values_list("origin", "kind", "hours"):
        spent[origin, kind] += hours
    return [
        Kept(origin, kind, max(0, hours - spent[origin, kind]), starts_at) for origin, kind, hours, starts_at in kept
    ]


def _sums(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    return {kind: hours for kind, hours in rows if kind}
