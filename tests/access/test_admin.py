"""No page of the editors' interface answers to somebody who is not of the team, whatever its address.

Each page is asked for by one outsider in turn; by each of them with the trials.
"""

from itertools import cycle, product

import pytest
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from tests.access.test_table import answer_of

PREFIX = "gestion/"
OUTSIDERS = ["M", "C", "E"]
# What a browser loads at the door, before anybody has logged in.
AT_THE_DOOR = {reverse(name) for name in ("wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "editors_login")}
AT_THE_DOOR.add(reverse("editors_logout"))


def admin_names(resolver, namespace="", below=False):
    for pattern in resolver.url_patterns:
        inside = below or str(pattern.pattern).startswith(PREFIX)
        if isinstance(pattern, URLPattern):
            if inside and pattern.name:
                yield f"{namespace}{pattern.name}", pattern
        else:
            yield from admin_names(
                pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace, inside
            )


def addresses():
    """Each page, about the first thing of its kind."""
    for name, pattern in dict(admin_names(get_resolver())).items():
        given = dict.fromkeys(pattern.pattern.converters, 1)
        try:
            yield reverse(name, kwargs=given)
        except NoReverseMatch:
            continue  # takes words of its own: its door is that of its neighbours


def guarded_paths():
    return sorted({path for path in addresses() if path.startswith(f"/{PREFIX}")} - AT_THE_DOOR)


def let_in(world, asked):
    return {
        f"{person} {path}": answer
        for path, person in asked
        if (answer := answer_of(world.browsers[person].get(path))) not in {"403", "404", "405"}
    }


def test_outsiders_read_no_page_of_the_editors_interface(world):
    paths = guarded_paths()

    assert len(paths) > 100
    assert let_in(world, zip(paths, cycle(OUTSIDERS), strict=False)) == {}


@pytest.mark.trial
def test_no_outsider_at_all_reads_any_page_of_it(world):
    assert let_in(world, product(guarded_paths(), OUTSIDERS)) == {}


def test_a_stranger_is_sent_to_the_login_from_each_of_its_pages(world):
    wrong = {path: answer for path in guarded_paths() if (answer := answer_of(world.browsers["V"].get(path))) != "lg"}

    assert wrong == {}
