"""What the entries of a passport come to: its state and its window, counted again from the chain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from association.clocks import months_later
from passport import verifying
from passport.models import Decision, Passport, day_of

State = Passport.State
DECIDED = frozenset({Decision.Act.SUSPEND, Decision.Act.RESUME, Decision.Act.EXTEND, Decision.Act.TRIAL})
Entry = Mapping[str, Any]


@dataclass
class Standing:
    months: int
    state: str = State.OPEN
    begins_by_itself: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    trial_ends_on: date | None = None
    quotas: dict[str, int] = field(default_factory=dict)
    spent: dict[str, int] = field(default_factory=dict)
    at_the_end: dict[str, int] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        act = entry["act"]
        if act == verifying.OPENS:
            self.quotas = dict(entry["quotas"])
            self.starts_on, self.ends_on = _day(entry["starts_at"]), _day_before(entry["ends_at"])
            self.begins_by_itself = self.starts_on is None
        elif act == verifying.ENDS:
            self.state, self.at_the_end = State.ENDED, dict(self.spent)
        elif entry["hours"]:
            self._count(entry)
        else:
            self._decide(act, entry)

    def _count(self, entry: Entry) -> None:
        self.spent[entry["kind"]] = self.spent.get(entry["kind"], 0) + entry["hours"]
        first = _day(entry["starts_at"])
        if first and self.begins_by_itself and (self.starts_on is None or first < self.starts_on):
            self.ends_on = end_of(first, was=self.starts_on, end=self.ends_on, months=self.months)
            self.starts_on = first

    def _decide(self, act: str, entry: Entry) -> None:
        if act == Decision.Act.TRIAL:
            self.trial_ends_on = _day_before(entry["ends_at"])
            return
        if act == Decision.Act.SUSPEND:
            self.state = State.SUSPENDED
            return
        if act == Decision.Act.RESUME:
            self.state = State.OPEN
        self.ends_on = _day_before(entry["ends_at"]) or self.ends_on

    def end(self, *, ended: bool) -> str:
        """`ended`: somebody decided it; if not, its time was over, all its hours used or not."""
        if self.state != State.ENDED or ended:
            return self.state
        is_used = all(self.at_the_end.get(kind, 0) == hours for kind, hours in self.quotas.items())
        return State.COMPLETED if is_used else State.EXPIRED


def end_of(first: date, *, was: date | None, end: date | None, months: int) -> date | None:
    """The end of a window that begins on `first`, and no longer on the day that it `was`: a decided one stays."""
    is_decided = was is not None and end != months_later(was, months)
    return end if is_decided else months_later(first, months)


def fault_of(passport: Passport, entries: Iterable[Entry], *, ended: bool) -> str:
    """What the passport says otherwise than its entries; nothing where it says the same."""
    found = Standing(passport.version.window_months)
    for entry in entries:
        found.add(entry)
    if passport.state != found.end(ended=ended):
        return f"The state of the passport is not the one that its entries come to, {found.end(ended=ended)}."
    if (passport.starts_on, passport.ends_on) != (found.starts_on, found.ends_on):
        return f"The window is not the one of the entries, {found.starts_on} to {found.ends_on}."
    if passport.trial_ends_on != found.trial_ends_on:
        return f"The end of the trial period is not the one of the entries, {found.trial_ends_on}."
    if {kind.code: kind.hours for kind in passport.version.kinds.all()} != found.quotas:
        return "The hours of the package are not those that were sold."
    return ""


def _day(said: str | None) -> date | None:
    return day_of(datetime.fromisoformat(said)) if said else None


def _day_before(said: str | None) -> date | None:
    """The last day before this moment."""
    return day_of(datetime.fromisoformat(said) - timedelta(microseconds=1)) if said else None
