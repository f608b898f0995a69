"""The colours every drawing shares: those of the site, and tints of them."""

INK = "#12343b"
GREEN = "#0b5d51"
LEAF = "#dcefe6"
SAFFRON = "#f2a541"
TERRACOTTA = "#b5432a"
PAPER = "#fbf8f2"
WHITE = "#ffffff"
LINE = "#d9d3c6"

SLATE = "#3d5d63"
MIST = "#d3e0e1"
SKY = "#e3f0ef"
SAGE = "#a9cfc0"
MOSS = "#5f9f88"
CREAM = "#fcebcf"
HONEY = "#f8cf92"
AMBER = "#d98522"
BLUSH = "#f4d5c9"
CORAL = "#d9795f"
BRICK = "#8f3220"
WOOD = "#c48a52"
BARK = "#8a5a34"
SAND = "#ecdcc0"
WATER = "#8fbfc0"
STONE = "#c3bfb4"

SKINS = ("#f7d3b5", "#e9b58c", "#cc8d61", "#a2683f", "#754729", "#54321f")
HAIRS = {
    "black": "#231a1c",
    "brown": "#55331f",
    "chestnut": "#8a5229",
    "blond": "#dca94c",
    "red": "#a8431f",
    "grey": "#b9b7b2",
    "white": "#efece6",
}


def darker(colour: str, share: float = 0.14) -> str:
    """The same colour with a share of ink in it, for the side away from the light."""
    return mixed(colour, INK, share)


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with a share of `other` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(mine + (theirs - mine) * share):02x}" for mine, theirs in pairs)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))
