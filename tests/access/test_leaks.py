"""Whatever a stranger can reach holds not one of the words that stand in the private fields of the world."""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.access.marks import MARKS
from tests.factories import make_page, make_session

pytestmark = pytest.mark.django_db

START = [
    "/",
    "/plan-du-site/",
    "/reunions/",
    "/reunions/archive/",
    "/reunions/calendrier.ics",
    "/actualites/",
    "/actualites/flux/",
    "/guides/",
    "/videos/",
    "/sitemap.xml",
    "/robots.txt",
    "/recherche/?q=zqx",
    *(f"/recherche/?q={word}" for word in MARKS.values()),
    "/api/v2/pages/?fields=*",
    "/api/v2/sessions/?fields=*",
    "/api/v2/departements/?fields=*",
    "/api/v2/pages/?search=zqx",
    "/api/v2/documents/",
    "/api/v2/images/",
    "/api/v2/media/",
    "/api/v3/pages/",
    "/nulle-part/",
    "/?q=%00",
    "/compte/connexion/",
    "/demande-de-compte/",
    "/invitation/zqx/",
    "/espace/",
    "/documents/1/zqx.pdf",
]
LINK = re.compile(rb'(?:href|src|action|loc)[=>]"?([^"<>\s]+)')
# What the public site is made of: names of bodies and people stand in none of these.
PUBLIC_TABLES = [
    "pages_searchentry",
    "wagtailcore_revision",
    "wagtailcore_pagelogentry",
    "wagtailcore_modellogentry",
    "wagtailcore_referenceindex",
    "wagtailsearch_indexentry",
    "django_session",
]
MOST_PAGES = 400


def words_in(content):
    return sorted(kind for kind, word in MARKS.items() if word.encode() in content.lower())


def test_nothing_private_is_found_by_a_stranger_who_follows_every_link(world):
    make_page(title="Une page")
    make_session(title="Une réunion")
    read_by_those_who_may(world)
    caches["local"].clear()
    checked = reverse("check_document", args=[world.passport.code])
    asked = deque([*START, *world.fixed.values(), checked])
    seen, found = set(), {}
    while asked and len(seen) < MOST_PAGES:
        path = asked.popleft()
        if path in seen or not path.startswith("/") or path.startswith(("/static/", "/guide-de-style/", "/courrier/")):
            continue
        seen.add(path)
        answer = Client(raise_request_exception=False).get(path)
        content = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code < 500, path
        if words := [word for word in words_in(content) if MARKS[word] not in path.lower()]:
            found[path] = words
        asked.extend(
            urlsplit(urljoin(path, link.decode(errors="replace")))._replace(scheme="", netloc="", fragment="").geturl()
            for link in LINK.findall(content)
        )

    assert len(seen) > len(START)
    assert found == {}


def read_by_those_who_may(world):
    """So that anything kept on the way would be found."""
    for person, name in [("M", "member_space"), ("M", "my_page"), ("C", "members"), ("E", "company_candidates")]:
        assert world.browsers[person].get(reverse(name)).status_code == 200


def test_nothing_private_is_copied_to_what_the_site_shows_or_logs(world):
    present = set(connection.introspection.table_names())

    found = {}
    for table in sorted(set(PUBLIC_TABLES) & present):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  # a name of the list above
            content = repr(cursor.fetchall()).encode()
        if words := words_in(content):
            found[table] = words

    assert found == {}
