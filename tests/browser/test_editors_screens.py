"""What the editors' interface asks of a browser: nothing wrong, nothing from elsewhere."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from accounts.models import User
from events.models import InfoSession
from guides.models import GuidePage
from news.models import NewsPage
from tests.browser.conftest import watch
from tests.factories import make_admin
from tests.logins import bring_in
from videos.models import VideoPage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def editor_address(site):
    """Pages of the editors' interface by name, and an account that may open them."""
    make_admin(email="editrice@example.org")
    edit = {model: reverse("wagtailadmin_pages:edit", args=[model.objects.first().pk]) for model in EDITED}
    session = InfoSession.objects.first()
    addresses = {model.__name__: address for model, address in edit.items()} | {
        "dashboard": reverse("wagtailadmin_home"),
        "session": reverse(InfoSession.snippet_viewset.get_url_name("edit"), args=[session.pk]),
        "new session": reverse(InfoSession.snippet_viewset.get_url_name("add")),
        "new picture": reverse("wagtailimages:add_multiple"),
        "new document": reverse("wagtaildocs:add_multiple"),
        "new film": reverse("wagtailmedia:add", args=["video"]),
        "pictures": reverse("wagtailimages:index"),
    }
    return {name: site.url + address for name, address in addresses.items()}


EDITED = [NewsPage, GuidePage, VideoPage]
SCREENS = ["dashboard", "NewsPage", "GuidePage", "VideoPage", "session", "new session"]
SCREENS += ["new picture", "new document", "new film", "pictures"]


@pytest.fixture
def editor(site, page, editor_address):
    bring_in(page.context, site.url, User.objects.get(email="editrice@example.org"))
    return page


def test_the_editors_screens_do_nothing_wrong(site, page, editor, editor_address):
    with watch(page, site.url) as problems:
        for name in SCREENS:
            answer = editor.goto(editor_address[name])
            editor.wait_for_load_state("networkidle")
            assert answer.status == 200
            assert urlsplit(editor.url).path == urlsplit(editor_address[name]).path
            assert problems == [], name
