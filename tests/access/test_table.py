"""The table of who gets what, walked whole: every resource, everybody, by GET, HEAD, Range and POST."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Collection

from tests.access.table import OWN_ACCOUNT, PEOPLE, ROWS
from tests.test_project import PUBLIC_VIEWS, VIEWS

LOGIN = "/compte/connexion/"


def path_to(world, resource):
    """An address of this resource, about the member concerned."""
    if resource in world.fixed:
        return world.fixed[resource]
    references = {
        "candidate": world.paths["profile"],
        "company_candidate": world.paths["profile"],
        "my_page_consent": world.paths["consent"],
        "my_page_look": world.paths["look"],
        "deck": world.paths["deck"],
        "my_page_video": world.paths["video"],
        "volunteer": world.paths["profile"],
        "upload": world.paths["upload"],
    }
    about = next((value for start, value in references.items() if resource.startswith(start)), world.member.reference)
    collection = Collection.objects.filter(depth=2).first().pk
    film = world.paths["video"]
    given = {
        "film": film,
        "given": "x",
        "reference": about,
        "position": 1,
        "action": "monter",
        "pk": collection,
        "collection_id": collection,
    }
    names = next(iter(get_resolver().reverse_dict.getlist(resource)))[0][0][1]
    return reverse(resource, kwargs={name: given[name] for name in names})


def answer_of(response):
    if response.status_code in {301, 302}:
        return "lg" if response.url.startswith(LOGIN) else "go"
    return "ok" if response.status_code in {200, 206} else str(response.status_code)


def drained(response):
    if response.streaming:
        b"".join(response)
    return response


@pytest.mark.parametrize("row", ROWS)
def test_everybody_gets_what_the_table_says(world, row):
    posts = row.startswith("POST ")
    path = path_to(world, row.removeprefix("POST "))
    wrong = {}
    for person, expected in ROWS[row].items():
        with transaction.atomic():
            client = world.browsers[person]
            asked = client.post(path, {}) if posts else client.get(path)
            got = {answer_of(drained(asked))}
            if not posts:
                got.add(answer_of(drained(client.head(path))))
            if row.startswith("file:"):
                got.add(answer_of(drained(client.get(path, headers={"Range": "bytes=0-1"}))))
            transaction.set_rollback(True)
        if got != {expected}:
            wrong[person] = f"{expected} expected, got {sorted(got)}"

    assert wrong == {}


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
