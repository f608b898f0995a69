"""Pictures: decoded, and drawn again without anything that is not the picture."""

import base64
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from pages.library.refusal import RefusedError

FORMATS = ["AVIF", "GIF", "JPEG", "PNG", "WEBP"]
# What some telephones write under the name of a JPEG, with a second picture behind the first.
STEREO = "MPO"
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 20_000
# Twice as wide as the widest size that the site makes from it.
KEPT_SIDE = 2880
QUALITY: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 80, "speed": 10},
    "GIF": {},
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {},
    "WEBP": {"quality": 92, "method": 4},
}


def read(path: Path) -> dict[str, Any]:
    """The picture upright, at most `KEPT_SIDE` wide, without camera, place or comment."""
    with opened(path) as image:
        return {"content": base64.b64encode(_redrawn(image)).decode(), "size": image.size}


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """The decoded picture; whatever it does not let be done with it refuses it."""
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is lower
    try:
        with Image.open(path, formats=FORMATS) as image:
            _check(image)
            image.draft(None, (KEPT_SIDE, KEPT_SIDE))
            image.load()
            yield image
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, RefusedError):
            raise
        raise RefusedError(
            "Cette image ne s’ouvre pas : elle est abîmée, incomplète, ou ce n’est pas une image."
        ) from error


def _check(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise RefusedError(
            f"Cette image est trop grande ({width} × {height} points). Réduisez-la à moins de 50 millions de points."
        )
    if image.format != STEREO and getattr(image, "n_frames", 1) > 1:
        raise RefusedError("Cette image est animée. Choisissez une image fixe.")


def _redrawn(image: Image.Image) -> bytes:
    name = "JPEG" if image.format == STEREO else str(image.format)
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    # What Pillow would copy from `info` (comments, EXIF, XMP) is not given to `save`.
    upright.info = {key: value for key, value in upright.info.items() if key == "transparency"}
    content = BytesIO()
    upright.save(content, name, icc_profile=profile, **QUALITY[name])
    return content.getvalue()
