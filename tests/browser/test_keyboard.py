"""The site without a mouse: each stop is seen, in the order of the page, and none holds the focus back."""

from base64 import b64decode
from collections import Counter
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from struct import iter_unpack

import pytest
from PIL import Image, ImageChops

from tests.browser.conftest import settle
from tests.browser.small_site import LAYOUTS

pytestmark = pytest.mark.browser

STOPS = (Path(__file__).parent / "stops.js").read_text()
ROOM = 14
# What WCAG 2.4.13 asks for at the least: a line of 2 px round a target of 24 px, three times lighter or darker.
LEAST_PIXELS, LEAST_CONTRAST = 2 * 4 * 24, 3
MOST_STOPS = 250

PLAYS = """async (video) => {
    if (!video.currentTime) await new Promise((resolve) => { video.ontimeupdate = resolve; });
    return !video.paused;
}"""
RESTYLE = """(rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets.push(sheet);
}"""

# The styleguide has nothing that a page has not.
CASES = [(name, 1280, {}) for name in LAYOUTS if name != "styleguide"]
OTHER_COLOURS = [("home", {"color_scheme": "dark"}), ("home", {"forced_colors": "active"})]
OTHER_COLOURS += [("guide", {"color_scheme": "dark"})]
OTHER_COLOURS += [("contact", {"color_scheme": "dark"}), ("contact", {"forced_colors": "active"})]
CASES += [pytest.param(name, 1280, media, marks=pytest.mark.trial) for name, media in OTHER_COLOURS]


@pytest.fixture
def page(tab):
    """A tab that is new: where the focus goes after the last stop depends on where it has been."""
    page = tab.context.new_page()
    yield page
    page.close()


@cache
def luminance(colour):
    channels = [value / 255 for value in colour]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def changed_pixels(before, after):
    """How many became clearly lighter or darker."""
    box = ImageChops.difference(before, after).getbbox()
    if box is None:
        return 0
    before, after = before.crop(box), after.crop(box)
    pairs = Counter(zip(iter_unpack("3B", before.tobytes()), iter_unpack("3B", after.tobytes()), strict=True))
    return sum(number for pair, number in pairs.items() if contrast(*pair) >= LEAST_CONTRAST)


def picture(devtools, **clip):
    """What is drawn now; asked of the browser itself, which waits for nothing else."""
    asked = {"format": "png", "optimizeForSpeed": True} | ({"clip": clip | {"scale": 1}} if clip else {})
    return Image.open(BytesIO(b64decode(devtools.send("Page.captureScreenshot", asked)["data"]))).convert("RGB")


def show_whole(page):
    """Make the window as tall as the page: nothing scrolls, so places stay what they are."""
    settle(page)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": page.viewport_size["width"], "height": height})
    settle(page)


def walk(page):
    """Each stop of the Tab key, in order, until the focus leaves the page."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate("stops.current()")
        if stop is None:
            return
        yield stop


def clip_of(stop, width, height):
    left, top = max(stop["place"]["x"] - ROOM, 0), max(stop["place"]["y"] - ROOM, 0)
    right = min(stop["place"]["x"] + stop["place"]["width"] + ROOM, width)
    bottom = min(stop["place"]["y"] + stop["place"]["height"] + ROOM, height)
    return tuple(round(edge) for edge in (left, top, right, bottom))


def unseen_stops(page, parts):
    """The stops of `parts` that hardly change what is drawn, and the numbers of all stops in their order."""
    show_whole(page)
    page.evaluate(RESTYLE, "* { caret-color: transparent !important }")
    devtools = page.context.new_cdp_session(page)
    before = picture(devtools)
    unseen, numbers = [], []
    for stop in walk(page):
        numbers.append(stop["number"])
        if stop["part"] in parts:
            box = clip_of(stop, *before.size)
            clip = {"x": box[0], "y": box[1], "width": box[2] - box[0], "height": box[3] - box[1]}
            pixels = changed_pixels(before.crop(box), picture(devtools, **clip))
            if pixels < LEAST_PIXELS:
                unseen.append((stop["name"], pixels))
    return unseen, numbers


@pytest.mark.parametrize(("name", "width", "media"), CASES, ids=lambda value: str(value))
def test_each_stop_is_seen_and_comes_in_the_order_of_the_page(visit, page, name, width, media):
    page.emulate_media(**media)
    visit(name, width)
    page.evaluate(STOPS)
    promised = page.evaluate("stops.promised()")

    unseen, numbers = unseen_stops(page, {"page", "frame"} if name == "home" else {"page"})

    # The player is one element with several stops.
    once = [number for before, number in pairwise([None, *numbers]) if number != before]
    assert [promised[number] for number in once] == promised
    assert unseen == []


def test_a_stop_without_a_ring_is_noticed(visit, page):
    visit("site map")
    page.evaluate(STOPS)
    page.evaluate(RESTYLE, "*, ::after { outline: 0 !important }")

    unseen, _ = unseen_stops(page, {"page"})

    assert unseen


def test_the_first_stop_leads_past_the_menu(visit, page):
    visit("article")
    page.evaluate(STOPS)

    page.keyboard.press("Tab")
    assert "Aller au contenu" in page.evaluate("stops.current()")["name"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("""document.querySelector("main").contains(document.activeElement)""")


def test_the_menu_of_a_phone_opens_and_closes_by_keys(visit, page):
    visit("guide", 360)
    menu, summary = page.locator("details.menu"), page.locator("details.menu > summary")
    entry = menu.get_by_role("link", name="Actualités")
    assert not entry.is_visible()

    summary.focus()
    page.keyboard.press("Enter")
    assert entry.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("""document.querySelector(".menu-panel").contains(document.activeElement)""")
    page.keyboard.press("Escape")

    assert not entry.is_visible()
    assert summary.evaluate("(element) => element === document.activeElement")


def test_each_stop_of_the_open_menu_is_seen(visit, page):
    visit("home", 360)
    page.locator("details.menu > summary").click()
    page.evaluate(STOPS)

    unseen, numbers = unseen_stops(page, {"frame"})

    assert numbers
    assert unseen == []


def test_the_film_is_played_by_keys(visit, page):
    visit("video")
    video = page.locator("video")

    video.focus()
    page.keyboard.press("Space")

    assert video.evaluate(PLAYS)
