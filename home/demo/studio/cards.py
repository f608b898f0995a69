"""The still pictures of a film: a title card, a drawing with its card, a closing card."""

from typing import Any

from PIL import Image, ImageDraw, ImageFont

from home.demo.studio.drawings import DRAWINGS, render
from home.demo.studio.palette import GREEN, INK, LEAF, PAPER, SAFFRON, TERRACOTTA
from home.demo.studio.sources import HEADINGS, TEXT

SIZE = 960, 540
VIEWS = {"wide": (0.0, 0.0, 1.0), "left": (0.0, 0.16, 0.8), "right": (0.2, 0.16, 0.8)}


def title_card(video: dict[str, Any]) -> Image.Image:
    """The name of the company beside its drawing, on a stamp."""
    image = _drawing(video["drawing"], "wide")
    image = Image.blend(image, Image.new("RGB", SIZE, LEAF), 0.72)
    _stamp(image, (150, 110, 810, 430))
    draw = ImageDraw.Draw(image)
    below = _centred(draw, video["company"], _font(HEADINGS, 58, "ExtraBold"), INK, top=165, width=600)
    draw.rectangle((430, below + 26, 530, below + 32), fill=SAFFRON)
    facts = f"{video['city']} · {video['sector']} · {video['status']}"
    _centred(draw, facts, _font(TEXT, 27, "Regular"), GREEN, top=below + 56, width=620)
    return image


def scene_card(drawing: str, view: str, text: str) -> Image.Image:
    """A drawing, whole or nearer, with a few words in its upper left corner."""
    image = _drawing(drawing, view)
    draw = ImageDraw.Draw(image)
    font = _font(HEADINGS, 32, "Bold")
    width = round(draw.textlength(text, font=font))
    draw.rounded_rectangle((28, 28, 28 + width + 56, 92), radius=6, fill=PAPER)
    draw.rectangle((28, 34, 36, 86), fill=TERRACOTTA)
    draw.text((60, 60), text, font=font, fill=INK, anchor="lm")
    return image


def closing_card(video: dict[str, Any]) -> Image.Image:
    """The name again, the town and the trades, on the site's green."""
    image = Image.new("RGB", SIZE, GREEN)
    _stamp(image, (90, 70, 870, 470))
    draw = ImageDraw.Draw(image)
    _centred(draw, video["company"], _font(HEADINGS, 50, "ExtraBold"), INK, top=132, width=700)
    _centred(draw, "Les métiers", _font(HEADINGS, 27, "Bold"), TERRACOTTA, top=248, width=700)
    _centred(draw, video["jobs"], _font(TEXT, 26, "Regular"), INK, top=292, width=660)
    _centred(
        draw, f"{video['city']} · {video['staff']} personnes", _font(TEXT, 25, "Regular"), GREEN, top=410, width=680
    )
    return image


def _drawing(name: str, view: str) -> Image.Image:
    left, top, share = VIEWS[view]
    whole = render(DRAWINGS[name](), 1920)
    width, height = whole.size
    box = (round(left * width), round(top * height), round((left + share) * width), round((top + share) * height))
    return whole.crop(box).resize(SIZE, Image.Resampling.LANCZOS)


def _stamp(image: Image.Image, box: tuple[int, int, int, int]) -> None:
    """A sheet of paper with the perforated edge of a stamp."""
    left, top, right, bottom = box
    under = image.copy()
    mask = Image.new("L", image.size, 0)
    draw = ImageDraw.Draw(mask)
    draw.rectangle(box, fill=255)
    step = 20
    for x in range(left, right + 1, step):
        for y in (top, bottom):
            draw.ellipse((x - 6, y - 6, x + 6, y + 6), fill=0)
    for y in range(top, bottom + 1, step):
        for x in (left, right):
            draw.ellipse((x - 6, y - 6, x + 6, y + 6), fill=0)
    image.paste(Image.composite(Image.new("RGB", image.size, PAPER), under, mask))


def _font(path: Any, size: int, weight: str) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(path), size)
    font.set_variation_by_name(weight)
    return font


def _centred(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, colour: str, *, top: int, width: int
) -> int:
    """Lines of text around the middle of the picture; the height where they end."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    height = round(font.size * 1.22)
    for number, line in enumerate(lines):
        draw.text((SIZE[0] / 2, top + number * height), line, font=font, fill=colour, anchor="ma")
    return top + len(lines) * height
