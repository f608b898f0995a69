"""Bars drawn by the server, from the same numbers as the table beside them."""

from collections.abc import Iterable
from dataclasses import dataclass

# In units of the drawing, which are pixels on a narrow phone: its letters never get smaller than those of the page.
WIDTH = 320
LONGEST_BAR = 256
ROW = 48
LABEL_AT, BAR_AT, BAR = 16, 24, 16
VALUE_AT = BAR_AT + 13
GAP = 6
LONGEST_LABEL = 34


@dataclass(frozen=True)
class Bar:
    label: str
    label_at: int
    bar_at: int
    value_at: int
    length: int
    value: int

    @property
    def value_from(self) -> int:
        return self.length + GAP


@dataclass(frozen=True)
class Chart:
    """A title, what it shows in a sentence, and one bar for each row."""

    code: str
    title: str
    description: str
    bars: list[Bar]
    width: int = WIDTH
    thickness: int = BAR

    @property
    def height(self) -> int:
        return ROW * len(self.bars)


def bars(code: str, title: str, rows: Iterable[tuple[str, int]]) -> Chart | None:
    """The chart of these labels and numbers; none where there is nothing to see."""
    kept = list(rows)
    most = max((value for _, value in kept), default=0)
    if not most:
        return None
    label, value = max(kept, key=lambda row: row[1])
    drawn = [_bar(number, text, count, most) for number, (text, count) in enumerate(kept)]
    description = f"{len(kept)} barres. La plus longue : {label}, {value}. Le tableau donne chaque nombre."
    return Chart(code, title, description, drawn)


def _bar(number: int, label: str, value: int, most: int) -> Bar:
    top = ROW * number
    short = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
    return Bar(short, top + LABEL_AT, top + BAR_AT, top + VALUE_AT, round(LONGEST_BAR * value / most), value)
