"""The few SVG shapes everything else is drawn with. Each returns markup; coordinates are in pixels."""

from collections.abc import Sequence

type Point = tuple[float, float]

WIDTH, HEIGHT = 1600, 900


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{r:.1f}" fill="{fill}"/>'


def circle(x: float, y: float, r: float, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}"/>'


def ring(x: float, y: float, r: float, stroke: str, width: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="none" stroke="{stroke}" stroke-width="{width:.1f}"/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    return f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}"/>'


def poly(points: Sequence[Point], fill: str) -> str:
    return f'<polygon points="{_listed(points)}" fill="{fill}"/>'


def line(points: Sequence[Point], stroke: str, width: float) -> str:
    """A stroke through the points, with round ends and joints."""
    return (
        f'<polyline points="{_listed(points)}" fill="none" stroke="{stroke}" stroke-width="{width:.1f}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def path(data: str, fill: str) -> str:
    return f'<path d="{data}" fill="{fill}"/>'


def curve(data: str, stroke: str, width: float) -> str:
    return f'<path d="{data}" fill="none" stroke="{stroke}" stroke-width="{width:.1f}" stroke-linecap="round"/>'


def trace(*steps: tuple[str | float, ...]) -> str:
    """The data of a closed path: each step is a letter of SVG and its numbers."""
    return (
        " ".join(" ".join(part if isinstance(part, str) else f"{part:.1f}" for part in step) for step in steps) + " Z"
    )


def placed(*parts: str, x: float = 0, y: float = 0, scale: float = 1, flip: bool = False, turn: float = 0) -> str:
    """The parts, drawn around (0, 0), moved to (x, y)."""
    across = -scale if flip else scale
    moves = f"translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({across:.3f} {scale:.3f})"
    return f'<g transform="{moves}">{"".join(parts)}</g>'


def faded(opacity: float, *parts: str) -> str:
    return f'<g opacity="{opacity}">{"".join(parts)}</g>'


def shadow(x: float, y: float, rx: float) -> str:
    """What stands on the ground darkens it a little."""
    return faded(0.13, ellipse(x, y, rx, max(6, rx * 0.11), "#12343b"))


def picture(*parts: str) -> str:
    """A whole drawing."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{''.join(parts)}</svg>"
    )


def _listed(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
