"""Heads: skin, hair, hats and the few marks of a face."""

from dataclasses import dataclass

from home.demo.studio.palette import HAIRS, INK, SAFFRON, SKINS, TERRACOTTA, WHITE, darker, mixed
from home.demo.studio.shapes import circle, curve, ellipse, line, path, placed, rect, ring


@dataclass(frozen=True)
class Look:
    """Who a figure is. `hair` names a cut, `shade` its colour; `hat` may cover it."""

    skin: int = 1
    hair: str = "short"
    shade: str = "brown"
    hat: str = ""
    tone: str = SAFFRON
    beard: bool = False
    glasses: bool = False
    back: bool = False
    headphones: bool = False


CAP = "M-1.06,.12 C-1.22,-1.42 1.22,-1.42 1.06,.12 L.9,.1 C.86,-.28 .66,-.5 .3,-.46 C-.2,-.4 -.66,-.42 -.88,.1 Z"
FULL = "M-1.08,.2 C-1.25,-1.45 1.25,-1.45 1.08,.2 C1,.9 .6,1.02 0,1.02 C-.6,1.02 -1,.9 -1.08,.2 Z"
BEHIND = {
    "bob": "M-1.2,.55 C-1.45,-1.7 1.45,-1.7 1.2,.55 C1.15,.95 .8,.95 .6,.9 L-.6,.9 C-.8,.95 -1.15,.95 -1.2,.55 Z",
    "long": "M-1.15,1.9 C-1.6,-1.9 1.6,-1.9 1.15,1.9 C.7,2.15 -.7,2.15 -1.15,1.9 Z",
}


def head(x: float, y: float, r: float, look: Look, way: int, *, behind: bool = False) -> str:
    """A head around (x, y); `behind` gives only what falls behind the shoulders."""
    tone = HAIRS[look.shade]
    parts = _behind(look, tone) if behind else _front(look, tone)
    return placed(*parts, x=x, y=y, scale=r, flip=way < 0)


def _behind(look: Look, tone: str) -> list[str]:
    if look.hat == "scarf":
        return [path("M-1.1,1.5 C-1.6,-1.7 1.6,-1.7 1.1,1.5 Z", darker(look.tone, 0.12))]
    if look.hair in BEHIND:
        return [path(BEHIND[look.hair], darker(tone, 0.1))]
    if look.hair == "afro":
        return [circle(0, -0.3, 1.48, tone)]
    if look.hair == "ponytail":
        return [ellipse(-1.25, 0.35, 0.42, 0.95, darker(tone, 0.1)), circle(-0.98, -0.45, 0.3, tone)]
    if look.hair == "braids":
        return [line([(-0.85, 0), (-1.05, 1.9)], tone, 0.42), line([(0.85, 0), (0.98, 1.9)], tone, 0.42)]
    return []


def _front(look: Look, tone: str) -> list[str]:
    skin = SKINS[look.skin]
    parts = [] if look.hair == "bun" and look.hat else _crown(look, tone)
    parts += [circle(-0.93, 0.12, 0.22, darker(skin, 0.12)), ellipse(0, 0, 0.96, 1.02, skin)]
    if look.back:
        return [*parts, path(FULL, tone), *_hat(look)]
    parts += _face(look, skin, tone)
    if look.hair not in {"bald", "shaved"} and look.hat != "scarf":
        parts.append(path(CAP, tone))
    if look.hair == "bald":
        parts += [ellipse(-0.93, -0.02, 0.2, 0.4, tone)]
    if look.hair == "shaved":
        parts.append(path("M-1,0 C-1.1,-1.32 1.1,-1.32 1,0 C.8,-.7 -.7,-.75 -1,0 Z", mixed(skin, tone, 0.6)))
    if look.hair == "curly":
        spots = ((-0.95, -0.3), (-0.75, -0.8), (-0.25, -1.1), (0.3, -1.1), (0.78, -0.78), (0.98, -0.3))
        parts += [circle(cx, cy, 0.42, tone) for cx, cy in spots]
    return [*parts, *_extras(look), *_hat(look)]


def _crown(look: Look, tone: str) -> list[str]:
    return [circle(-0.15, -1.25, 0.5, darker(tone, 0.1))] if look.hair == "bun" else []


def _face(look: Look, skin: str, tone: str) -> list[str]:
    mark = mixed(skin, "#2a1512", 0.78 if look.skin < 4 else 0.9)
    parts = [
        circle(-0.28, 0.42, 0.17, mixed(skin, TERRACOTTA, 0.24)),
        circle(0.68, 0.42, 0.15, mixed(skin, TERRACOTTA, 0.24)),
    ]
    if look.beard:
        parts.append(path("M-.96,.1 C-.9,1.35 .9,1.35 .96,.1 C.85,.45 .5,.36 .22,.36 C-.2,.36 -.7,.5 -.96,.1 Z", tone))
    parts += [circle(-0.08, 0.06, 0.095, mark), circle(0.56, 0.06, 0.095, mark)]
    parts.append(curve("M.28,.12 Q.42,.32 .24,.34", mixed(skin, "#2a1512", 0.32), 0.08))
    smile = WHITE if look.beard else mark
    return [*parts, curve("M-.02,.56 Q.24,.76 .5,.55", smile, 0.1)]


def _extras(look: Look) -> list[str]:
    parts = []
    if look.glasses:
        parts += [ring(-0.1, 0.06, 0.28, INK, 0.08), ring(0.58, 0.06, 0.28, INK, 0.08)]
        parts.append(line([(-0.38, 0.02), (-0.9, -0.04)], INK, 0.08))
    if look.headphones:
        parts += [curve("M-1,.1 C-1.15,-1.6 1.15,-1.6 1,.1", INK, 0.2), rect(-1.25, -0.2, 0.5, 0.75, TERRACOTTA, 0.22)]
    return parts


def _hat(look: Look) -> list[str]:
    tone = look.tone
    brim = darker(tone, 0.12)
    return {
        "": list[str](),
        "cap": [path("M-1.08,-.2 C-1.1,-1.5 1.1,-1.5 1.08,-.2 Z", tone), rect(0.2, -0.38, 1.35, 0.22, brim, 0.1)],
        "helmet": [
            path("M-1.14,-.15 C-1.15,-1.65 1.15,-1.65 1.14,-.15 Z", tone),
            rect(-1.25, -0.3, 2.6, 0.24, brim, 0.12),
            rect(-0.14, -1.3, 0.28, 1, brim, 0.1),
        ],
        "toque": [
            circle(-0.6, -1.55, 0.55, WHITE),
            circle(0.6, -1.55, 0.55, WHITE),
            circle(0, -1.75, 0.6, WHITE),
            path("M-.98,-.35 L-.9,-1.5 L.9,-1.5 L.98,-.35 Q0,-.6 -.98,-.35 Z", WHITE),
            path("M-1,-.3 L-.97,-.65 Q0,-.9 .97,-.65 L1,-.3 Q0,-.55 -1,-.3 Z", "#e6e0d4"),
        ],
        "beanie": [
            path("M-1.1,-.15 C-1.15,-1.6 1.15,-1.6 1.1,-.15 Z", tone),
            rect(-1.16, -0.42, 2.32, 0.4, brim, 0.18),
            circle(0, -1.35, 0.24, brim),
        ],
        "straw": [
            path("M-.85,-.4 C-.8,-1.5 .8,-1.5 .85,-.4 Z", tone),
            ellipse(0, -0.36, 1.75, 0.3, brim),
            rect(-0.84, -0.72, 1.68, 0.22, TERRACOTTA),
        ],
        "scarf": [
            path(
                "M-1.08,.1 C-1.2,-1.5 1.2,-1.5 1.08,.1 C1.06,.75 .9,1.3 .2,1.42 C-.7,1.42 -1.1,.8 -1.08,.1 Z"
                " M-.62,.1 C-.6,.7 -.2,1 .2,1 C.6,1 .88,.6 .86,.1 C.84,-.5 .5,-.66 .12,-.66 C-.3,-.66 "
                "-.6,-.5 -.62,.1 Z",
                tone,
            ).replace("<path", '<path fill-rule="evenodd"'),
            path("M-.9,.9 C-1.3,1.6 -.9,2 0,2.05 C.9,2 1.25,1.6 .85,.9 C.5,1.5 -.5,1.5 -.9,.9 Z", brim),
        ],
    }[look.hat]
