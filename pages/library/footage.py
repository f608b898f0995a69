"""Footage: a film as a telephone or a webcam made it, before the site makes one of its own of it."""

from pathlib import Path
from typing import Any

from pages.library import film

# Beyond what browsers play: what telephones record, HEVC first.
CODECS = film.CODECS | {"hevc"}


def read(path: Path) -> dict[str, Any]:
    """Its length in seconds, once its last second has been reached."""
    with film.opened(path) as container:
        stream = film.picture_of(container, CODECS)
        return {"duration": round(film.seconds_of(container, stream), 2)}
