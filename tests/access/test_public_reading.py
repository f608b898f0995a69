"""What is public is the same for everybody: to be logged in, whoever one is, adds nothing to it."""

import pytest

from tests.access.marks import MARKS
from tests.access.table import PEOPLE
from tests.factories import make_news

pytestmark = pytest.mark.django_db

FOR_MACHINES = [
    "/api/v2/pages/?fields=*",
    "/api/v2/pages/?search=zqx",
    "/api/v2/sessions/?fields=*",
    "/api/v2/departements/?fields=*",
    "/api/v2/documents/",
    "/api/v2/images/",
    "/api/v2/media/",
    "/api/v3/pages/",
    "/actualites/flux/",
    "/reunions/calendrier.ics",
    "/sitemap.xml",
    "/robots.txt",
]
RESULT = b'class="result'


def seen(browser, address):
    answer = browser.get(address)
    return answer.status_code, b"".join(answer) if answer.streaming else answer.content


@pytest.mark.parametrize("address", FOR_MACHINES)
def test_data_feeds_and_site_maps_are_the_same_for_everybody(world, address):
    make_news()  # an empty feed was updated just now
    stranger = seen(world.browsers["V"], address)

    for person in PEOPLE:
        assert seen(world.browsers[person], address) == stranger, person


def test_the_public_search_finds_nothing_private_for_anybody(world):
    make_news(title="Une nouvelle pour tous")

    for person in PEOPLE:
        browser = world.browsers[person]
        assert RESULT in seen(browser, "/recherche/?q=nouvelle")[1], person
        for word in ("zqx", *MARKS.values()):
            assert RESULT not in seen(browser, f"/recherche/?q={word}")[1], (person, word)
