"""Free slots as a page shows them: by day, then by counsellor and place, a week's worth at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.utils import timezone

from accompaniment.forms.appointments import SlotForm
from accompaniment.models import Appointment
from accompaniment.slots import Slot
from pages.filters import read_page

DAYS_SHOWN = 7


@dataclass(frozen=True)
class Group:
    """The slots of one counsellor in one place."""

    counsellor: str
    place: str
    slots: list[Slot]


@dataclass(frozen=True)
class Day:
    date: date
    groups: list[Group]

    @property
    def count(self) -> int:
        return sum(len(group.slots) for group in self.groups)


def by_day(slots: list[Slot]) -> list[Day]:
    """In order of time; within a day, counsellors in order of their first slot."""
    days = groupby(slots, key=lambda slot: timezone.localdate(slot.starts_at))
    return [Day(day, _groups(list(of_day))) for day, of_day in days]


def _groups(slots: list[Slot]) -> list[Group]:
    found: dict[tuple[str, str], list[Slot]] = {}
    for slot in slots:
        where = slot.place or "en visioconférence"
        found.setdefault((str(slot.counsellor), where), []).append(slot)
    return [Group(counsellor, place, kept) for (counsellor, place), kept in found.items()]


def page_of(slots: list[Slot], query: Any) -> Page[Day]:
    """The days that the address asks for; the nearest ones there are, for a page that does not exist."""
    return Paginator(by_day(slots), DAYS_SHOWN).get_page(read_page(query))


@dataclass(frozen=True)
class Choice:
    """What came of a choice: the form with what was wrong, the slots that are free now, or what was taken."""

    form: SlotForm
    slots: list[Slot]
    taken: Appointment | None = None

    def context(self, query: Any) -> dict[str, Any]:
        return {"form": self.form, "page": page_of(self.slots, query)}


def pick(data: Any, *, free: Callable[[], list[Slot]], take: Callable[[Slot], Appointment]) -> Choice:
    """Show the free slots, or take the one that `data` names. Where somebody was quicker, those left are shown."""
    slots = free()
    form = SlotForm(data, slots=slots)
    if data is None or not form.is_valid():
        return Choice(form, slots)
    try:
        return Choice(form, slots, take(form.chosen()))
    except ValidationError as refusal:
        form.add_error("slot", " ".join(refusal.messages))
    return Choice(form, free())
