"""Grounds and buildings: floors, walls, windows, houses, blocks, a town's outline, shops."""

from home.demo.studio.palette import (
    BARK,
    BLUSH,
    CORAL,
    CREAM,
    GREEN,
    INK,
    LINE,
    MIST,
    PAPER,
    SAFFRON,
    SAGE,
    SKY,
    SLATE,
    STONE,
    TERRACOTTA,
    WATER,
    WHITE,
    WOOD,
    darker,
)
from home.demo.studio.shapes import HEIGHT, WIDTH, circle, ellipse, faded, line, path, poly, rect

# A picture is a list of things to place: filled like text, it stays readable.
# fmt: off


def outside(sky: str = SKY, ground: str = SAGE, horizon: float = 700) -> str:
    return rect(0, 0, WIDTH, HEIGHT, sky) + rect(0, horizon, WIDTH, HEIGHT - horizon, ground)


def room(wall: str = CREAM, floor: str = WOOD, edge: float = 730) -> str:
    skirting = rect(0, edge - 16, WIDTH, 16, darker(wall, 0.1))
    return rect(0, 0, WIDTH, HEIGHT, wall) + skirting + rect(0, edge, WIDTH, HEIGHT - edge, floor)


def blob(x: float, y: float, r: float, colour: str) -> str:
    """A soft patch behind a scene, which holds it together."""
    return path(
        f"M{x - r},{y} C{x - r * 1.1},{y - r * 0.9} {x - r * 0.3},{y - r * 1.1} {x + r * 0.2},{y - r * 0.95}"
        f" S{x + r * 1.15},{y - r * 0.2} {x + r},{y + r * 0.3} S{x + r * 0.2},{y + r} {x - r * 0.3},{y + r * 0.9}"
        f" S{x - r * 0.92},{y + r * 0.6} {x - r},{y} Z", colour)


def window(x: float, y: float, w: float, h: float, glass: str = SKY, frame: str = WHITE) -> str:
    t = max(6, w * 0.05)
    glint = faded(0.5, poly([(x + w * 0.12, y + h), (x + w * 0.4, y + h), (x + w * 0.75, y), (x + w * 0.47, y)], WHITE))
    return (
        rect(x - t, y - t, w + 2 * t, h + 2 * t, frame, 4) + rect(x, y, w, h, glass) + glint
        + rect(x + w / 2 - t / 2, y, t, h, frame)
        + rect(x - 2 * t, y + h + t, w + 4 * t, t * 1.3, darker(frame, 0.1), 3))


def panes(
    x: float,
    y: float,
    cols: int,
    rows: int,
    *,
    w: float = 40,
    h: float = 54,
    gap: float = 30,
    colour: str = INK,
    lit: str = SAFFRON,
) -> str:
    """A grid of small windows, one in five lit."""
    return "".join(
        rect(x + c * (w + gap), y + r * (h + gap), w, h, lit if (c * 3 + r * 2) % 5 == 0 else colour, 3)
        for c in range(cols) for r in range(rows))


def house(x: float, y: float, w: float, h: float, wall: str = PAPER, roof: str = TERRACOTTA, door: str = GREEN) -> str:
    """A small house standing on (x, y), its left corner, with its roof above `h`."""
    top = poly([(x - w * 0.08, y - h), (x + w / 2, y - h - w * 0.42), (x + w * 1.08, y - h)], roof)
    shade = rect(x + w * 0.7, y - h, w * 0.3, h, darker(wall, 0.06))
    return (
        rect(x, y - h, w, h, wall) + shade + top + rect(x + w * 0.4, y - h * 0.5, w * 0.2, h * 0.5, door, 3)
        + window(x + w * 0.1, y - h * 0.75, w * 0.18, h * 0.3)
        + window(x + w * 0.72, y - h * 0.75, w * 0.18, h * 0.3))


def block(x: float, y: float, cols: int, rows: int, wall: str = BLUSH, *, pane: str = INK, roof: str = "") -> str:
    """A block of flats, its left corner on (x, y)."""
    w, h = cols * 70 + 30, rows * 84 + 50
    top = rect(x - 8, y - h - 16, w + 16, 22, roof or darker(wall, 0.2), 4)
    return (
        rect(x, y - h, w, h, wall) + rect(x + w * 0.82, y - h, w * 0.18, h, darker(wall, 0.06))
        + panes(x + 30, y - h + 36, cols, rows, colour=pane) + top)


def skyline(y: float, colour: str = MIST, *, seed: int = 0) -> str:
    """The far outline of a town: roofs, towers and a dome or two."""
    parts, x = [], -20
    for index in range(15):
        step = (index * 7 + seed * 3) % 5
        w, h = 90 + step * 16, 90 + ((index * 11 + seed * 5) % 7) * 26
        parts.append(rect(x, y - h, w, h + 4, colour))
        if step == 1:
            parts.append(poly([(x, y - h), (x + w / 2, y - h - 46), (x + w, y - h)], colour))
        if step == 3:
            parts += [ellipse(x + w / 2, y - h, w * 0.36, 46, colour), rect(x + w / 2 - 4, y - h - 80, 8, 60, colour)]
        x += w - 2
    return "".join(parts)


def stall(x: float, y: float, w: float, tones: tuple[str, str] = (TERRACOTTA, WHITE), *, h: float = 460) -> str:
    """A market stall without its goods: posts, counter and striped awning."""
    posts = (
        line([(x + 14, y), (x + 14, y - h + 40)], BARK, 14)
        + line([(x + w - 14, y), (x + w - 14, y - h + 40)], BARK, 14))
    return (
        posts + awning(x - 24, y - h, w + 48, tones) + rect(x, y - 170, w, 170, WOOD, 6)
        + rect(x - 10, y - 186, w + 20, 28, BARK, 6))


def awning(x: float, y: float, w: float, tones: tuple[str, str] = (TERRACOTTA, WHITE), drop: float = 100) -> str:
    count = max(4, round(w / 62))
    step = w / count
    return "".join(
        path(
            f"M{x + 24 + k * (w - 48) / count},{y} h{(w - 48) / count + 0.5} "
                f"L{x + (k + 1) * step + 0.5},{y + drop} a{step / 2},{step / 2} 0 0 1 {-step},0 Z",
            tones[k % 2]) for k in range(count))


def water(y: float, colour: str = WATER) -> str:
    lines = "".join(
        line(
            [(80 + k * 260 % 1500, y + 36 + (k * 47) % 130), (160 + k * 260 % 1500, y + 36 + (k * 47) % 130)], WHITE,
            5) for k in range(11))
    return rect(0, y, WIDTH, HEIGHT - y, colour) + faded(0.55, lines)


def path_way(x: float, y: float, colour: str = CREAM) -> str:
    """A path that comes from the bottom of the picture to (x, y)."""
    return path(
            f"M{x - 24},{y} C{x - 60},{y + 80} {x - 260},{y + 120} {x - 300},900 H{x + 160} C{x + 120},{y + 150} "
            f"{x + 40},{y + 70} {x + 24},{y} Z",
        colour)


def shelves(x: float, y: float, w: float, h: float, rows: int, wood: str = WOOD) -> str:
    """An empty set of shelves, its top left corner at (x, y)."""
    step = h / rows
    boards = "".join(rect(x, y + k * step - 7, w, 14, wood, 3) for k in range(rows + 1))
    return (
        rect(x, y, w, h, darker(wood, 0.3), 4) + rect(x - 10, y - 10, 16, h + 24, wood, 3)
        + rect(x + w - 6, y - 10, 16, h + 24, wood, 3) + boards)


def flag(x: float, y: float, h: float, colour: str = SAFFRON) -> str:
    return (
        line([(x, y), (x, y - h)], SLATE, h * 0.04)
        + path(
            f"M{x},{y - h} q{h * 0.2},{h * 0.1} {h * 0.4},0 v{h * 0.3} q{-h * 0.2},{h * 0.1} {-h * 0.4},0 z", colour))


def greenhouse(x: float, y: float, w: float, h: float) -> str:
    ribs = "".join(
        line([(x + w * k / 6, y), (x + w * k / 6, y - h * (0.55 + 0.45 * (1 - abs(k - 3) / 3) ** 0.6))], WHITE, 6)
        for k in range(7))
    return (
        faded(0.8, path(f"M{x},{y} V{y - h * 0.5} Q{x + w / 2},{y - h * 1.5} {x + w},{y - h * 0.5} V{y} Z", MIST))
        + ribs + line([(x, y), (x + w, y)], STONE, 8))


def bunting(y: float, tones: tuple[str, ...] = (TERRACOTTA, SAFFRON, GREEN, CORAL)) -> str:
    flags = "".join(
        poly(
            [
                (90 + k * 120, y + 60 - abs(k - 6) * 8), (150 + k * 120, y + 60 - abs(k - 6) * 8),
                (120 + k * 120, y + 118 - abs(k - 6) * 8)], tones[k % len(tones)]) for k in range(12))
    return (
        path(f"M0,{y} Q800,{y + 130} 1600,{y} L1600,{y + 4} Q800,{y + 134} 0,{y + 4} Z", LINE) + flags
        + circle(-10, 0, 1, INK))
