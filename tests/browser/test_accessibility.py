"""What an automatic check of accessibility finds: nothing, on any type of page."""

import pytest

from tests.browser.small_site import EACH_PAGE

pytestmark = pytest.mark.browser

WIDTHS = [360, 1440]
# What a scheme can change; everything else is looked for once a width.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]


@pytest.fixture
def page(tab):
    return tab


def findings(page, axe):
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in [("light", None), ("dark", COLOUR_RULES)]:
            page.emulate_media(color_scheme=scheme)
            found += [(scheme, width, *finding) for finding in axe(page, rules)]
    return found


@pytest.mark.parametrize("name", EACH_PAGE)
def test_a_page_has_no_accessibility_finding(visit, axe, name):
    page = visit(name)

    assert findings(page, axe) == []


def test_a_form_with_errors_has_no_accessibility_finding(visit, axe):
    page = visit("contact")

    page.get_by_role("button", name="Envoyer").click()

    assert page.locator(".error-summary").is_visible()
    assert findings(page, axe) == []
