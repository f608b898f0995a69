"""What an automatic check of accessibility finds: nothing, on any type of page."""

import pytest

from tests.browser.small_site import PAGES

pytestmark = pytest.mark.browser

WIDTHS = [360, 1440]
# What a scheme can change; everything else is looked for once a width.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_accessibility_finding(visit, axe, name):
    page = visit(name)

    findings = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in [("light", None), ("dark", COLOUR_RULES)]:
            page.emulate_media(color_scheme=scheme)
            findings += [(scheme, width, *found) for found in axe(page, rules)]

    assert findings == []
