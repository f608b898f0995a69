"""Pages at 400 %, in small windows, without motion and in the reader's own colours."""

from pathlib import Path

import pytest

from tests.browser.small_site import EACH_PAGE, LAYOUTS
from tests.browser.test_keyboard import RESTYLE, STOPS

pytestmark = pytest.mark.browser

MEASURES = (Path(__file__).parent / "measures.js").read_text()
# 1280 px at 400 %.
ZOOMED = 320
SMALLEST_TEXT, SMALLEST_TARGET = 14, 24
SMALL = "(least) => measures.small(least)"


@pytest.fixture
def page(tab):
    return tab


@pytest.fixture
def measured(visit):
    def open_page(name, width):
        page = visit(name, width)
        page.evaluate(MEASURES)
        page.evaluate(STOPS)
        return page

    return open_page


def small_targets(page):
    targets = page.evaluate("stops.targets()")
    return [target for target in targets if min(target["place"]["width"], target["place"]["height"]) < SMALLEST_TARGET]


@pytest.mark.parametrize("name", EACH_PAGE)
def test_a_page_fits_a_window_of_320_pixels(measured, name):
    page = measured(name, ZOOMED)

    assert page.evaluate("measures.width()") == ZOOMED
    assert page.evaluate("measures.outside()") == []
    assert page.evaluate("measures.clipped()") == []
    assert page.evaluate(SMALL, SMALLEST_TEXT) == []
    assert small_targets(page) == []


def test_what_does_not_fit_is_noticed(measured):
    page = measured("site map", ZOOMED)

    page.evaluate(
        RESTYLE, "h1 { width: 500px } h2 { height: 8px; overflow: hidden } main a { display: block; font-size: 9px }"
    )

    assert page.evaluate("measures.width()") > ZOOMED
    assert any(found.startswith("h1") for found in page.evaluate("measures.outside()"))
    assert any(found.startswith("h2") for found in page.evaluate("measures.clipped()"))
    assert page.evaluate(SMALL, SMALLEST_TEXT)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_page_obeys_the_settings_of_its_reader(measured, page, name):
    """Nothing small, nothing that moves for who asked for no motion, controls with an edge in other colours."""
    measured(name, 1280)
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate("measures.moving()")

    page.emulate_media(reduced_motion="reduce", forced_colors="active")

    assert page.evaluate("measures.moving()") == []
    assert page.evaluate("measures.edgeless()") == []
    assert page.evaluate(SMALL, SMALLEST_TEXT) == []
    assert small_targets(page) == []
