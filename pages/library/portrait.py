"""Portraits: pictures drawn again small, in one format that every reader and printer knows."""

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from pages.library import image as pictures

KEPT_SIDE = 640
QUALITY = 85
WHITE = (255, 255, 255)


def read(path: Path) -> dict[str, Any]:
    """The portrait upright, as a JPEG of at most `KEPT_SIDE`, without camera, place or comment."""
    with pictures.opened(path) as image:
        upright = ImageOps.exif_transpose(image).convert("RGBA")
        upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
        flat = Image.new("RGB", upright.size, WHITE)
        flat.paste(upright, mask=upright.getchannel("A"))
        content = BytesIO()
        flat.save(content, "JPEG", quality=QUALITY, optimize=True)
        return {"content": base64.b64encode(content.getvalue()).decode(), "size": flat.size}
