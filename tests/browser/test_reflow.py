"""Pages at 400 %, in small windows, without motion and in the reader's own colours."""

from pathlib import Path

import pytest

from tests.browser.small_site import LAYOUTS, PAGES
from tests.browser.test_keyboard import STOPS

pytestmark = pytest.mark.browser

MEASURES = (Path(__file__).parent / "measures.js").read_text()
# 1280 px at 400 %.
ZOOMED = 320
SMALLEST_TEXT, SMALLEST_TARGET = 14, 24


@pytest.fixture
def measured(visit):
    def open_page(name, width):
        page = visit(name, width)
        page.evaluate(MEASURES)
        page.evaluate(STOPS)
        return page

    return open_page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_window_of_320_pixels(measured, name):
    page = measured(name, ZOOMED)

    assert page.evaluate("measures.width()") == ZOOMED
    assert page.evaluate("measures.outside()") == []
    assert page.evaluate("measures.clipped()") == []


@pytest.mark.parametrize("width", [ZOOMED, 1280])
def test_nothing_is_written_small(measured, width):
    small = {}
    for name in PAGES:
        small[name] = measured(name, width).evaluate("(least) => measures.small(least)", SMALLEST_TEXT)

    assert {name: found for name, found in small.items() if found} == {}


@pytest.mark.parametrize("width", [360, 1280])
def test_targets_are_large_enough(measured, width):
    small = []
    for name in LAYOUTS:
        targets = measured(name, width).evaluate("stops.targets()")
        small += [
            (name, target["name"], target["place"])
            for target in targets
            if min(target["place"]["width"], target["place"]["height"]) < SMALLEST_TARGET - 0.5
        ]

    assert small == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_nothing_moves_for_who_asked(measured, page, name):
    measured(name, 1280)
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate("measures.moving()")

    page.emulate_media(reduced_motion="reduce")

    assert page.evaluate("measures.moving()") == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_controls_keep_an_edge_in_the_colours_of_the_reader(measured, page, name):
    page.emulate_media(forced_colors="active")
    measured(name, 1280)

    assert page.evaluate("measures.edgeless()") == []
