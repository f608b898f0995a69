"""Every hostile value, for every parameter, to every kind of public page, on the database of the run."""

from itertools import product
from urllib.parse import urlencode

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hostile import (
    API_PARAMETERS,
    API_VALUES,
    FORM_FIELDS,
    FORM_VALUES,
    HEADERS,
    PARAMETERS,
    PATHS,
    QUERIES,
    TEXTS,
    VALUES,
    make_api,
    make_site,
)
from tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.trial]

LEAST = 18_000
# Lists read their parameters; a page of one thing must not mind them.
LISTS = ["home", "actualites", "guides", "videos", "search", "info_sessions", "past_sessions", "schedule_calendar"]
LISTED = ["departement", "news_feed", "tag_feed", "contact"]
ALONE = ["news", "guide", "video", "page", "session", "past", "calendar", "site_map", "sitemap", "robots", "file"]
DATA = ["pages", "departements", "sessions", "pages/find"]
UNREAD = PARAMETERS[:4]


def values_for(name):
    """Pairs of a parameter and a value to try on the page of that name."""
    if name in LISTS:
        return list(product(PARAMETERS, VALUES))
    return list(product(PARAMETERS if name in LISTED else UNREAD, TEXTS))


def data_values():
    return list(product(API_PARAMETERS, (*API_VALUES, *VALUES[::2])))


def planned():
    pages = [*LISTS, *LISTED, *ALONE]
    each = len(pages) * (len(QUERIES) + len(HEADERS))
    return sum(len(values_for(name)) for name in pages) + each + len(DATA) * len(data_values())


def say(tell, visitor, what):
    tell(f"{connection.vendor}: {visitor.tried} requests to {what}, {len(visitor.failures)} failures")
    assert visitor.failures == []


def test_the_trial_is_as_long_as_promised(tell):
    tell(f"{planned()} requests planned, forms, paths and random texts apart")

    assert planned() >= LEAST


@pytest.mark.parametrize("name", [*LISTS, *LISTED, *ALONE])
def test_a_page_withstands_everything(tell, name):
    visitor, path = Visitor(), make_site()[name]
    for parameter, value in values_for(name):
        visitor.query(path, urlencode({parameter: value}))
    for query in QUERIES:
        visitor.query(path, query)
    for header in HEADERS:
        visitor.get(path, **header)

    say(tell, visitor, name)


@pytest.mark.parametrize("name", DATA)
def test_the_data_withstand_everything(tell, name):
    make_site()
    visitor, path = Visitor(), make_api()[name]
    for parameter, value in data_values():
        visitor.query(path, urlencode({parameter: value}))

    say(tell, visitor, path)


def test_a_form_withstands_everything(tell):
    visitor, path = Visitor(), make_site()["contact"]
    for field, value in product(FORM_FIELDS, FORM_VALUES):
        visitor.send(
            "POST", path, urlencode({field: value}, errors="replace").encode(), "application/x-www-form-urlencoded"
        )

    say(tell, visitor, "the form")


def test_every_address_withstands_every_ending(tell):
    visitor = Visitor()
    for path, ending in product(make_site().values(), [*PATHS[:20], "x", "x/", "/x.css", ";x.css", "%2fx.css"]):
        visitor.get(path.rstrip("/") + ending)

    say(tell, visitor, "paths below")


def test_the_search_and_the_data_withstand_any_text(tell):
    addresses, visitor = make_site(), Visitor()
    targets = [(addresses["search"], "q"), ("/api/v2/pages/", "search"), (addresses["actualites"], "mot")]

    @settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=60), st.sampled_from(targets))
    def ask(text, target):
        visitor.query(target[0], urlencode({target[1]: text}, errors="surrogatepass"))

    ask()

    say(tell, visitor, "the search, with random texts")
