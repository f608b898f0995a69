"""How a kind of activity is drawn: its colour and its pattern, and the stamps of its hours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accompaniment.models import Look

DRAWINGS = {
    Look.INDIVIDUAL: "rv",
    Look.APPLICATIONS: "candidature",
    Look.TRADES: "metier",
    Look.ENCOUNTERS: "rencontre",
    Look.COMPANY: "suivi",
}


def drawing_of(look: str) -> str:
    """The name that style sheets and drawings give to this look."""
    return DRAWINGS[Look(look)]


@dataclass(frozen=True)
class Strip:
    """The stamps of a kind: one for each hour of the package, the planned ones first; and what is planned."""

    label: str
    drawing: str
    hours: int
    planned: int
    lines: list[Mapping[str, Any]]

    @property
    def stamps(self) -> list[bool]:
        return [number < self.planned for number in range(self.hours)]


def strips(kinds: Iterable[Mapping[str, Any]], lines: list[Mapping[str, Any]]) -> list[Strip]:
    """As `agreements.content_of` writes them."""
    found = []
    for kind in kinds:
        mine = [line for line in lines if line["kind"] == kind["code"]]
        planned = sum(line["hours"] for line in mine)
        found.append(Strip(kind["label"], drawing_of(kind["look"]), kind["hours"], planned, mine))
    return found
