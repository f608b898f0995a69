"""What an automatic check of accessibility finds: nothing, on any type of page."""

import pytest

from tests.browser.following import follow
from tests.browser.small_site import EACH_PAGE

pytestmark = pytest.mark.browser

# A telephone by day, a desk by night: each rule is asked at both widths and in both schemes.
LOOKS = [(360, "light"), (1440, "dark")]
EVERY_LOOK = [(width, scheme) for width in (360, 1440) for scheme in ("light", "dark")]


@pytest.fixture
def page(tab):
    return tab


def findings(page, axe, looks=LOOKS):
    found = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [(scheme, width, *finding) for finding in axe(page)]
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("name", EACH_PAGE)
def test_a_page_has_no_accessibility_finding(visit, axe, name):
    page = visit(name)

    assert findings(page, axe) == []


@pytest.mark.trial
@pytest.mark.parametrize("name", EACH_PAGE)
def test_a_page_has_none_in_any_look(visit, axe, name):
    page = visit(name)

    assert findings(page, axe, EVERY_LOOK) == []


def test_a_form_with_errors_has_no_accessibility_finding(visit, axe):
    page = visit("contact")

    follow(page.get_by_role("button", name="Envoyer"))

    assert page.locator(".error-summary").is_visible()
    assert findings(page, axe) == []
