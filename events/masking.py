"""Small groups of a breakdown, hidden so that nothing that is shown gives them back.

A total is known to whoever reads the page: one hidden count would be found by
subtraction. So other counts are hidden with it. Which ones, and when to stop,
hangs on nothing that the page does not say, so that knowing this rule tells
no more: each hidden count under `FEWEST` could be any of those, zero
included. (`tests/events/test_masking.py` tries every small table.)
"""

from collections.abc import Sequence

# A group of fewer people is not told.
FEWEST = 5
# What is hidden adds up to this at least: any of it may be 0 to 4, and the rest still be no small group.
HIDDEN_TOGETHER = 2 * FEWEST - 1


def shown_total(count: int) -> int | None:
    """The count, or nothing where it is that of a small group."""
    return count if count >= FEWEST else None


def shown(counts: Sequence[int]) -> list[int | None]:
    """Each count of a breakdown, or None where it is hidden.

    The first ones are hidden first: their order is fixed, and never by size. A
    breakdown of one group is its total.
    """
    small = {place for place, count in enumerate(counts) if count < FEWEST}
    if not small:
        return list(counts)
    hidden = set(small)
    for place in range(len(counts)):
        if place in small:
            continue
        if len(hidden) > len(small) and sum(counts[other] for other in hidden) >= HIDDEN_TOGETHER:
            break
        hidden.add(place)
    return [None if place in hidden else count for place, count in enumerate(counts)]
