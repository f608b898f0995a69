"""Small groups, as somebody would look for them who knows the rule and every total."""

from collections import defaultdict
from itertools import product

import pytest

from events.masking import FEWEST, shown, shown_total


def tables(groups, total):
    """Every breakdown of this total."""
    if groups == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in tables(groups - 1, total - first):
            yield (first, *rest)


@pytest.mark.parametrize("groups", [2, 3, 4, 5])
def test_whoever_knows_the_rule_and_the_total_finds_no_small_group(groups):
    """Of every table that gives the page they read, a hidden small group may be any of 0 to 4."""
    tried = 0
    for total in range(FEWEST, 24 if groups < 5 else 19):
        pages = defaultdict(list)
        for table in tables(groups, total):
            pages[tuple(shown(table))].append(table)
        for page, candidates in pages.items():
            for place, told in enumerate(page):
                if told is None and any(table[place] < FEWEST for table in candidates):
                    assert set(range(FEWEST)) <= {table[place] for table in candidates}, (page, place)
                    tried += 1
    assert tried > 10


@pytest.mark.parametrize("groups", [2, 3, 4])
def test_a_small_group_is_never_shown_and_never_hidden_alone(groups):
    for counts in product(range(12), repeat=groups):
        page = shown(counts)
        hidden = page.count(None)

        assert all(told is None or told == count >= FEWEST for told, count in zip(page, counts, strict=True))
        assert hidden != 1


def test_what_is_not_small_is_shown():
    assert shown([5, 12, 30]) == [5, 12, 30]
    assert shown([]) == []
    assert shown_total(5) == 5


def test_nothing_is_told_as_little_as_four():
    assert shown([0, 20, 30]) == [None, None, 30]
    assert shown([4, 20, 30]) == [None, None, 30]
    assert shown_total(4) is shown_total(0) is None


def test_more_is_hidden_until_nothing_can_be_found():
    assert shown([1, 5, 6, 30]) == [None, None, None, 30]
    assert shown([4, 5, 30]) == [None, None, 30]
