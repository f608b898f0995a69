"""A cover in the site's colours, for a deck whose slides cannot be drawn."""

from io import BytesIO
from pathlib import Path
from textwrap import wrap

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 960, 540
INK, GREEN, LEAF, SAFFRON, PAPER = "#12343b", "#0b5d51", "#dcefe6", "#f2a541", "#fbf8f2"
MARGIN = 72
BOLD = 700
# Characters in a line at the size that follows; the first that holds in three lines is taken.
SIZES = ((20, 84), (26, 66), (34, 52), (44, 42))
MOST_LINES = 4


def draw(title: str, topic: str) -> bytes:
    """A WebP picture, `WIDTH` by `HEIGHT`: the topic, the title, a row of stamps."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, HEIGHT), fill=LEAF)
    pen.rectangle((28, 28, WIDTH - 28, HEIGHT - 28), fill=PAPER)
    for x in range(28, WIDTH - 20, 24):
        for y in (28, HEIGHT - 28):
            pen.ellipse((x - 7, y - 7, x + 7, y + 7), fill=LEAF)
    pen.text((MARGIN, MARGIN + 8), topic.upper(), font=_font("atkinson", 26), fill=GREEN)
    pen.rectangle((MARGIN, MARGIN + 56, MARGIN + 120, MARGIN + 64), fill=SAFFRON)
    lines, size = _fitted(title)
    for number, line in enumerate(lines):
        pen.text((MARGIN, MARGIN + 96 + number * size * 1.12), line, font=_font("bricolage", size), fill=INK)
    content = BytesIO()
    image.save(content, "WEBP", quality=85)
    return content.getvalue()


def _fitted(title: str) -> tuple[list[str], int]:
    choices = [(wrap(title, width), size) for width, size in SIZES]
    return next((choice for choice in choices if len(choice[0]) < MOST_LINES), choices[-1])


def _font(name: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    found = finders.find(f"fonts/{name}.woff2")
    if not isinstance(found, str) or not Path(found).exists():
        return ImageFont.load_default(size)
    font = ImageFont.truetype(found, size)
    font.set_variation_by_axes([BOLD])
    return font
