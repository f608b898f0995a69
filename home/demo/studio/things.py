"""Furniture, tools and household things, each standing on (x, y) or held at it."""

from home.demo.studio.nature import cabbage, carrot
from home.demo.studio.palette import (
    AMBER,
    BARK,
    CORAL,
    CREAM,
    GREEN,
    HONEY,
    INK,
    LEAF,
    LINE,
    MIST,
    MOSS,
    PAPER,
    SAFFRON,
    SAGE,
    SAND,
    SKY,
    SLATE,
    STONE,
    TERRACOTTA,
    WATER,
    WHITE,
    WOOD,
    darker,
)
from home.demo.studio.shapes import circle, curve, ellipse, faded, line, path, placed, poly, rect, ring, shadow

# A picture is a list of things to place: filled like text, it stays readable.
# fmt: off

BOOK_TONES = (TERRACOTTA, GREEN, SAFFRON, SLATE, CORAL, MOSS, INK, CREAM)


def table(x: float, y: float, w: float, h: float = 190, wood: str = WOOD) -> str:
    """A table whose top left corner is at (x, y - h)."""
    legs = rect(x + 24, y - h, 18, h, darker(wood, 0.25), 4) + rect(x + w - 42, y - h, 18, h, darker(wood, 0.25), 4)
    return shadow(x + w / 2, y, w * 0.5) + legs + rect(x, y - h, w, 26, wood, 8)


def counter(x: float, y: float, w: float, h: float = 230, front: str = GREEN, top: str = WOOD) -> str:
    lines = "".join(
        rect(x + 30 + k * 110, y - h + 50, 4, h - 70, darker(front, 0.15)) for k in range(1, int((w - 40) // 110)))
    return rect(x, y - h, w, h, front, 8) + lines + rect(x - 18, y - h - 8, w + 36, 28, top, 8)


def stool(x: float, y: float, h: float = 130, tone: str = TERRACOTTA) -> str:
    return (
        line([(x - 24, y - h), (x - 38, y)], BARK, 10) + line([(x + 24, y - h), (x + 38, y)], BARK, 10)
        + rect(x - 50, y - h - 4, 100, 22, tone, 10))


def chair(x: float, y: float, seat: float = 125, tone: str = TERRACOTTA, *, flip: bool = False) -> str:
    """A chair seen from the side, its back on the left."""
    parts = [
        line([(-52, 0), (-52, -seat * 2.15)], BARK, 12), line([(52, 0), (52, -seat)], BARK, 12),
        rect(-62, -seat - 6, 124, 22, tone, 10), rect(-64, -seat * 2.2, 24, seat * 0.8, tone, 10)]
    return placed(*parts, x=x, y=y, flip=flip)


def armchair(x: float, y: float, size: float = 1, tone: str = TERRACOTTA, *, flip: bool = False) -> str:
    parts = [
        rect(-150, -330, 110, 310, darker(tone, 0.12), 50), rect(-130, -150, 260, 120, tone, 30),
        rect(-150, -210, 250, 60, darker(tone, 0.06), 30), rect(-120, -30, 20, 30, BARK),
        rect(90, -30, 20, 30, BARK)]
    return shadow(x, y, 160 * size) + placed(*parts, x=x, y=y, scale=size, flip=flip)


def lamp(x: float, y: float, h: float = 420, tone: str = SAFFRON) -> str:
    glow = faded(0.22, circle(x, y - h, h * 0.38, SAFFRON))
    return (
        glow + line([(x, y), (x, y - h)], SLATE, 9) + ellipse(x, y - 4, 46, 10, SLATE)
        + poly([(x - 42, y - h - 60), (x + 42, y - h - 60), (x + 72, y - h + 30), (x - 72, y - h + 30)], tone))


def hanging_lamp(x: float, drop: float, tone: str = TERRACOTTA) -> str:
    glow = faded(0.3, poly([(x - 50, drop), (x + 50, drop), (x + 190, drop + 300), (x - 190, drop + 300)], HONEY))
    return (
        glow + rect(x - 3, 0, 6, drop - 40, INK)
        + path(
            f"M{x - 72},{drop} Q{x - 60},{drop - 66} {x},{drop - 66} Q{x + 60},{drop - 66} {x + 72},{drop} Z", tone))


def books(x: float, y: float, count: int, tall: float = 90, *, start: int = 0) -> str:
    """A row of upright books from x to the right, standing on y."""
    parts, at = [], x
    for k in range(start, start + count):
        w, h = 17 + (k * 7) % 12, tall * (0.72 + ((k * 5) % 4) * 0.09)
        tone = BOOK_TONES[(k * 3 + k // 4) % len(BOOK_TONES)]
        parts.append(rect(at, y - h, w, h, tone, 2) + rect(at + 3, y - h * 0.82, w - 6, 6, darker(tone, 0.25)))
        at += w + 2
    return "".join(parts)


def pile(x: float, y: float, count: int, w: float = 110, *, start: int = 0) -> str:
    return "".join(
        rect(x + (k * 13) % 22, y - 20 * (k + 1), w - (k * 9) % 24, 18, BOOK_TONES[(k + start) % 7], 4)
        for k in range(count))


def crate(x: float, y: float, w: float = 170, fruit: str = "", h: float = 74) -> str:
    """A wooden crate whose left corner is at (x, y), full of `fruit` (a colour, "carrot" or "cabbage")."""
    step = w / 5
    if fruit == "carrot":
        goods = "".join(carrot(x + step * (k + 0.7), y - h - 6, 40, -20 + k * 12) for k in range(4))
    elif fruit == "cabbage":
        goods = "".join(cabbage(x + w * (k + 0.5) / 3, y - h + 22, w / 6.4) for k in range(3))
    else:
        goods = (
            "".join(
                circle(x + step * (k + 0.5), y - h - (k % 2) * 8 + 4, step * 0.56, darker(fruit, 0.05 * (k % 3)))
                for k in range(5)) if fruit else "")
    slats = "".join(rect(x, y - h + k * h / 3, w, h / 3 - 6, WOOD, 3) for k in range(3))
    return (
        goods + rect(x + 4, y - h, w - 8, h, BARK) + slats + rect(x, y - h, 14, h, darker(WOOD), 3)
        + rect(x + w - 14, y - h, 14, h, darker(WOOD), 3))


def box(x: float, y: float, w: float = 130, h: float = 100, tone: str = "#d6a46a") -> str:
    return (
        rect(x, y - h, w, h, tone, 4) + rect(x + w * 0.42, y - h, w * 0.16, h, darker(tone))
        + rect(x, y - h, w, h * 0.16, darker(tone, 0.08), 4))


def mug(x: float, y: float, size: float = 40, tone: str = TERRACOTTA) -> str:
    steam = faded(
        0.7,
        curve(f"M{x - size * 0.2},{y - size * 1.3} q{size * 0.3},{-size * 0.3} 0,{-size * 0.6}", WHITE, size * 0.12))
    return (
        ring(x + size * 0.5, y - size * 0.5, size * 0.25, tone, size * 0.13)
        + rect(x - size * 0.45, y - size, size * 0.9, size, tone, size * 0.16) + steam)


def pot(x: float, y: float, w: float = 130, tone: str = SLATE, *, hot: bool = True) -> str:
    steam = "".join(
        curve(f"M{x + d},{y - w * 0.8} q24,-26 0,-52 q-24,-26 0,-52", WHITE, 9) for d in (-w * 0.2, w * 0.2))
    return (
        (faded(0.75, steam) if hot else "") + rect(x - w / 2, y - w * 0.55, w, w * 0.55, tone, 12)
        + rect(x - w * 0.54, y - w * 0.64, w * 1.08, 18, darker(tone), 9) + circle(x, y - w * 0.68, 10, darker(tone))
        + rect(x - w * 0.68, y - w * 0.44, w * 1.36, 14, darker(tone), 7))


def laptop(x: float, y: float, w: float = 180, screen: str = SKY) -> str:
    h = w * 0.62
    return (
        rect(x - w / 2, y - h, w, h - 6, INK, 10) + rect(x - w / 2 + 9, y - h + 9, w - 18, h - 26, screen, 4)
        + rect(x - w * 0.6, y - 10, w * 1.2, 12, STONE, 6))


def screen(x: float, y: float, w: float = 210, tone: str = SKY) -> str:
    h = w * 0.64
    bars = "".join(
        rect(
            x - w * 0.36 + k * w * 0.15, y - 44 - (k * 31 % 60) - 14, w * 0.1, (k * 31 % 60) + 14,
            (GREEN, SAFFRON, TERRACOTTA, MOSS)[k % 4]) for k in range(5))
    return (
        rect(x - 12, y - 30, 24, 26, SLATE) + rect(x - 56, y - 10, 112, 10, SLATE, 5)
        + rect(x - w / 2, y - h - 24, w, h, INK, 10) + rect(x - w / 2 + 10, y - h - 14, w - 20, h - 20, tone, 4)
        + bars)


def toolbox(x: float, y: float, w: float = 150, tone: str = TERRACOTTA) -> str:
    return (
        curve(f"M{x + w * 0.3},{y - w * 0.5} v{-w * 0.16} h{w * 0.4} v{w * 0.16}", INK, 10)
        + rect(x, y - w * 0.5, w, w * 0.5, tone, 8) + rect(x, y - w * 0.34, w, 10, darker(tone, 0.25))
        + rect(x + w * 0.43, y - w * 0.4, w * 0.14, 26, SAFFRON, 4))


def hammer(x: float, y: float, size: float = 100, turn: float = 0) -> str:
    return placed(
        rect(-0.07, -0.9, 0.14, 1, WOOD, 0.05), rect(-0.32, -1.02, 0.64, 0.22, SLATE, 0.06), x=x, y=y, scale=size,
        turn=turn)


def wrench(x: float, y: float, size: float = 100, turn: float = 0, tone: str = STONE) -> str:
    return placed(
        rect(-0.08, -0.85, 0.16, 0.9, tone, 0.07),
        path("M-.24,-1.2 L-.1,-1.02 L.1,-1.02 L.24,-1.2 A.3,.3 0 1 1 -.24,-1.2 Z", tone), x=x, y=y, scale=size,
        turn=turn)


def saw(x: float, y: float, size: float = 150, turn: float = 0) -> str:
    return placed(
        path("M0,-.12 L1.15,-.02 L1.15,.08 L0,.2 Z", STONE), rect(-0.34, -0.2, 0.42, 0.42, TERRACOTTA, 0.12),
        rect(-0.22, -0.08, 0.18, 0.18, CREAM, 0.06), x=x, y=y, scale=size, turn=turn)


def spade(x: float, y: float, size: float = 260, turn: float = 0, *, kind: str = "spade") -> str:
    """A long tool whose handle's top is at (x, y) and which points down."""
    ends = {
        "spade": path("M-.13,.8 H.13 V1 Q.13,1.18 0,1.24 Q-.13,1.18 -.13,1 Z", SLATE),
        "broom": path("M-.06,.82 H.06 L.2,1.2 H-.2 Z", HONEY) + rect(-0.08, 0.78, 0.16, 0.08, TERRACOTTA),
        "rake": rect(-0.2, 0.94, 0.4, 0.06, SLATE)
        + "".join(rect(-0.2 + k * 0.09, 0.97, 0.035, 0.13, SLATE) for k in range(5)),
        "fork": rect(-0.12, 0.84, 0.24, 0.05, SLATE)
        + "".join(rect(-0.12 + k * 0.1, 0.86, 0.035, 0.3, SLATE) for k in range(3))}
    return placed(rect(-0.025, 0, 0.05, 0.95, WOOD, 0.02), ends[kind], x=x, y=y, scale=size, turn=turn)


def watering_can(
    x: float, y: float, size: float = 100, tone: str = GREEN, *, flip: bool = False, pouring: bool = True
) -> str:
    drops = (
        "".join(
            line([(1.05 + k * 0.1, 0.15 + k * 0.12), (1.1 + k * 0.1, 0.45 + k * 0.1)], WATER, 0.05)
            for k in range(4)) if pouring else "")
    return placed(
        curve("M-.35,-.3 C-.9,-.5 -.8,.4 -.35,.3", tone, 0.12), rect(-0.4, -0.4, 0.8, 0.85, tone, 0.12),
        line([(0.35, 0.2), (0.9, -0.25)], tone, 0.14),
        poly([(0.78, -0.38), (1.05, -0.12), (1.1, -0.3), (0.96, -0.46)], darker(tone)), drops, x=x, y=y, scale=size,
        flip=flip, turn=-14 if flip else 14)


def washing_machine(x: float, y: float, w: float = 190, tone: str = WHITE, load: str = CORAL) -> str:
    h = w * 1.15
    drum = circle(x + w / 2, y - h * 0.44, w * 0.34, STONE) + circle(x + w / 2, y - h * 0.44, w * 0.28, WATER)
    drum += path(
            f"M{x + w * 0.24},{y - h * 0.4} q{w * 0.13},{-w * 0.14} {w * 0.26},0 t{w * 0.26},{-w * 0.02} "
            f"a{w * 0.27},{w * 0.27} 0 0 1 {-w * 0.52},0.02 z",
        load)
    return (
        rect(x, y - h, w, h, tone, 12) + rect(x, y - h, w, h * 0.15, darker(tone, 0.1), 12)
        + circle(x + w * 0.8, y - h * 0.075, 10, TERRACOTTA) + rect(x + w * 0.1, y - h * 0.11, w * 0.3, 14, SLATE, 6)
        + drum)


def sewing_machine(x: float, y: float, size: float = 200, tone: str = GREEN) -> str:
    parts = [
        rect(-0.5, -0.14, 1.1, 0.14, darker(tone, 0.2), 0.05), rect(0.28, -0.68, 0.26, 0.58, tone, 0.06),
        rect(-0.45, -0.72, 0.98, 0.26, tone, 0.1), rect(-0.42, -0.5, 0.2, 0.2, tone, 0.04),
        rect(-0.34, -0.32, 0.03, 0.18, STONE), circle(0.6, -0.58, 0.13, SAFFRON),
        rect(0.04, -0.88, 0.08, 0.18, TERRACOTTA, 0.02)]
    return placed(*parts, x=x, y=y, scale=size)


def bulb(x: float, y: float, r: float = 40) -> str:
    return (
        faded(0.25, circle(x, y, r * 1.8, SAFFRON)) + circle(x, y, r, SAFFRON)
        + rect(x - r * 0.4, y + r * 0.8, r * 0.8, r * 0.6, SLATE, 5))


def speech(x: float, y: float, w: float, h: float, tone: str = WHITE, *, tail: int = -1, dots: str = GREEN) -> str:
    """A speech bubble centred on (x, y) holding three dots, not words."""
    mark = poly(
        [(x + tail * w * 0.12, y + h * 0.42), (x + tail * w * 0.34, y + h * 0.42), (x + tail * w * 0.38, y + h * 0.8)],
        tone)
    return (
        rect(x - w / 2, y - h / 2, w, h, tone, h * 0.36) + mark
        + "".join(circle(x + k * w * 0.2, y, h * 0.09, dots) for k in (-1, 0, 1)))


def board(x: float, y: float, w: float, h: float, tone: str = WHITE) -> str:
    """A board on the wall with a curve and bars."""
    bars = "".join(
        rect(
            x + w * (0.12 + 0.13 * k), y + h * (0.78 - 0.12 * k), w * 0.08, h * (0.06 + 0.12 * k),
            (SAGE, MOSS, SAFFRON, TERRACOTTA)[k]) for k in range(4))
    dots = "".join(
        rect(x + w * 0.68, y + h * (0.2 + 0.16 * k), w * (0.22 - 0.05 * (k % 2)), h * 0.05, LINE, 4)
        for k in range(4))
    return (
        rect(x - 14, y - 14, w + 28, h + 28, WOOD, 8) + rect(x, y, w, h, tone, 3) + bars + dots
        + line(
            [
                (x + w * 0.12, y + h * 0.6), (x + w * 0.3, y + h * 0.42), (x + w * 0.42, y + h * 0.46),
                (x + w * 0.6, y + h * 0.18)], GREEN, 8))


def paper(x: float, y: float, w: float, h: float, turn: float = 0, tone: str = WHITE) -> str:
    lines = "".join(
        rect(-w * 0.36, -h * 0.36 + k * h * 0.16, w * (0.72 if k % 3 else 0.46), h * 0.05, MIST if k else SAFFRON, 3)
        for k in range(5))
    return placed(rect(-w / 2, -h / 2, w, h, tone, 4), lines, x=x, y=y, turn=turn)


def basket(x: float, y: float, w: float = 120, tone: str = AMBER, goods: str = MOSS) -> str:
    return (
        curve(
            f"M{x - w * 0.4},{y - w * 0.4} C{x - w * 0.4},{y - w} {x + w * 0.4},{y - w} {x + w * 0.4},{y - w * 0.4}",
            darker(tone), 8)
        + "".join(
            circle(x + k * w * 0.25, y - w * 0.42, w * 0.17, (goods, TERRACOTTA, SAFFRON)[k + 1])
            for k in (-1, 0, 1))
        + poly([(x - w / 2, y - w * 0.42), (x + w / 2, y - w * 0.42), (x + w * 0.38, y), (x - w * 0.38, y)], tone)
        + rect(x - w / 2, y - w * 0.44, w, 10, darker(tone), 5))


def mat(x: float, y: float, rx: float, tone: str = LEAF) -> str:
    return ellipse(x, y, rx, rx * 0.2, tone) + faded(0.6, ellipse(x, y, rx * 0.72, rx * 0.13, PAPER))


def pegs(x: float, y: float, w: float, h: float, tone: str = SAND) -> str:
    """A board of hanging tools."""
    tools = (
        hammer(x + w * 0.14, y + h * 0.75, h * 0.5) + wrench(x + w * 0.32, y + h * 0.72, h * 0.42, tone=TERRACOTTA)
        + saw(x + w * 0.5, y + h * 0.3, h * 0.4, 90) + wrench(x + w * 0.66, y + h * 0.72, h * 0.42, tone=GREEN)
        + ring(x + w * 0.84, y + h * 0.42, h * 0.17, SLATE, h * 0.06))
    return rect(x, y, w, h, tone, 8) + tools
