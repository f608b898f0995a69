"""What a page asks of a browser and of a line: nothing wrong, nothing from elsewhere, little."""

import gzip
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from events.models import InfoSession
from guides.models import GuidePage
from news.models import NewsPage
from tests.browser.conftest import watch
from tests.browser.small_site import FAILURES, PAGES
from tests.factories import make_admin
from videos.models import VideoPage

pytestmark = pytest.mark.browser

KB = 1000
HEAVY = ["home", "news list", "article", "video", "session"]
ANSWERS = [name for name in PAGES if name not in FAILURES]
UNMEASURED = """() => [...document.querySelectorAll("img")]
    .filter((image) => {
        const measured = image.hasAttribute("width") && image.hasAttribute("height");
        const chosen = image.sizes && (image.srcset || image.closest("picture")?.querySelector("source[srcset]"));
        const drawn = new URL(image.src).pathname.endsWith(".svg");
        return !measured || !(chosen || drawn || image.closest(".film"));
    })
    .map((image) => image.outerHTML)"""


def expected_problems(site, name):
    """A browser says in its console that a page was an error, which these are meant to be."""
    return [] if site.status(name) == 200 else [f"the server responded with a status of {site.status(name)}"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_does_nothing_wrong(site, visit, page, name):
    """No error, nothing refused, nothing from elsewhere; each picture with its dimensions and its choice of sizes."""
    problems = watch(page, site.url)

    visit(name)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")

    assert page.evaluate(UNMEASURED) == []
    expected = expected_problems(site, name)
    assert len(problems) == len(expected), problems
    assert all(known in problem for known, problem in zip(expected, problems, strict=True)), problems


@pytest.mark.parametrize("name", HEAVY)
def test_a_first_visit_is_light(site, visit, page, name):
    answers = []
    page.on("response", lambda answer: answers.append(answer))

    visit(name)
    page.wait_for_load_state("networkidle")

    weights = dict.fromkeys(("document", "stylesheet", "script", "font"), 0)
    for answer in answers:
        kind = answer.request.resource_type
        if kind in weights:
            weights[kind] += len(answer.body() if kind == "font" else gzip.compress(answer.body()))
    assert all(weights.values())
    assert weights.pop("font") <= 80 * KB
    assert sum(weights.values()) <= 60 * KB


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_carries_strict_headers(site, client, name):
    headers = client.get(site.path(name)).headers

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["x-frame-options"] == "DENY"


@pytest.fixture(scope="module")
def editor_address(site):
    """Pages of the editors' interface by name, and an account that may open them."""
    make_admin(email="editrice@example.org", password="only-for-this-test")
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
    page.goto(site.url + reverse("wagtailadmin_login"))
    page.locator("[name=username]").fill("editrice@example.org")
    page.locator("[name=password]").fill("only-for-this-test")
    page.locator("button[type=submit]").click()
    page.wait_for_url(editor_address["dashboard"])
    return page


def test_the_editors_screens_do_nothing_wrong(site, page, editor, editor_address):
    problems = watch(page, site.url)

    for name in SCREENS:
        answer = editor.goto(editor_address[name])
        editor.wait_for_load_state("networkidle")
        assert answer.status == 200
        assert urlsplit(editor.url).path == urlsplit(editor_address[name]).path
        assert problems == [], name
