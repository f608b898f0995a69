"""Nothing that is not public is read anywhere: the tier, the site map, the feeds, the calendars."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Collection

from tests.factories import (
    make_departement,
    make_file,
    make_film,
    make_guide,
    make_home,
    make_news,
    make_page,
    make_picture,
    make_session,
    make_video,
)

pytestmark = pytest.mark.django_db

MARKER = "ornithorynque"
EVERYWHERE = [
    "/api/v2/pages/?fields=*&limit=100",
    "/api/v2/sessions/?fields=*&when=all&limit=100",
    "/api/v2/departements/?fields=*",
    f"/api/v2/pages/?search={MARKER}&fields=*",
    f"/api/v2/sessions/?search={MARKER}&fields=*&when=all",
    f"/api/v2/pages/?slug={MARKER}&fields=*",
    "/sitemap.xml",
    "/actualites/flux/",
    "/departements/93-seine-saint-denis/flux/",
    "/reunions/calendrier.ics",
]


def everything_said(client, *more):
    answers = [client.get(address) for address in (*EVERYWHERE, *more)]
    # What was asked for is not repeated: a title that comes back was read.
    return "".join(answer.content.decode() for answer in answers if answer.status_code == 200)


@pytest.fixture(autouse=True)
def site():
    make_departement("93")
    make_news(title="Publique", departements=[make_departement("93")])
    make_session(title="Ouverte")


def test_what_is_public_is_found_there(client):
    said = everything_said(client)

    assert "Publique" in said
    assert "Ouverte" in said


@pytest.mark.parametrize("make", [make_news, make_guide, make_video, make_page])
def test_a_draft_is_not_said(client, make):
    draft = make(title=MARKER, live=False)

    assert MARKER not in everything_said(client)
    assert client.get(f"/api/v2/pages/{draft.pk}/").status_code == 404


def test_a_page_shows_what_was_published_not_what_is_being_written(client):
    news = make_news(title="Avant")
    news.title = news.summary = MARKER
    news.body = [("text", f"<p>{MARKER}</p>")]
    news.save_revision()

    assert MARKER not in everything_said(client, f"/api/v2/pages/{news.pk}/", news.address)


def test_a_page_taken_back_is_no_longer_said(client):
    news = make_news(title=MARKER)
    assert MARKER in everything_said(client)

    news.unpublish()

    assert MARKER not in everything_said(client, f"/api/v2/pages/{news.pk}/")


def test_a_page_that_has_expired_is_not_said(client):
    news = make_news(title=MARKER)
    type(news).objects.filter(pk=news.pk).update(expire_at=timezone.now() - timedelta(seconds=1))

    assert MARKER not in everything_said(client)
    assert client.get(f"/api/v2/pages/{news.pk}/").status_code == 404


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_restricted_page_and_those_below_are_not_said(client, kind):
    parent = make_page(title=f"{MARKER} parent")
    child = make_page(title=f"{MARKER} enfant", parent=parent)
    assert MARKER in everything_said(client)

    parent.view_restrictions.create(restriction_type=kind, password="x")

    assert MARKER not in everything_said(client)
    assert client.get(f"/api/v2/pages/{child.pk}/").status_code == 404
    assert client.get(f"/api/v2/pages/find/?html_path={child.address}").status_code == 404


def test_a_public_page_does_not_name_a_parent_that_is_not(client):
    parent = make_page(title=MARKER, slug="au-dessus")
    child = make_page(parent=parent)
    parent.unpublish()

    assert MARKER not in everything_said(client)
    assert client.get(f"/api/v2/pages/{child.pk}/").json()["meta"]["parent"] is None


@pytest.mark.parametrize("publish_at", [None, "later"])
def test_a_session_that_is_not_announced_is_not_said(client, publish_at):
    later = timezone.now() + timedelta(days=1) if publish_at else None
    session = make_session(title=MARKER, publish_at=later)

    assert MARKER not in everything_said(client)
    assert client.get(f"/api/v2/sessions/{session.reference}/").status_code == 404


def test_the_link_of_a_session_is_for_nobody(client):
    session = make_session(online_url=f"https://example.org/{MARKER}")
    more = [f"/api/v2/sessions/{session.reference}/", session.get_absolute_url()]

    assert MARKER not in everything_said(client, *more)
    assert client.get(more[0]).json()["online"] is True


def test_originals_of_pictures_are_named_nowhere(client):
    picture = make_picture(title=MARKER)
    make_news(image=picture, body=[("picture", {"image": picture, "caption": ""})])

    said = everything_said(client)

    assert MARKER not in said
    assert "original_images" not in said
    assert "/prive/" not in said


def test_a_file_of_a_closed_collection_is_not_said(client):
    closed = Collection.get_first_root_node().add_child(name="Fermée")
    below = closed.add_child(name="Dessous")
    file, film = make_file(title=MARKER, collection=below), make_film(title=MARKER, collection=closed)
    html = f'<p><a linktype="document" id="{file.pk}">lien</a></p>'
    blocks = [("file", {"document": file, "title": ""}), ("film", {"media": film, "caption": ""}), ("text", html)]
    news, guide, video = make_news(body=blocks), make_guide(document=file), make_video(media=film)
    details = [f"/api/v2/pages/{page.pk}/" for page in (news, guide, video)]
    assert MARKER in everything_said(client, *details)

    closed.view_restrictions.create(restriction_type="login")

    assert MARKER not in everything_said(client, *details)
    assert file.filename not in everything_said(client, *details)
    assert client.get(details[1]).json()["file"] is None
    assert [block["type"] for block in client.get(details[0]).json()["body"]] == ["text"]


def test_nothing_is_said_of_people(client):
    news = make_news()
    news.owner = None
    make_home()

    said = everything_said(client, f"/api/v2/pages/{news.pk}/")

    for name in ("owner", "latest_revision", "draft_title", "locked", "password", "online_url", "go_live_at"):
        assert f'"{name}"' not in said
