"""What the style sheet promises: readable colours, small weight, drawings that exist."""

import re

import brotli
import pytest
from django.conf import settings

STATIC = settings.SITE / "static"
STYLES = (STATIC / "css" / "site.css").read_text()
KB = 1000
TEXT, CONTROL = 4.5, 3

PAIRS = [
    *(
        (text, ground, TEXT)
        for text in ("ink", "muted", "green", "terracotta", "visited")
        for ground in ("paper", "surface")
    ),
    *(
        (kind, ground, TEXT)
        for kind in ("rv", "candidature", "metier", "rencontre", "suivi")
        for ground in ("paper", "surface")
    ),
    *(("ink", ground, TEXT) for ground in ("leaf", "sand", "blush", "line")),
    ("on-green", "green", TEXT),
    ("on-terracotta", "terracotta", TEXT),
    ("on-saffron", "saffron", TEXT),
    ("on-deep", "deep", TEXT),
    ("deep-link", "deep", TEXT),
    ("terracotta", "blush", TEXT),
    ("control", "paper", CONTROL),
    ("control", "surface", CONTROL),
    ("green", "leaf", CONTROL),
]


def tokens(scheme):
    plain, adaptive = STYLES.split("@supports (color: light-dark", 1)
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", plain))
    chosen = {
        name: pair[scheme == "dark"]
        for name, *pair in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", adaptive)
    }
    return colours | chosen


def luminance(colour):
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_what_is_written_can_be_read(scheme, front, ground, least):
    colours = tokens(scheme)

    assert contrast(colours[front], colours[ground]) >= least


def test_the_light_scheme_is_the_same_with_and_without_light_dark():
    plain = dict(re.findall(r"--([\w-]+): (#\w+);", STYLES.split("@supports (color: light-dark", 1)[0]))

    assert tokens("light") == plain


def test_styles_and_script_are_small():
    weight = sum(len(brotli.compress((STATIC / name).read_bytes())) for name in ("css/site.css", "js/site.js"))

    assert weight <= 10 * KB


def test_fonts_are_small():
    assert sum(font.stat().st_size for font in (STATIC / "fonts").glob("*.woff2")) <= 80 * KB


def test_every_drawing_that_a_template_asks_for_exists():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons" / "sprite.svg").read_text()))
    sources = [path.read_text() for path in (settings.ROOT / "templates").glob("**/*.html")]

    asked = {
        name for source in sources for name in re.findall(r'{% icon "([\w-]+)"(?!\|)|sprite\.svg\' %}#([\w-]+)', source)
    }

    assert {one or other for one, other in asked} <= drawn


def test_no_text_is_smaller_than_fourteen_pixels():
    sizes = [float(size) for size in re.findall(r"font(?:-size)?:[^;{}]*?(\d*\.?\d+)rem", STYLES)]

    assert min(sizes) * 16 >= 14
