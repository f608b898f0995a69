"""What a passport costs whom ordered it, up to a moment and between two: nothing here asks the database.

What is billed up to a moment depends only on what happened before it. So what
a period bills is the difference of its two ends, a month that was invoiced
never moves, and the periods add up to the whole, to the cent. By the hour, a
cent that does not divide falls on the line that completes it: all the hours of
a package cost its price.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import models

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


class What(models.TextChoices):
    OPENED = "ouverture", "forfait, à l’ouverture"
    TAKEN_BACK = "reprise", "forfait repris avant le premier chèque"
    VISITS = "visites", "heures utilisées"
    RELEASED = "levee", "heures maintenues après contestation"
    CANCELLED = "annulation", "heures annulées, déjà facturées"
    HELD = "contestation", "heures contestées, retenues"


@dataclass(frozen=True)
class Visit:
    """A signed one: when its hours were spent, given back, and held by the member’s disputes (opened, settled)."""

    hours: int
    spent_at: datetime
    cancelled_at: datetime | None = None
    disputes: tuple[tuple[datetime, datetime | None], ...] = ()

    def is_spent(self, at: datetime) -> bool:
        return self.spent_at < at and not _is_before(self.cancelled_at, at)

    def is_held(self, at: datetime) -> bool:
        """Spent, and contested: not billed until somebody answers."""
        return self.is_spent(at) and any(
            opened < at and not _is_before(settled, at) for opened, settled in self.disputes
        )

    def is_billable(self, at: datetime) -> bool:
        return self.is_spent(at) and not self.is_held(at)


@dataclass(frozen=True)
class Line:
    """Of an invoice: `hours` and `amount` are below nothing where something billed before is given back."""

    what: What
    hours: int
    amount: Decimal


@dataclass(frozen=True)
class Account:
    """One passport. `price` is of all its `hours`; whole, it is billed when the passport opens, else hour by hour."""

    price: Decimal
    hours: int
    is_whole: bool
    opened_at: datetime
    taken_back_at: datetime | None = None
    visits: tuple[Visit, ...] = ()

    def spent(self, at: datetime) -> int:
        return sum(visit.hours for visit in self.visits if visit.is_spent(at))

    def held(self, at: datetime) -> int:
        return sum(visit.hours for visit in self.visits if visit.is_held(at))

    def billed_hours(self, at: datetime) -> int:
        if self.is_whole:
            return self.hours if self.opened_at < at and not _is_before(self.taken_back_at, at) else 0
        return sum(visit.hours for visit in self.visits if visit.is_billable(at))

    def cost(self, hours: int) -> Decimal:
        return (self.price * hours / self.hours).quantize(CENT, ROUND_HALF_UP)

    def lines(self, start: datetime, end: datetime) -> list[Line]:
        """What the moments from `start` to `end`, itself left out, add to what was billed before."""
        done, found = self.billed_hours(start), []
        for what, hours in self._moves(start, end):
            found.append(Line(what, hours, self.cost(done + hours) - self.cost(done)))
            done += hours
        return found

    def _moves(self, start: datetime, end: datetime) -> Iterator[tuple[What, int]]:
        if self.is_whole:
            change = self.billed_hours(end) - self.billed_hours(start)
            if change:
                yield (What.OPENED if change > 0 else What.TAKEN_BACK), change
            return
        new = [visit for visit in self.visits if visit.is_billable(end) and not visit.is_billable(start)]
        back = [visit for visit in self.visits if visit.is_billable(start) and not visit.is_billable(end)]
        contested = any(visit.is_held(end) and not visit.is_held(start) for visit in self.visits)
        moves = {
            What.VISITS: sum(visit.hours for visit in new if not visit.is_spent(start)),
            What.RELEASED: sum(visit.hours for visit in new if visit.is_spent(start)),
            What.CANCELLED: -sum(visit.hours for visit in back if not visit.is_spent(end)),
            What.HELD: -sum(visit.hours for visit in back if visit.is_spent(end)),
        }
        yield from ((what, hours) for what, hours in moves.items() if hours or (what == What.HELD and contested))


def _is_before(moment: datetime | None, at: datetime) -> bool:
    return moment is not None and moment < at
