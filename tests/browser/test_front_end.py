"""What a page asks of a browser: nothing wrong, nothing from elsewhere."""

import pytest

from tests.browser.conftest import settle, watch
from tests.browser.small_site import FAILURES, PAGES

pytestmark = pytest.mark.browser

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


@pytest.fixture
def page(tab):
    return tab


@pytest.mark.parametrize("name", PAGES)
def test_a_page_does_nothing_wrong(site, visit, page, name):
    """No error, nothing refused, nothing from elsewhere; each picture with its dimensions and its choice of sizes."""
    with watch(page, site.url) as problems:
        visit(name)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        settle(page)

    assert page.evaluate(UNMEASURED) == []
    expected = expected_problems(site, name)
    assert len(problems) == len(expected), problems
    assert all(known in problem for known, problem in zip(expected, problems, strict=True)), problems


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_carries_strict_headers(site, client, name):
    headers = client.get(site.path(name)).headers

    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    # The address of a booking is a secret.
    assert headers["referrer-policy"] == ("same-origin" if name == "booking" else "strict-origin-when-cross-origin")
    assert "camera=()" in headers["permissions-policy"]
    assert headers["x-frame-options"] == "DENY"
