"""What figures wear over their joints: trunk, skirt, apron, vest, coat and shoes."""

from dataclasses import dataclass

from home.demo.studio.palette import GREEN, INK, SAFFRON, WHITE, darker
from home.demo.studio.shapes import Point, line, path, placed, rect, trace


@dataclass(frozen=True)
class Wear:
    """What a figure has on: `over` is "apron", "vest", "coat" or nothing."""

    top: str = GREEN
    legs: str = INK
    over: str = ""
    tone: str = SAFFRON
    skirt: bool = False
    bare_arms: bool = False
    shoes: str = "#3a2a22"


def trunk(top: Point, hip: Point, u: float, wear: Wear) -> str:
    """The garment between the shoulders at `top` and the hips."""
    (tx, ty), (x, y) = top, hip
    low = y + 3.5 * u
    outline = trace(
        ("M", tx - 3.6 * u, ty - 2.2 * u),
        ("Q", tx - 11.6 * u, ty - 1.8 * u, tx - 11.4 * u, ty + 6 * u),
        ("L", x - 8.4 * u, low),
        ("Q", x, low + 2 * u, x + 8.4 * u, low),
        ("L", tx + 11.4 * u, ty + 6 * u),
        ("Q", tx + 11.6 * u, ty - 1.8 * u, tx + 3.6 * u, ty - 2.2 * u),
        ("Q", tx, ty + 2.4 * u, tx - 3.6 * u, ty - 2.2 * u),
    )
    return path(outline, wear.top)


def skirt(hip: Point, ground: float, u: float, colour: str) -> str:
    x, y = hip
    hem = min(y + 27 * u, ground - 6 * u)
    outline = trace(
        ("M", x - 8 * u, y),
        ("L", x - 13 * u, hem),
        ("Q", x, hem + 3 * u, x + 13 * u, hem),
        ("L", x + 8 * u, y),
    )
    return path(outline, colour)


def shoe(foot: Point, side: int, u: float, colour: str) -> str:
    """A shoe that points to its side, its sole a little below the ankle."""
    x, sole = 3.6 * u, 4.4 * u
    outline = trace(("M", -x, sole), ("L", -x, sole - 5.6 * u), ("L", x - 2.2 * u, sole - 5.6 * u))
    outline = outline.removesuffix("Z") + trace(("Q", x + 3.8 * u, sole - 4.6 * u, x + 3.8 * u, sole))
    return placed(path(outline, colour), x=foot[0], y=foot[1], flip=side < 0)


def over(top: Point, hip: Point, u: float, wear: Wear) -> str:
    """The apron, vest or coat, when there is one."""
    if wear.over == "apron":
        return _apron(top, hip, u, wear.tone)
    if wear.over == "vest":
        halves = path(_half_vest(top, hip, u, -1), wear.tone) + path(
            _half_vest(top, hip, u, 1), darker(wear.tone, 0.06)
        )
        return halves + rect(hip[0] - 8.9 * u, hip[1] - 9 * u, 17.8 * u, 3 * u, WHITE)
    if wear.over == "coat":
        return path(_half_coat(top, hip, u, -1), wear.tone) + path(_half_coat(top, hip, u, 1), darker(wear.tone, 0.05))
    return ""


def _apron(top: Point, hip: Point, u: float, tone: str) -> str:
    (tx, ty), (x, y) = top, hip
    straps = "".join(
        line([(tx + side * 5 * u, ty + 10 * u), (tx + side * 4 * u, ty - 1.4 * u)], tone, 1.6 * u) for side in (-1, 1)
    )
    bib = rect((tx + x) / 2 - 6 * u, ty + 9 * u, 12 * u, 16 * u, tone, 1.6 * u)
    return straps + bib + rect(x - 8.6 * u, ty + 22 * u, 17.2 * u, y - ty, tone, 2.4 * u)


def _half_vest(top: Point, hip: Point, u: float, side: int) -> str:
    (tx, ty), (x, y) = top, hip
    return trace(
        ("M", tx + side * 8.6 * u, ty - u),
        ("L", tx + side * 3 * u, ty - 2 * u),
        ("L", tx + side * u, ty + 10 * u),
        ("L", x, y + 2 * u),
        ("L", x + side * 8.4 * u, y + 2 * u),
        ("L", tx + side * 10 * u, ty + 8 * u),
    )


def _half_coat(top: Point, hip: Point, u: float, side: int) -> str:
    (tx, ty), (x, y) = top, hip
    return trace(
        ("M", tx, ty + 9 * u),
        ("L", x, y + 20 * u),
        ("L", x + side * 10.5 * u, y + 20 * u),
        ("L", tx + side * 11.4 * u, ty + 6 * u),
        ("Q", tx + side * 11.6 * u, ty - 1.8 * u, tx + side * 3.8 * u, ty - 2 * u),
    )
