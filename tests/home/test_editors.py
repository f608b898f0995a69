"""Editors write and submit, moderators publish; each sees what is theirs, in French.

The site is set up once for the module: each test works in a transaction of its own.
"""

import re

import pytest
from django.urls import get_resolver
from wagtail.models import Page

from guides.models import GuideIndexPage
from home import site_setup
from home.models import AssociationPage, ContactMessage, HomePage
from news.models import NewsIndexPage, NewsPage
from pages.models import Picture
from pages.slugs import RESERVED
from tests.databases import undone
from tests.factories import (
    make_admin,
    make_contact,
    make_figure,
    make_guide,
    make_news,
    make_page,
    make_picture,
    make_user,
    make_video,
)
from videos.models import VideoIndexPage

# Wagtail's own templates use variables that are not set.
pytestmark = pytest.mark.ignore_template_errors

PAGE = {
    "summary": "",
    "easy_read": "null",
    "seo_title": "",
    "search_description": "",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "body-count": "0",
}
NEWS = PAGE | {"kind": "article", "published_on": "2026-11-01", "comment": "null", "source_name": "", "source_url": ""}


@pytest.fixture(scope="module")
def set_up(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        site_setup.setup_site()
        yield


@pytest.fixture(autouse=True)
def site(set_up):
    with undone():
        yield HomePage.objects.get()


@pytest.fixture
def editor(client, site):
    user = make_user(groups=["Rédaction"], is_staff=True)
    client.force_login(user)
    return user


def add_address(model, parent):
    return f"/gestion/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parent.pk}/"


@pytest.mark.parametrize(
    ("index", "models"),
    [
        (NewsIndexPage, ["news/newspage"]),
        (GuideIndexPage, ["guides/guidepage"]),
        (VideoIndexPage, ["videos/videopage"]),
        (HomePage, ["home/associationpage"]),
    ],
)
def test_an_editor_writes_every_kind_of_page(client, editor, index, models):
    for model in models:
        assert client.get(f"/gestion/pages/add/{model}/{index.objects.get().pk}/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gestion/images/",
        "/gestion/documents/",
        "/gestion/media/",
        "/gestion/snippets/pages/keyfigure/add/",
        "/gestion/snippets/pages/tag/add/",
        "/gestion/snippets/videos/featuredvideo/",
        "/gestion/snippets/association/departement/",
        "/gestion/images/add/",
        "/gestion/documents/multiple/add/",
        "/gestion/media/video/add/",
    ],
)
def test_an_editor_has_the_libraries_and_lists(client, editor, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/gestion/users/", "/gestion/groups/", "/gestion/sites/", "/gestion/workflows/list/", "/gestion/messages/"],
)
def test_an_editor_has_neither_settings_nor_users_nor_messages(client, editor, path):
    assert client.get(path).status_code == 403


# Wagtail sends its notifications the way that Django is leaving.
@pytest.mark.filterwarnings("ignore:get_connection")
def test_an_editor_submits_and_a_moderator_publishes(client, editor):
    index = NewsIndexPage.objects.get()
    data = NEWS | {"title": "Une nouvelle", "slug": "une-nouvelle", "action-submit": "1"}

    client.post(add_address(NewsPage, index), data)

    page = NewsPage.objects.get(slug="une-nouvelle")
    assert not page.live
    assert page.current_workflow_state.workflow.name == "Relecture"

    client.force_login(make_user(groups=["Modération"], is_staff=True))
    approved = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    client.post(f"/gestion/pages/{page.pk}/edit/", NEWS | {"title": page.title, "slug": page.slug} | approved)

    page.refresh_from_db()
    assert page.live


def test_an_editor_does_not_publish(client, editor):
    index = NewsIndexPage.objects.get()
    data = NEWS | {"title": "Une nouvelle", "slug": "une-nouvelle", "action-publish": "1"}

    client.post(add_address(NewsPage, index), data)

    assert not NewsPage.objects.filter(live=True).exists()


def test_a_moderator_has_messages_departements_and_identity(client):
    client.force_login(make_user(groups=["Modération"], is_staff=True))

    for path in ("/gestion/messages/", "/gestion/snippets/association/departement/", "/gestion/redirects/"):
        assert client.get(path).status_code == 200, path
    assert client.get("/gestion/settings/association/identity/").status_code in (200, 302)


def test_the_interface_is_in_french(client, editor):
    content = client.get("/gestion/").content.decode()

    assert '<html lang="fr"' in content
    assert "Tableau de bord" in content or "Bienvenue" in content


@pytest.mark.parametrize("slug", ["reunions", "recherche", "gestion", "api", "espace", "verifier"])
def test_a_page_below_the_home_page_takes_no_address_of_the_site(client, site, slug):
    client.force_login(make_admin())
    data = PAGE | {"title": "Une page", "slug": slug, "action-publish": "1"}

    response = client.post(add_address(AssociationPage, site), data)

    assert not AssociationPage.objects.filter(slug=slug).exists()
    assert f"L’adresse «\u00a0/{slug}/\u00a0» est réservée" in response.content.decode()


def test_nor_does_it_without_an_address_of_its_own(client, site):
    client.force_login(make_admin())

    client.post(add_address(AssociationPage, site), PAGE | {"title": "Recherche", "slug": ""})

    assert not AssociationPage.objects.filter(title="Recherche").exists()


def test_the_same_word_is_free_lower_down(client):
    client.force_login(make_admin())
    parent = make_page(title="Nous")

    client.post(add_address(AssociationPage, parent), PAGE | {"title": "Réunions", "slug": "reunions"})

    assert AssociationPage.objects.filter(slug="reunions").exists()


def test_nor_does_a_move(client, site):
    client.force_login(make_admin())
    page = make_page(parent=make_page(title="Nous"), title="Réunions")

    response = client.post(f"/gestion/pages/{page.pk}/move/{site.pk}/confirm/", follow=True)

    assert Page.objects.get(pk=page.pk).depth == 4
    assert "est réservée" in response.content.decode()


def test_nor_does_a_move_of_several_pages_which_all_stay(client, site):
    client.force_login(make_admin())
    parent = make_page(title="Nous")
    pages = [make_page(parent=parent, title=title) for title in ("Équipe", "Réunions")]
    chosen = "&".join(f"id={page.pk}" for page in pages)

    response = client.post(
        f"/gestion/bulk/wagtailcore/page/move/?{chosen}&next=/gestion/", {"chooser": site.pk}, follow=True
    )

    assert "L’adresse «\u00a0/reunions/\u00a0» est réservée" in response.content.decode()
    assert {page.depth for page in AssociationPage.objects.child_of(parent)} == {4}
    assert AssociationPage.objects.child_of(parent).count() == 2


def test_several_pages_with_free_addresses_move(client, site):
    client.force_login(make_admin())
    page = make_page(parent=make_page(title="Nous"), title="Équipe")

    client.post(f"/gestion/bulk/wagtailcore/page/move/?id={page.pk}&next=/gestion/", {"chooser": site.pk})

    assert Page.objects.get(pk=page.pk).depth == 3


@pytest.mark.parametrize(("slug", "copies"), [("recherche", 0), ("autre", 1)])
def test_nor_does_a_copy(client, site, slug, copies):
    client.force_login(make_admin())
    page = make_page(title="Nous")
    data = {"new_title": "Une copie", "new_slug": slug, "new_parent_page": site.pk}

    response = client.post(f"/gestion/pages/{page.pk}/copy/", data, follow=True)

    assert AssociationPage.objects.filter(slug=slug).count() == copies
    assert ("est réservée" in response.content.decode()) is (copies == 0)


def test_every_first_word_of_the_site_s_addresses_is_reserved_or_a_page(site):
    pages = set(site.get_children().values_list("slug", flat=True))

    words = {word for pattern in get_resolver().url_patterns for word in first_words(pattern)}

    assert {"reunions", "gestion", "recherche"} <= words
    assert words - pages <= RESERVED


def first_words(pattern, before=""):
    """What the addresses under this pattern start with, up to the first slash."""
    text = before + str(pattern.pattern).removeprefix("^")
    if "/" not in text and hasattr(pattern, "url_patterns"):
        return {word for below in pattern.url_patterns for word in first_words(below, text)}
    word = text.split("/")[0]
    return {word} if re.fullmatch(r"[a-z-]+", word) else set()


@pytest.mark.parametrize(
    "make",
    [make_news, make_guide, make_video, make_page, make_contact, HomePage.objects.get, NewsIndexPage.objects.get],
)
def test_every_kind_of_page_has_a_preview(make):
    page = make()

    response = page.make_preview_request(preview_mode=page.default_preview_mode)

    assert response.status_code == 200


@pytest.mark.parametrize("model", [GuideIndexPage, VideoIndexPage])
def test_every_list_has_a_preview(model):
    page = model.objects.get()

    assert page.make_preview_request(preview_mode=page.default_preview_mode).status_code == 200


def test_a_picture_says_what_it_shows(client, editor):
    picture = make_picture()

    client.post(f"/gestion/images/{picture.pk}/", {"title": "Sans texte", "description": "", "collection": "1"})

    assert Picture.objects.get(pk=picture.pk).title != "Sans texte"


def test_messages_are_marked_as_handled_and_nothing_else_changes(client):
    client.force_login(make_user(groups=["Modération"], is_staff=True))
    message = ContactMessage.objects.create(name="Ada", email="ada@example.org", text="Bonjour")
    address = f"/gestion/messages/edit/{message.pk}/"

    client.post(address, {"handled": "on", "name": "Autre", "text": "Autre"})

    message.refresh_from_db()
    assert message.handled_at is not None
    assert (message.name, message.text) == ("Ada", "Bonjour")

    client.post(address, {})

    message.refresh_from_db()
    assert message.handled_at is None


@pytest.mark.parametrize(("value", "names"), [("non", ["Ada"]), ("oui", ["Bob"]), ("", ["Ada", "Bob"])])
def test_messages_are_filtered_by_what_is_left_to_do(client, value, names):
    client.force_login(make_admin())
    ContactMessage.objects.create(name="Ada", email="ada@example.org")
    ContactMessage.objects.create(name="Bob", email="bob@example.org", handled_at="2026-11-01T10:00:00Z")

    content = client.get("/gestion/messages/", {"handled": value}).content.decode()

    assert [name for name in ("Ada", "Bob") if f"de {name}" in content] == names


def test_nobody_writes_a_message_in_a_visitor_s_name(client):
    client.force_login(make_admin())

    assert client.get("/gestion/messages/new/").status_code == 403


def test_lists_of_what_pages_point_to_are_searched(client, editor):
    make_figure(value="40 %")
    make_figure(value="8 %", text="des salariés", year=2021)

    content = client.get("/gestion/snippets/pages/keyfigure/", {"q": "salariés"}).content.decode()

    assert "8 %" in content
    assert "40 %" not in content
