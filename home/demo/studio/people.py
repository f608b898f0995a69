"""Figures: one body that stands, sits or kneels, and two arms that reach for a point."""

from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin

from home.demo.studio.clothes import Wear, over, shoe, skirt, trunk
from home.demo.studio.heads import Look, head
from home.demo.studio.palette import SKINS, darker
from home.demo.studio.shapes import Point, circle, line, rect, shadow

ANYBODY, PLAIN = Look(), Wear()


@dataclass(frozen=True)
class Body:
    """Where the joints of a figure are; `u` is a hundredth of its height."""

    x: float
    ground: float
    u: float
    hip: float
    shoulder: float
    lean: float
    head_radius: float

    @property
    def top(self) -> Point:
        return self.x + self.lean, self.shoulder


def person(
    x: float,
    y: float,
    h: float = 500,
    *,
    look: Look = ANYBODY,
    wear: Wear = PLAIN,
    left: Point | None = None,
    right: Point | None = None,
    pose: str = "stand",
    way: int = 1,
    lean: float = 0,
    child: bool = False,
    holding: str = "",
) -> str:
    """A figure on the ground at (x, y), `h` tall when standing.

    `left` and `right` are where its hands go, as seen on the picture; `way` is
    the side it turns to; `pose` is "stand", "walk", "sit", "kneel" or "bust"
    (no legs); `holding` is drawn in front of the body and behind the hands.
    """
    body = _body(x, y, h / 100, pose=pose, lean=lean, child=child)
    near, far = (right, left) if way >= 0 else (left, right)
    side = 1 if way >= 0 else -1
    skin = SKINS[look.skin]
    middle = [_legs(body, pose, side, wear, skin), _torso(body, wear, skin)]
    parts = [
        "" if pose in {"bust", "sit"} else shadow(x, y + 2, 17 * body.u),
        head(*_head_centre(body), body.head_radius, look, way, behind=True),
        _arm(body, far, -side, wear, skin, shaded=True),
        *(reversed(middle) if pose in {"sit", "kneel"} else middle),
        head(*_head_centre(body), body.head_radius, look, way),
        holding,
        _arm(body, near, side, wear, skin),
    ]
    if far is not None:
        parts.append(circle(*_reach(body, far, -side)[1], 3.1 * body.u, darker(skin, 0.06)))
    return "".join(parts)


def _body(x: float, y: float, u: float, *, pose: str, lean: float, child: bool) -> Body:
    hip, torso = (39, 29) if child else (48, 33)
    seat = {"sit": 27, "kneel": 25}.get(pose, hip)
    ground = y
    return Body(x, ground, u, y - seat * u, y - (seat + torso) * u, lean * u, (12.5 if child else 8.3) * u)


def _head_centre(body: Body) -> Point:
    return body.x + body.lean * 1.25, body.shoulder - 3.2 * body.u - body.head_radius * 0.98


def _reach(body: Body, target: Point | None, side: int) -> tuple[Point, Point, Point]:
    """Shoulder, hand and elbow of the arm on that side, the hand as near its target as the arm allows."""
    u = body.u
    sx, sy = body.x + body.lean + side * 8.2 * u, body.shoulder + 2.6 * u
    tx, ty = target if target is not None else (sx + side * 2.2 * u, sy + 34 * u)
    upper, lower = 18 * u, 17 * u
    distance = min(max(hypot(tx - sx, ty - sy), 4 * u), (upper + lower) * 0.995)
    angle = atan2(ty - sy, tx - sx)
    hand = sx + distance * cos(angle), sy + distance * sin(angle)
    bend = (upper**2 + distance**2 - lower**2) / (2 * upper * distance)
    opening = abs(pi / 2 - _arc(bend))
    candidates = [(sx + upper * cos(angle + s * opening), sy + upper * sin(angle + s * opening)) for s in (1, -1)]
    elbow = max(candidates, key=lambda point: point[1] + 0.4 * side * point[0])
    return (sx, sy), hand, elbow


def _arc(cosine: float) -> float:
    clipped = max(-1.0, min(1.0, cosine))
    return atan2(clipped, (1 - clipped * clipped) ** 0.5)


def _arm(body: Body, target: Point | None, side: int, wear: Wear, skin: str, *, shaded: bool = False) -> str:
    u = body.u
    shoulder, hand, elbow = _reach(body, target, side)
    sleeve = darker(wear.top, 0.22) if shaded else darker(wear.top, 0.08)
    flesh = darker(skin, 0.1) if shaded else skin
    wrist = elbow[0] + (hand[0] - elbow[0]) * 0.72, elbow[1] + (hand[1] - elbow[1]) * 0.72
    parts = [line([elbow, hand], flesh, 5.2 * u), circle(*hand, 3.3 * u, flesh)]
    if wear.bare_arms:
        cut = shoulder[0] + (elbow[0] - shoulder[0]) * 0.55, shoulder[1] + (elbow[1] - shoulder[1]) * 0.55
        parts += [line([shoulder, elbow], flesh, 5.6 * u), line([shoulder, cut], sleeve, 7.4 * u)]
    else:
        parts.append(line([shoulder, elbow, wrist], sleeve, 6.9 * u))
    return "".join(parts)


def _legs(body: Body, pose: str, side: int, wear: Wear, skin: str) -> str:
    if pose == "bust":
        return ""
    u, x, y = body.u, body.x, body.ground
    ankle = y - 4.4 * u
    far, near = {
        "stand": (
            ((x - side * 4.2 * u, y - 25 * u), (x - side * 5 * u, ankle)),
            ((x + side * 4.2 * u, y - 25 * u), (x + side * 5 * u, ankle)),
        ),
        "walk": (
            ((x - side * 5 * u, y - 25 * u), (x - side * 13 * u, ankle)),
            ((x + side * 8 * u, y - 26 * u), (x + side * 11 * u, ankle)),
        ),
        "sit": (
            ((x + side * 19 * u, y - 25 * u), (x + side * 17 * u, ankle)),
            ((x + side * 22 * u, y - 25 * u), (x + side * 23 * u, ankle)),
        ),
        "kneel": (
            ((x - side * 3 * u, y - 4 * u), (x - side * 19 * u, y - 4.4 * u)),
            ((x + side * 18 * u, y - 22 * u), (x + side * 17 * u, ankle)),
        ),
    }[pose]
    flip = -1 if side < 0 else 1
    return "".join(
        _leg((x + offset * u * flip, body.hip), knee, foot, side, u, wear, skin, tone)
        for (knee, foot), offset, tone in ((far, -3.6, 0.2), (near, 3.6, 0.0))
    )


def _leg(hip: Point, knee: Point, foot: Point, side: int, u: float, wear: Wear, skin: str, tone: float) -> str:
    cloth = darker(skin if wear.skirt else wear.legs, tone)
    return line([hip, knee, foot], cloth, (6 if wear.skirt else 8.2) * u) + shoe(foot, side, u, wear.shoes)


def _torso(body: Body, wear: Wear, skin: str) -> str:
    u, (x, y), hip = body.u, body.top, (body.x, body.hip)
    neck = rect(x - 2.9 * u, y - 6 * u, 5.8 * u, 9 * u, darker(skin, 0.12), 2 * u)
    below = skirt(hip, body.ground, u, wear.legs) if wear.skirt else ""
    return neck + below + trunk(body.top, hip, u, wear) + over(body.top, hip, u, wear)
