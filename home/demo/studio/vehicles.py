"""What rolls and floats."""

from math import cos, pi, sin

from home.demo.studio.palette import (
    CREAM,
    GREEN,
    INK,
    MIST,
    SAFFRON,
    SKY,
    SLATE,
    STONE,
    TERRACOTTA,
    WHITE,
    WOOD,
    darker,
)
from home.demo.studio.shapes import circle, curve, faded, line, path, placed, poly, rect, ring, shadow


def wheel(x: float, y: float, r: float, rim: str = STONE) -> str:
    spokes = "".join(
        line([(x, y), (x + r * 0.9 * cos(k * pi / 4), y + r * 0.9 * sin(k * pi / 4))], rim, max(2, r * 0.03))
        for k in range(8)
    )
    return spokes + ring(x, y, r, INK, r * 0.12) + circle(x, y, r * 0.12, SLATE)


def tyre(x: float, y: float, r: float) -> str:
    return circle(x, y, r, INK) + circle(x, y, r * 0.52, STONE) + circle(x, y, r * 0.2, SLATE)


def bicycle(x: float, y: float, size: float = 1, tone: str = TERRACOTTA, *, flip: bool = False) -> str:
    """A bicycle going right, both wheels on y, 300 px long."""
    frame = line([(-95, -62), (-30, -150), (70, -150), (-10, -62), (-95, -62)], tone, 10) + line(
        [(-10, -62), (-42, -170)], tone, 10
    )
    front = line([(95, -62), (66, -185)], tone, 10) + line([(66, -185), (92, -196)], INK, 9)
    saddle = rect(-72, -182, 60, 14, INK, 7)
    pedal = circle(-10, -62, 17, SLATE) + line([(-10, -62), (6, -34)], SLATE, 7)
    return placed(wheel(-95, -62, 60), wheel(95, -62, 60), frame, front, saddle, pedal, x=x, y=y, scale=size, flip=flip)


def cargo_bike(x: float, y: float, size: float = 1, tone: str = GREEN, load: str = SAFFRON) -> str:
    """A long bicycle with its box in front, going right."""
    frame = (
        line([(-190, -70), (-110, -160), (-50, -70), (-190, -70)], tone, 12)
        + line([(-50, -70), (-80, -190)], tone, 12)
        + line([(-110, -160), (0, -150), (20, -70), (-50, -70)], tone, 12)
    )
    bars = line([(10, -150), (-6, -235), (-34, -240)], INK, 10)
    chest = (
        rect(40, -250, 230, 170, load, 14)
        + rect(40, -250, 230, 34, darker(load), 14)
        + rect(130, -190, 50, 50, CREAM, 8)
    )
    return placed(
        wheel(-190, -70, 68),
        wheel(310, -56, 54),
        frame,
        line([(20, -74), (250, -74), (310, -56)], tone, 12),
        bars,
        chest,
        rect(-112, -204, 66, 16, INK, 8),
        circle(-50, -70, 18, SLATE),
        x=x,
        y=y,
        scale=size,
    )


def van(x: float, y: float, size: float = 1, tone: str = GREEN, *, flip: bool = False, band: str = SAFFRON) -> str:
    """A minibus going right, 560 px long, its left corner on (x, y)."""
    body = path("M0,-50 V-260 Q0,-290 30,-290 H400 Q440,-290 462,-255 L510,-170 Q556,-160 560,-120 V-50 Z", tone)
    glass = (
        path("M416,-258 H396 V-170 H478 L440,-240 Q432,-258 416,-258 Z", SKY)
        + rect(36, -255, 150, 85, SKY, 10)
        + rect(206, -255, 150, 85, SKY, 10)
    )
    trim = rect(0, -130, 558, 18, band) + circle(540, -96, 16, CREAM) + rect(-6, -60, 572, 18, darker(tone, 0.4), 8)
    return placed(body, glass, trim, tyre(120, -48, 48), tyre(440, -48, 48), x=x, y=y, scale=size, flip=flip)


def wheelchair(x: float, y: float, size: float = 1, tone: str = SAFFRON, *, flip: bool = False) -> str:
    parts = [
        line([(-60, -250), (-60, -120), (60, -120), (84, -30), (120, -30)], SLATE, 11),
        rect(-68, -240, 20, 120, tone, 8),
        rect(-64, -132, 130, 18, tone, 8),
        line([(-60, -250), (-92, -256)], SLATE, 10),
        circle(84, -16, 16, INK),
        wheel(-20, -82, 80, SLATE),
    ]
    return placed(*parts, x=x, y=y, scale=size, flip=flip)


def barge(x: float, y: float, hull: str = INK, cabin: str = TERRACOTTA) -> str:
    """A canal boat 1000 px long, its bow on the right, floating on y."""
    shape = path("M0,-120 Q20,20 80,30 H900 Q1000,0 1010,-150 L900,-100 H60 Z", hull) + path(
        "M4,-100 Q6,-84 10,-70 H920 Q980,-90 1006,-130 L900,-84 H60 Z", TERRACOTTA if hull == INK else SAFFRON
    )
    room = rect(90, -220, 420, 120, cabin, 10) + rect(70, -236, 460, 24, darker(cabin, 0.3), 8)
    ports = "".join(circle(150 + k * 100, -160, 30, WHITE) + circle(150 + k * 100, -160, 22, SKY) for k in range(4))
    return placed(shape, room, ports, x=x, y=y)


def train(x: float, y: float, tone: str = WHITE, band: str = GREEN) -> str:
    """A train coming from the left, its nose on the right, its wheels on y."""
    body = path("M-1200,-60 V-380 H0 Q110,-370 170,-230 Q210,-140 210,-90 Q210,-60 180,-60 Z", tone)
    glass = path("M10,-340 Q90,-320 130,-220 H10 Z", INK) + "".join(
        rect(-1160 + k * 290, -320, 200, 110, INK, 12) + faded(0.35, rect(-1150 + k * 290, -310, 180, 90, SKY, 8))
        for k in range(4)
    )
    trim = path("M-1200,-170 H192 Q206,-130 208,-110 H-1200 Z", band) + path("M-1200,-110 H208 v14 H-1200 Z", SAFFRON)
    wheels = "".join(circle(cx, -48, 34, SLATE) for cx in (-900, -780, -330, -210, 20, 120))
    return placed(wheels, body, glass, trim, circle(176, -130, 15, CREAM), x=x, y=y)


def tractor(x: float, y: float, size: float = 1, tone: str = TERRACOTTA) -> str:
    parts = [
        rect(-60, -230, 150, 120, MIST, 8),
        rect(-72, -250, 174, 22, tone, 8),
        rect(-70, -140, 300, 80, tone, 16),
        rect(180, -190, 14, 60, INK),
        tyre(-20, -80, 80),
        tyre(200, -48, 48),
    ]
    return shadow(x + 60 * size, y, 200 * size) + placed(*parts, x=x, y=y, scale=size)


def trolley(x: float, y: float, tone: str = STONE) -> str:
    return (
        line([(x - 110, y - 230), (x - 80, y - 40), (x + 120, y - 40)], SLATE, 12)
        + circle(x - 60, y - 16, 18, INK)
        + circle(x + 100, y - 16, 18, INK)
        + poly([(x - 84, y - 60), (x + 124, y - 60), (x + 124, y - 46), (x - 84, y - 46)], tone)
        + curve(f"M{x - 110},{y - 230} h-30", SLATE, 12)
    )


def wheelbarrow(x: float, y: float, tone: str = GREEN, load: str = WOOD) -> str:
    return (
        path(f"M{x - 90},{y - 120} Q{x},{y - 190} {x + 100},{y - 120} Z", load)
        + poly([(x - 110, y - 124), (x + 120, y - 124), (x + 70, y - 50), (x - 60, y - 50)], tone)
        + line([(x + 90, y - 30), (x - 30, y - 70), (x - 190, y - 110)], WOOD, 12)
        + line([(x - 50, y - 60), (x - 70, y)], WOOD, 10)
        + wheel(x + 100, y - 34, 34)
    )
