"""What machines ask for at the addresses they know."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import Page

from association.models import Identity
from home import sitemaps
from pages.models import BasePageQuerySet
from tests.factories import make_departement, make_guide, make_home, make_news, make_page, make_session, make_video

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def locations(client, path="/sitemap.xml"):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    root = ElementTree.fromstring(response.content)  # noqa: S314  # our own answer
    return [each.text.removeprefix(SITE) for each in root.iterfind("*/s:loc", NAMESPACE)]


def test_the_site_map_has_every_public_address_once(client):
    pages = [make_news(), make_guide(), make_video(), make_page()]
    departement, session = make_departement("75"), make_session()
    make_session(starts_in=timedelta(days=-7), title="Passée")

    found = locations(client)

    assert {page.address for page in pages} < set(found)
    assert {"/", "/reunions/", "/plan-du-site/", session.get_absolute_url()} < set(found)
    assert departement.get_absolute_url() in found
    assert len(found) == len(set(found))
    assert [address for address in found if client.get(address).status_code != 200] == []


def test_the_site_map_says_when_a_page_changed(client):
    make_news()

    assert f"<lastmod>{timezone.localdate():%Y-%m-%d}</lastmod>" in client.get("/sitemap.xml").content.decode()


def test_what_is_not_public_is_not_in_the_site_map(client):
    private, expired = make_page(slug="privee"), make_news(slug="expiree")
    child = make_page(parent=private, slug="dessous")
    private.view_restrictions.create(restriction_type="login")
    Page.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    draft, unannounced = make_guide(live=False), make_session(publish_at=None)

    found = locations(client)

    hidden = {private.address, child.address, expired.address, draft.address, unannounced.get_absolute_url()}
    assert hidden.isdisjoint(found)


def test_a_site_map_too_long_for_a_file_is_in_several(client):
    index = make_home()
    number = sitemaps.PER_FILE
    pages = [
        Page(
            title="Page",
            slug=f"p{i}",
            path=f"{index.path}{i:04d}",
            depth=index.depth + 1,
            url_path=f"{index.url_path}p{i}/",
            content_type=index.content_type,
            locale=index.locale,
        )
        for i in range(number)
    ]
    Page.objects.bulk_create(pages)
    assert BasePageQuerySet(Page).open_to_all().count() > number

    files = locations(client)

    assert files[:2] == ["/sitemap-pages-1.xml", "/sitemap-pages-2.xml"]
    assert [len(locations(client, file)) for file in files[:2]] == [number, 1]
    assert client.get("/sitemap-pages-3.xml").status_code == 404
    assert client.get("/sitemap-rien-1.xml").status_code == 404
    assert client.get("/sitemap-pages-0.xml").status_code == 404


def test_the_site_map_does_not_repeat_the_host_asked(client):
    make_home()

    assert b"127.0.0.1" not in client.get("/sitemap.xml", headers={"host": "127.0.0.1"}).content


def test_robots_are_told_where_the_site_map_is(client):
    text = client.get("/robots.txt").content.decode()

    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert "Disallow: /gestion/" in text
    assert "Disallow: /\n" not in text


@pytest.mark.parametrize(
    ("address", "is_demo", "closed"),
    [
        ("https://actess.example", True, True),
        ("https://actess.example", False, False),
        ("http://localhost:8000", True, False),
    ],
)
def test_a_demonstration_online_is_not_for_search_engines(client, settings, address, is_demo, closed):
    settings.WAGTAILADMIN_BASE_URL = address
    Identity.objects.update_or_create(pk=1, defaults={"is_demo": is_demo})

    assert ("Disallow: /\n" in client.get("/robots.txt").content.decode()) is closed


def test_whom_to_tell_of_a_weakness_is_said_for_less_than_a_year(client):
    Identity.objects.update_or_create(pk=1, defaults={"email": "securite@example.org"})

    response = client.get("/.well-known/security.txt")
    said = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires_at = datetime.strptime(said["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert said["Contact"] == "mailto:securite@example.org"
    assert said["Preferred-Languages"] == "fr, en"
    assert timedelta(days=300) < expires_at - timezone.now() < timedelta(days=365)


def test_a_weakness_is_told_by_the_form_where_there_is_no_address(client):
    assert b"Contact: http://localhost:8000/contact/" in client.get("/.well-known/security.txt").content


def test_the_icon_is_where_browsers_look_for_it(client):
    response = client.get("/favicon.ico")

    icon = client.get(response.url)
    icon.close()
    assert response.status_code == 301
    assert icon["Content-Type"] == "image/png"


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/favicon.ico"])
def test_machines_only_read(client, path):
    make_home()

    assert client.post(path).status_code in (403, 405)
    assert client.head(path).status_code in (200, 301)
