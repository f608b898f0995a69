"""The table of who gets what, walked whole: every resource, everybody, by GET or POST.

By HEAD and by parts, one person for each answer of a row; everybody with the trials.
"""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Collection

from tests.access import passport_world
from tests.access.table import OWN_ACCOUNT, PEOPLE, ROWS
from tests.test_project import PUBLIC_VIEWS, VIEWS

LOGIN = "/compte/connexion/"


def path_to(world, resource):
    """An address of this resource, about the member concerned."""
    if resource in world.fixed:
        return world.fixed[resource]
    collection = Collection.objects.filter(depth=2).first().pk
    given = {
        "film": world.paths["video"],
        "given": "x",
        "code": "projet",
        "reference": reference_of(world, resource),
        "booking": world.paths["came"],
        "guest": world.paths["guest"],
        "position": 1,
        **passport_world.given(world),
        "action": "monter",
        "pk": collection,
        "collection_id": collection,
    }
    names = next(iter(get_resolver().reverse_dict.getlist(resource)))[0][0][1]
    return reverse(resource, kwargs={name: given[name] for name in names})


def reference_of(world, resource):
    """Of what this resource shows: by the beginning of its name, the member if it is not there."""
    references = {
        "candidate": world.paths["profile"],
        "company_candidate": world.paths["profile"],
        "my_page_consent": world.paths["consent"],
        "my_page_look": world.paths["look"],
        "deck": world.paths["deck"],
        "relay_withdraw": world.member.reference,
        "relay": world.paths["relay"],
        "agenda": world.paths["appointment"],
        "staff_diagnostic": world.paths["past"],
        "sheet": world.paths["session"],
        "presence": world.paths["booking"],
        "member_event": world.paths["event"],
        "meeting_guest": world.paths["event"],
        "prescriber_session": world.paths["session"],
        "prescriber_cancel": world.paths["booking"],
        "my_page_video": world.paths["video"],
        "volunteer": world.paths["profile"],
        "upload": world.paths["upload"],
        "diagnostic_start": world.member.reference,
        "diagnostic": world.paths["diagnostic"],
        "roadmap_start": world.paths["diagnostic"],
        "roadmap": world.paths["roadmap"],
        "agreement_start": world.paths["roadmap"],
        "agreement": world.paths["agreement"],
        **passport_world.references(world),
    }
    return next((value for start, value in references.items() if resource.startswith(start)), world.member.reference)


def answer_of(response):
    if response.status_code in {301, 302}:
        return "lg" if response.url.startswith(LOGIN) else "go"
    return "ok" if response.status_code in {200, 206} else str(response.status_code)


def drained(response):
    if response.streaming:
        b"".join(response)
    return response


def first_of_each_answer(row):
    return {answer: person for person, answer in reversed(ROWS[row].items())}.values()


def ways_of(row):
    """Otherwise than by GET: how a row that is not a demand may be asked for."""
    return [Client.head, part] if row.startswith("file:") else [Client.head]


def part(client, path):
    return client.get(path, headers={"Range": "bytes=0-1"})


def empty_demand(client, path):
    return client.post(path, {})


def wrong_cells(world, row, ways):
    """Who gets something else than the table says, by one of the `ways` in which they ask: a list for each person."""
    path = path_to(world, row.removeprefix("POST "))
    wrong = {}
    for person, asked in ways.items():
        expected = ROWS[row][person]
        with transaction.atomic():
            got = {answer_of(drained(ask(world.browsers[person], path))) for ask in asked}
            transaction.set_rollback(True)
        if got != {expected}:
            wrong[person] = f"{expected} expected, got {sorted(got)}"
    return wrong


@pytest.mark.parametrize("row", ROWS)
def test_everybody_gets_what_the_table_says(world, row):
    ways = {person: [empty_demand if row.startswith("POST ") else Client.get] for person in ROWS[row]}
    if not row.startswith("POST "):
        for person in first_of_each_answer(row):
            ways[person] = [Client.get, *ways_of(row)]

    assert wrong_cells(world, row, ways) == {}


@pytest.mark.trial
@pytest.mark.parametrize("row", [row for row in ROWS if not row.startswith("POST ")])
def test_everybody_else_gets_the_same_by_head_and_by_parts(world, row):
    others = set(ROWS[row]) - set(first_of_each_answer(row))

    assert wrong_cells(world, row, dict.fromkeys(others, ways_of(row))) == {}


def test_every_address_of_the_site_is_in_the_table():
    """In the table, among what anybody may read, or in the pages of one's own account."""
    told = {row.removeprefix("POST ") for row in ROWS} | PUBLIC_VIEWS | OWN_ACCOUNT

    assert {name for name, view in VIEWS if name not in told and not is_of_an_account(view)} == set()


def is_of_an_account(view):
    return view.callback.__module__.startswith(("allauth.", "accounts.authentication"))


def test_everybody_in_the_table_is_in_the_world(world):
    assert set(PEOPLE) == {"V", *world.people}


@pytest.mark.parametrize("name", sorted(OWN_ACCOUNT))
def test_everybody_reaches_their_own_account_and_strangers_none(world, name):
    assert answer_of(Client().get(reverse(name))) == "lg"
    for person in world.people:
        answer = world.browsers[person].get(reverse(name))
        assert answer.status_code == 200 or answer.url.startswith("/compte/"), person
