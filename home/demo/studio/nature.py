"""What grows and what shines: suns, clouds, hills, trees, plants, fruit and bees."""

from math import cos, pi, sin

from home.demo.studio.palette import AMBER, BARK, GREEN, INK, MOSS, SAFFRON, SAGE, TERRACOTTA, WHITE, darker
from home.demo.studio.shapes import circle, curve, ellipse, faded, line, path, placed, poly, rect, shadow


def sun(x: float, y: float, r: float, colour: str = SAFFRON) -> str:
    return faded(0.25, circle(x, y, r * 1.45, colour)) + circle(x, y, r, colour)


def rays(x: float, y: float, r: float, colour: str = SAFFRON, count: int = 12) -> str:
    turns = [2 * pi * index / count for index in range(count)]
    return "".join(
        line([(x + r * cos(t), y + r * sin(t)), (x + r * 1.28 * cos(t), y + r * 1.28 * sin(t))], colour, r * 0.09)
        for t in turns
    )


def cloud(x: float, y: float, size: float = 1, colour: str = WHITE) -> str:
    parts = [rect(-110, -36, 220, 56, colour, 28), circle(-40, -40, 46, colour), circle(30, -50, 58, colour)]
    return placed(*parts, x=x, y=y, scale=size)


def hills(y: float, colour: str, *, lift: float = 90, phase: int = 0) -> str:
    """A rolling horizon that fills the picture down from about `y`."""
    a, b = (y - lift, y + lift * 0.4) if phase % 2 else (y + lift * 0.4, y - lift)
    return path(f"M0,{y} C300,{a} 500,{a} 800,{y} S1300,{b} 1600,{y} V900 H0 Z", colour)


def tree(x: float, y: float, h: float = 360, colour: str = MOSS, kind: str = "round") -> str:
    u = h / 100
    trunk = line([(x, y), (x, y - 45 * u)], BARK, 7 * u) + line(
        [(x, y - 34 * u), (x + 12 * u, y - 52 * u)], BARK, 4 * u
    )
    if kind == "poplar":
        crown = ellipse(x, y - 58 * u, 16 * u, 42 * u, colour) + faded(
            0.12, ellipse(x + 6 * u, y - 56 * u, 8 * u, 34 * u, INK)
        )
    elif kind == "fir":
        crown = "".join(
            poly([(x - w * u, y - b * u), (x + w * u, y - b * u), (x, y - t * u)], colour)
            for w, b, t in ((30, 18, 58), (24, 40, 80), (17, 62, 100))
        )
    else:
        crown = circle(x - 18 * u, y - 58 * u, 21 * u, colour) + circle(
            x + 18 * u, y - 56 * u, 22 * u, darker(colour, 0.08)
        )
        crown += circle(x, y - 74 * u, 25 * u, colour)
    return shadow(x, y, 24 * u) + trunk + crown


def bush(x: float, y: float, w: float = 180, colour: str = MOSS) -> str:
    r = w / 4
    return (
        circle(x - r, y - r * 0.7, r, colour)
        + circle(x + r, y - r * 0.7, r, darker(colour, 0.08))
        + circle(x, y - r * 1.2, r * 1.15, colour)
        + rect(x - 2 * r, y - r * 0.7, 4 * r, r * 0.7, colour, 6)
    )


def leaf(x: float, y: float, size: float, turn: float, colour: str = MOSS) -> str:
    return placed(
        path("M0,0 C-.42,-.35 -.34,-.8 0,-1 C.34,-.8 .42,-.35 0,0 Z", colour), x=x, y=y, scale=size, turn=turn
    )


def sprout(x: float, y: float, size: float = 60, colour: str = MOSS) -> str:
    return (
        line([(x, y), (x, y - size * 0.7)], darker(colour), size * 0.09)
        + leaf(x, y - size * 0.4, size, -48, colour)
        + leaf(x, y - size * 0.4, size, 48, darker(colour, 0.1))
    )


def potted(x: float, y: float, size: float = 200, pot: str = TERRACOTTA, colour: str = GREEN) -> str:
    u = size / 100
    leaves = "".join(
        leaf(x, y - 30 * u, 68 * u * s, t, darker(colour, d))
        for t, s, d in ((-58, 0.8, 0), (58, 0.8, 0.1), (-28, 1, 0.05), (30, 1, 0), (0, 1.1, 0.1))
    )
    return (
        leaves
        + poly([(x - 20 * u, y - 36 * u), (x + 20 * u, y - 36 * u), (x + 14 * u, y), (x - 14 * u, y)], pot)
        + rect(x - 23 * u, y - 40 * u, 46 * u, 9 * u, darker(pot), 2 * u)
    )


def flower(x: float, y: float, h: float = 80, colour: str = TERRACOTTA) -> str:
    stem = line([(x, y), (x, y - h)], MOSS, h * 0.07) + leaf(x, y - h * 0.25, h * 0.4, 50, MOSS)
    petals = "".join(
        circle(x + h * 0.16 * cos(k * pi / 3), y - h + h * 0.16 * sin(k * pi / 3), h * 0.12, colour) for k in range(6)
    )
    return stem + petals + circle(x, y - h, h * 0.11, SAFFRON if colour != SAFFRON else BARK)


def cabbage(x: float, y: float, r: float = 34, colour: str = MOSS) -> str:
    return (
        ellipse(x, y - r * 0.5, r * 1.25, r * 0.7, darker(colour, 0.12))
        + circle(x, y - r * 0.8, r * 0.8, colour)
        + curve(f"M{x},{y - r * 0.2} Q{x - r * 0.3},{y - r} {x},{y - r * 1.4}", SAGE, r * 0.1)
    )


def carrot(x: float, y: float, size: float = 40, turn: float = 0) -> str:
    tops = leaf(0, -0.4, 0.7, -25) + leaf(0, -0.4, 0.8, 0) + leaf(0, -0.4, 0.7, 25)
    return placed(tops, path("M-.28,-.45 Q0,-.65 .28,-.45 L0,.75 Z", AMBER), x=x, y=y, scale=size, turn=turn)


def bee(x: float, y: float, size: float = 30, *, flip: bool = False) -> str:
    wings = faded(0.85, ellipse(-0.15, -0.75, 0.32, 0.55, WHITE) + ellipse(0.35, -0.7, 0.3, 0.5, WHITE))
    return placed(
        wings,
        ellipse(0, 0, 1, 0.62, SAFFRON),
        rect(-0.35, -0.58, 0.24, 1.16, INK),
        rect(0.15, -0.6, 0.24, 1.2, INK),
        circle(0.85, -0.08, 0.3, INK),
        x=x,
        y=y,
        scale=size,
        flip=flip,
    )
