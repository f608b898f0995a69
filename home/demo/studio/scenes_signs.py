"""Drawings of things that stand for an idea: a letter, a stamp, a compass, the map."""

from math import cos, pi, sin

from home.demo.studio.heads import Look
from home.demo.studio.nature import leaf, potted
from home.demo.studio.palette import (
    AMBER,
    BARK,
    BLUSH,
    BRICK,
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
    SKINS,
    SLATE,
    TERRACOTTA,
    WHITE,
    WOOD,
)
from home.demo.studio.people import Wear, person
from home.demo.studio.places import blob, room
from home.demo.studio.shapes import circle, curve, ellipse, faded, line, path, picture, placed, poly, rect, ring
from home.demo.studio.sources import OUTLINES
from home.demo.studio.things import mug

# A picture is a list of things to place: filled like text, it stays readable.
# fmt: off


def handshake() -> str:
    light, dark = SKINS[1], SKINS[4]
    left = (
        line([(-40, 640), (560, 500)], TERRACOTTA, 200) + line([(470, 520), (560, 500)], WHITE, 176)
        + line([(540, 505), (680, 476)], light, 120))
    right = (
        line([(1640, 640), (1040, 500)], GREEN, 200) + line([(1130, 520), (1040, 500)], CREAM, 176)
        + line([(1060, 505), (930, 478)], dark, 120))
    grip = path("M640,420 Q760,360 900,420 Q960,470 920,540 Q800,600 680,560 Q600,500 640,420 Z", dark)
    fingers = "".join(line([(700 + k * 52, 470 + k * 8), (730 + k * 50, 566 - k * 4)], light, 46) for k in range(4))
    thumb = line([(900, 440), (780, 396)], dark, 54) + line([(660, 440), (790, 420)], light, 54)
    return picture(
        rect(0, 0, 1600, 900, CREAM), circle(800, 470, 390, HONEY),
        "".join(
            line(
                [
                    (800 + 430 * cos(k * pi / 8), 470 + 430 * sin(k * pi / 8)),
                    (800 + 480 * cos(k * pi / 8), 470 + 480 * sin(k * pi / 8))], SAFFRON, 14) for k in range(16)),
        right, grip, left, fingers, thumb)


def letter() -> str:
    sheet = (
        rect(-270, -430, 540, 480, WHITE, 8)
        + "".join(rect(-210, -370 + k * 58, 420 if k % 3 else 260, 16, MIST if k else SAFFRON, 8) for k in range(6)))
    pen = placed(
        rect(-16, -270, 32, 250, GREEN, 14), poly([(-16, -22), (16, -22), (0, 44)], SAND),
        rect(-16, -230, 32, 18, SAFFRON), x=1290, y=640, turn=32)
    seal = circle(0, 66, 54, TERRACOTTA) + circle(0, 66, 38, BRICK) + leaf(0, 94, 54, 0, HONEY)
    return picture(
        rect(0, 0, 1600, 900, "#d7e8e2"), "".join(rect(0, 70 + k * 180, 1600, 6, "#cadfd7") for k in range(5)),
        placed(rect(-330, -200, 700, 440, "#bcd3ca", 20), x=790, y=570, turn=-5),
        placed(
            sheet, rect(-330, -60, 660, 280, "#f4e6cc", 14)
            + path("M-330,-200 L0,60 L330,-200 V220 H-330 Z", "#f4e6cc") + line([(-318, 208), (-30, 36)], "#d9c49c", 8)
            + line([(318, 208), (30, 36)], "#d9c49c", 8) + line([(-326, -194), (0, 62), (326, -194)], "#d9c49c", 10),
            seal, x=770, y=560, turn=-5), pen, placed(mug(0, 0, 130, SAFFRON), x=240, y=330),
        placed(
            rect(-70, -84, 140, 168, WHITE), rect(-56, -70, 112, 140, GREEN), circle(0, -10, 34, SAFFRON), x=1330,
            y=230, turn=9), placed(potted(0, 0, 260), x=210, y=850))


def calendar() -> str:
    tones = {3: SAGE, 8: SAFFRON, 12: GREEN, 17: TERRACOTTA, 18: TERRACOTTA, 23: SAFFRON, 26: SAGE}
    days = (
        "".join(rect(520 + (k % 7) * 92, 330 + (k // 7) * 92, 76, 76, tones.get(k, "#eef2ec"), 10) for k in range(28))
        + circle(558 + 92 * 5, 368 + 92, 26, WHITE))
    page = (
        rect(484, 150, 690, 580, LINE, 18) + rect(476, 140, 690, 580, WHITE, 18)
        + path("M476,158 q0,-18 18,-18 h654 q18,0 18,18 v110 h-690 z", TERRACOTTA)
        + "".join(rect(560 + k * 120, 106, 22, 80, INK, 11) for k in range(5)) + rect(520, 206, 220, 26, BLUSH, 13))
    return picture(
        room("#e9f1e4", "#cfb68a", 790), blob(800, 430, 420, "#d6e7d2"), page, days,
        person(
            330, 870, 560, look=Look(4, "bun", "black"), wear=Wear(SAFFRON, INK), right=(500, 470), left=(280, 640)),
        person(
            1330, 870, 550, look=Look(0, "short", "brown", glasses=True), wear=Wear(GREEN, SLATE), left=(1180, 520),
            right=(1390, 640), way=-1, holding=circle(1176, 514, 30, SAFFRON)), potted(1510, 870, 200))


def map_of_the_region() -> str:
    tones = {
        "77": SAGE, "78": HONEY, "91": CORAL, "95": MOSS, "75": TERRACOTTA, "92": "#f7e3bd", "93": BLUSH,
        "94": SAFFRON}
    shapes = "".join(
        f'<path d="{OUTLINES[code]["path"]}" fill="{tone}" stroke="{PAPER}" stroke-width=".6" stroke-linejoin="round"/>'
        for code, tone in tones.items())
    pins = "".join(
        path(
                f"M{x},{y} C{x - 50},{y - 60} {x - 36},{y - 112} {x},{y - 112} C{x + 36},{y - 112} "
                f"{x + 50},{y - 60} {x},{y} Z",
            INK) + circle(x, y - 70, 17, tone) for x, y,
        tone in (
            (330, 280, SAFFRON), (640, 250, TERRACOTTA), (800, 560, SAFFRON), (420, 610, LEAF), (930, 330, CORAL)))
    fold = faded(
        0.06, poly([(420, 40), (770, 90), (770, 860), (420, 810)], INK),
        poly([(1120, 40), (1530, 90), (1530, 860), (1120, 810)], INK))
    return picture(
        rect(0, 0, 1600, 900, "#bfd9d1"),
        poly(
            [
                (70, 90), (420, 40), (770, 90), (1120, 40), (1530, 90), (1530, 860), (1120, 810), (770, 860),
                (420, 810), (70, 860)], PAPER), placed(shapes, x=-2330, y=-1080, scale=10), fold, placed(pins, x=200, y=40),
        placed(
            circle(0, 0, 70, WHITE), ring(0, 0, 62, INK, 6), poly([(0, -50), (16, 0), (-16, 0)], TERRACOTTA),
            poly([(0, 50), (16, 0), (-16, 0)], SLATE), x=1380, y=690))


def compass() -> str:
    ticks = "".join(
        line(
            [
                (800 + 268 * cos(k * pi / 12), 450 + 268 * sin(k * pi / 12)),
                (
                    800 + (236 if k % 6 == 0 else 252) * cos(k * pi / 12), 450
                    + (236 if k % 6 == 0 else 252) * sin(k * pi / 12))], INK, 12 if k % 6 == 0 else 6)
        for k in range(24))
    rose = (
        "".join(
            placed(poly([(0, -150), (26, 0), (-26, 0)], "#cfe0d8"), x=800, y=450, turn=45 + k * 90)
            for k in range(4))
        + "".join(placed(poly([(0, -200), (30, 0), (-30, 0)], SAGE), x=800, y=450, turn=k * 90) for k in range(4)))
    needle = placed(
        poly([(0, -225), (34, 0), (-34, 0)], TERRACOTTA), poly([(0, 225), (34, 0), (-34, 0)], INK),
        circle(0, 0, 26, SAFFRON), x=800, y=450, turn=38)
    roads = (
        curve("M-20,820 C300,700 260,420 520,420 S1000,120 1620,90", HONEY, 46)
        + curve("M-20,120 C220,160 380,40 620,140 S1300,620 1620,560", "#efe0bd", 34)
        + curve("M200,920 C420,720 1100,860 1620,780", "#efe0bd", 34))
    land = (
        ellipse(210, 480, 200, 130, SAGE) + ellipse(1380, 300, 240, 110, SAGE) + ellipse(1330, 690, 180, 70, "#cfe2c9")
        + ellipse(330, 250, 160, 60, "#cfe2c9"))
    return picture(
        rect(0, 0, 1600, 900, "#f6ecd2"), land, roads, faded(0.15, circle(824, 480, 350, INK)),
        circle(800, 450, 345, SAFFRON), ring(800, 450, 332, AMBER, 20), circle(800, 450, 290, PAPER), ticks, rose,
        needle, rect(770, 52, 60, 56, AMBER, 10), ring(800, 34, 40, AMBER, 16),
        "".join(line([(140 + k * 60, 800 - k * 22), (166 + k * 60, 790 - k * 22)], TERRACOTTA, 10) for k in range(4)),
        placed(
            path("M0,0 C-50,-60 -36,-112 0,-112 C36,-112 50,-60 0,0 Z", TERRACOTTA), circle(0, -70, 17, WHITE), x=1350,
            y=150))


def rubber_stamp() -> str:
    def vignette(x: float, y: float, tone: str, *, marked: bool) -> str:
        holes = (
            "".join(circle(x + d, y + e, 10, PAPER) for d in range(0, 181, 30) for e in (0, 210))
            + "".join(circle(x + d, y + e, 10, PAPER) for d in (0, 180) for e in range(0, 211, 30)))
        mark = (
            faded(
                0.9, ring(x + 124, y + 140, 54, INK, 6), ring(x + 124, y + 140, 40, INK, 4),
                "".join(curve(f"M{x - 20},{y + 110 + k * 20} q20,-12 40,0 t40,0", INK, 4) for k in range(3)))
            if marked else "")
        return (
            rect(x, y, 180, 210, tone) + rect(x + 20, y + 20, 140, 170, WHITE, 4) + leaf(x + 90, y + 160, 100, 0, tone)
            + holes + mark)

    grid = "".join(
        vignette(200 + (k % 3) * 240, 180 + (k // 3) * 290, tone, marked=k < 4) for k,
        tone in enumerate((SAFFRON, MOSS, CORAL, SLATE, SAGE, HONEY)))
    handle = placed(
        ellipse(0, -430, 90, 84, WOOD), path("M-40,-380 Q-20,-260 -70,-150 H70 Q20,-260 40,-380 Z", BARK),
        rect(-130, -160, 260, 74, TERRACOTTA, 14), rect(-140, -92, 280, 34, INK, 6), x=1200, y=660, turn=10)
    arm = (
        line([(1640, 120), (1420, 190), (1270, 250)], GREEN, 150) + line([(1350, 222), (1270, 250)], CREAM, 128)
        + circle(1240, 262, 86, SKINS[3])
        + "".join(
            line([(1176 + k * 8, 226 + k * 36), (1250 + k * 4, 214 + k * 36)], SKINS[3], 40) for k in range(3)))
    return picture(
        rect(0, 0, 1600, 900, "#cfe3da"),
        placed(rect(130, 90, 860, 720, "#b7d1c6", 24), rect(110, 70, 860, 720, PAPER, 24), x=0, y=0),
        rect(950, 70, 20, 720, LINE), grid,
        placed(rect(-190, -60, 380, 120, INK, 20), rect(-160, -36, 320, 72, SLATE, 10), x=1320, y=790),
        ellipse(1170, 660, 150, 24, "#b1cfc2"), handle, arm)
