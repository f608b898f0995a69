"""A passport as it is drawn: one stamp for each hour, by kind of activity, and the same in words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from accompaniment.looks import drawing_of
from accompaniment.models import PackageKind
from pages.templatetags.french import MONTHS, NBSP
from passport.models import IN_USE, Cheque, Passport, Reservation, day_of

USED, PROPOSED, RESERVED, FREE = "used", "proposed", "reserved", "free"
WORDS = {
    USED: ("utilisée", "utilisées"),
    PROPOSED: ("à signer", "à signer"),
    RESERVED: ("réservée", "réservées"),
    FREE: ("libre", "libres"),
}
# Kind, state, hours, day.
Row = tuple[str, str, int, date]


@dataclass(frozen=True)
class Stamp:
    """One hour: `state` is used, proposed, reserved or free; `day` is that of the visit, empty where free."""

    state: str
    day: date | None = None


@dataclass(frozen=True)
class KindPicture:
    """The stamps of a kind, as many as it has hours: used ones first, by day, then what waits, then the free ones."""

    kind: PackageKind
    stamps: tuple[Stamp, ...]

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def drawing(self) -> str:
        """The name that style sheets and drawings give to its look."""
        return drawing_of(self.kind.look)

    @property
    def quota(self) -> int:
        return self.kind.hours

    @property
    def used(self) -> int:
        return self.count(USED)

    @property
    def proposed(self) -> int:
        return self.count(PROPOSED)

    @property
    def reserved(self) -> int:
        return self.count(RESERVED)

    @property
    def free(self) -> int:
        return self.count(FREE)

    def count(self, state: str) -> int:
        return sum(stamp.state == state for stamp in self.stamps)

    @property
    def said(self) -> str:
        """The stamps in words: « 3 h utilisées : 7 septembre, 21 septembre (2 h). 1 h libre. »."""
        return " ".join(_said(state, list(stamps)) for state, stamps in groupby(self.stamps, lambda one: one.state))


@dataclass(frozen=True)
class Picture:
    """Hours of a passport at a moment: `quota` = `used` + `left`; `left` = `proposed` + `reserved` + `free`."""

    passport: Passport
    kinds: tuple[KindPicture, ...]

    @property
    def quota(self) -> int:
        return sum(kind.quota for kind in self.kinds)

    @property
    def used(self) -> int:
        return sum(kind.used for kind in self.kinds)

    @property
    def proposed(self) -> int:
        return sum(kind.proposed for kind in self.kinds)

    @property
    def reserved(self) -> int:
        return sum(kind.reserved for kind in self.kinds)

    @property
    def free(self) -> int:
        return sum(kind.free for kind in self.kinds)

    @property
    def left(self) -> int:
        return self.quota - self.used

    @property
    def is_live(self) -> bool:
        return self.passport.state in IN_USE


def picture(passport: Passport) -> Picture:
    """What is drawn of a passport: the figures of `balances`, each hour with its day.

    Three queries, two where the kinds of its version are prefetched. Reserved
    hours whose time has passed wait for their visit: they stay reserved.
    """
    visits = passport.cheques.counting().order_by("starts_at", "pk")
    kept = passport.reservations.filter(ended_at=None).order_by("starts_at", "pk")
    return drawn(passport, visits, kept)


def drawn(passport: Passport, visits: Iterable[Cheque], kept: Iterable[Reservation]) -> Picture:
    """The same, of rows that were asked for already: visits that count, what is still reserved; the oldest first."""
    hours, spent = list[Row](), Counter[str]()
    for visit in visits:
        state = USED if visit.state == Cheque.State.SIGNED else PROPOSED
        hours.append((visit.kind, state, visit.hours, day_of(visit.starts_at)))
        spent[visit.origin] += visit.hours
    for row in kept:
        hours.append((row.kind, RESERVED, max(0, row.hours - spent[row.origin]), day_of(row.starts_at)))
    kinds = passport.version.kinds.all()
    return Picture(passport, tuple(KindPicture(kind, tuple(_stamps(kind, hours))) for kind in kinds))


def _stamps(kind: PackageKind, rows: list[Row]) -> Iterator[Stamp]:
    count = 0
    for state in (USED, PROPOSED, RESERVED):
        for code, what, hours, day in rows:
            if code == kind.code and what == state:
                yield from [Stamp(state, day)] * hours
                count += hours
    yield from [Stamp(FREE)] * (kind.hours - count)


def _said(state: str, stamps: list[Stamp]) -> str:
    words = f"{len(stamps)}{NBSP}h{NBSP}{WORDS[state][len(stamps) > 1]}"
    if state == FREE:
        return f"{words}."
    days = [(day, len(list(same))) for day, same in groupby(stamp.day for stamp in stamps)]
    listed = ", ".join(_day(day) + (f" ({hours}{NBSP}h)" if hours > 1 else "") for day, hours in days if day)
    return f"{words}{NBSP}: {listed}."


def _day(day: date) -> str:
    return f"{'1er' if day.day == 1 else day.day}{NBSP}{MONTHS[day.month - 1]}"
