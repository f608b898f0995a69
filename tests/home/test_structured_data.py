"""What each page says of itself to search engines and to who shares it."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from association.models import Identity
from tests.factories import (
    make_contact,
    make_departement,
    make_film,
    make_guide,
    make_guide_index,
    make_home,
    make_news,
    make_news_index,
    make_page,
    make_picture,
    make_session,
    make_video,
    make_video_index,
)

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
META = re.compile(r'<meta property="(og:[\w:]+)" content="([^"]*)">')
# What schema.org's readers ask of each type.
REQUIRED = {
    "Organization": {"@id", "name", "url", "logo"},
    "BreadcrumbList": {"itemListElement"},
    "NewsArticle": {"headline", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage", "url"},
    "Event": {"name", "startDate", "endDate", "location", "eventStatus", "eventAttendanceMode", "organizer", "url"},
    "VideoObject": {
        "name",
        "description",
        "thumbnailUrl",
        "uploadDate",
        "duration",
        "contentUrl",
        "transcript",
        "caption",
    },
}


def nodes(client, path):
    """The graph of the page, by type, each checked for what its type requires."""
    [written] = JSON_LD.findall(client.get(path).content.decode())
    data = json.loads(written)
    assert data["@context"] == "https://schema.org"
    found = {node["@type"]: node for node in data["@graph"]}
    assert len(found) == len(data["@graph"])
    for kind, node in found.items():
        assert REQUIRED[kind] <= node.keys(), kind
        assert all(node.values()), node
    return found


def og(client, path):
    return dict(META.findall(client.get(path).content.decode()))


def test_every_page_names_the_association(client):
    Identity.objects.update_or_create(
        pk=1, defaults={"name": "Actess", "city": "Paris", "postcode": "75010", "telephone": "0199000000"}
    )
    make_home()

    association = nodes(client, "/")["Organization"]

    assert association["address"]["addressLocality"] == "Paris"
    assert association["logo"].startswith(SITE)
    assert association["telephone"] == "0199000000"


def test_a_page_says_where_it_stands(client):
    news = make_news(title="Un poste")

    steps = nodes(client, news.address)["BreadcrumbList"]["itemListElement"]

    assert [step["position"] for step in steps] == [1, 2, 3]
    assert [step["item"] for step in steps] == [f"{SITE}/", f"{SITE}/actualites/", f"{SITE}{news.address}"]
    assert steps[-1]["name"] == "Un poste"


def test_the_front_page_stands_nowhere(client):
    make_home()

    assert nodes(client, "/").keys() == {"Organization"}


def test_an_article_says_who_published_it_and_when(client):
    news = make_news(title="T" * 150, image=make_picture(), tags=["Vélo"])

    article = nodes(client, news.address)["NewsArticle"]

    assert len(article["headline"]) == 110
    assert article["datePublished"] == "2026-11-01"
    assert datetime.fromisoformat(article["dateModified"]).tzinfo
    assert article["publisher"] == article["author"] == {"@id": f"{SITE}/#association"}
    assert article["image"][0].startswith(f"{SITE}/media/images/")
    assert article["keywords"] == ["Vélo"]


def test_a_link_says_what_it_speaks_of(client):
    news = make_news(kind="link", source_name="Le Journal", source_url="https://example.org/article")

    assert nodes(client, news.address)["NewsArticle"]["isBasedOn"] == "https://example.org/article"


def test_a_film_says_its_length_its_captions_and_its_words(client):
    film = make_film(duration=112, transcript="<p>Bonjour.</p><p>Bienvenue.</p>")

    video = nodes(client, make_video(media=film).address)["VideoObject"]

    assert video["duration"] == "PT1M52S"
    assert video["transcript"] == "Bonjour. Bienvenue."
    assert video["caption"]["encodingFormat"] == "text/vtt"
    for address in (video["contentUrl"], video["thumbnailUrl"][0], video["caption"]["contentUrl"]):
        assert client.get(address.removeprefix(SITE)).status_code == 200


def test_a_session_says_when_and_where(client):
    session = make_session()

    event = nodes(client, session.get_absolute_url())["Event"]

    assert event["startDate"] == timezone.localtime(session.starts_at).isoformat()
    assert event["location"]["@type"] == "Place"
    assert event["location"]["address"]["addressLocality"] == "Saint-Aubin"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["offers"]["price"] == "0"


def test_an_online_session_does_not_say_its_link(client):
    session = make_session(online_url="https://example.org/secret")

    event = nodes(client, session.get_absolute_url())["Event"]

    assert event["location"] == {"@type": "VirtualLocation", "url": f"{SITE}{session.get_absolute_url()}"}
    assert event["eventAttendanceMode"].endswith("/OnlineEventAttendanceMode")


def test_a_session_without_a_place_yet_has_a_location_all_the_same(client):
    session = make_session(place=None, departement=make_departement("91"))

    location = nodes(client, session.get_absolute_url())["Event"]["location"]

    assert location["address"]["addressRegion"] == "Essonne"


def test_a_cancelled_session_says_so(client):
    session = make_session(cancelled_at=timezone.now(), starts_in=timedelta(days=2))

    event = nodes(client, session.get_absolute_url())["Event"]

    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert "offers" not in event


def test_no_title_can_close_the_element(client):
    news = make_news(title="</script><script>alert(1)</script>", slug="piege")

    assert nodes(client, news.address)["NewsArticle"]["headline"].startswith("</script>")


PAGES = [
    make_home,
    make_news_index,
    make_news,
    make_guide_index,
    make_guide,
    make_video_index,
    make_video,
    make_page,
    make_contact,
]


@pytest.mark.parametrize("make", PAGES, ids=lambda make: make.__name__)
def test_a_shared_page_says_its_title_and_its_address(client, make):
    page = make()

    said = og(client, page.address)

    assert said["og:title"] == page.title
    assert said["og:url"] == f"{SITE}{page.address}"
    assert said["og:type"] in {"website", "article", "video.other"}
    assert said["og:locale"] == "fr_FR"


@pytest.mark.parametrize("path", ["/reunions/", "/reunions/archive/", "/plan-du-site/"])
def test_a_shared_list_says_its_title(client, path):
    make_home()

    assert og(client, path)["og:title"]


def test_a_shared_departement_and_session_say_their_titles(client):
    session, departement = make_session(title="Découvrir"), make_departement("75")

    assert og(client, session.get_absolute_url())["og:title"] == "Découvrir"
    assert og(client, departement.get_absolute_url())["og:title"] == "Paris"


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (lambda: make_news(image=make_picture(size=(1600, 900))), ("1200", "630")),
        (lambda: make_video(media=make_film(width=854, height=480)), ("854", "480")),
    ],
)
def test_a_shared_picture_has_a_whole_address_and_dimensions(client, make, size):
    said = og(client, make().address)

    assert said["og:image"].startswith(f"{SITE}/media/")
    assert (said["og:image:width"], said["og:image:height"]) == size
    assert client.get(said["og:image"].removeprefix(SITE)).status_code == 200
