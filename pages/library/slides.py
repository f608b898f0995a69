"""The first pages of a PDF deck, drawn."""

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2

from pages.library import pdf
from pages.library.refusal import RefusedError

DRAWN = 4
WIDTH = 960
# A slide taller than this many times its width is no slide.
TALLEST = 3


def read(path: Path) -> dict[str, Any]:
    """The pages, each `{"content": WebP in base 64, "width": …, "height": …}`."""
    pdf.read(path)
    try:
        with pypdfium2.PdfDocument(path) as document:
            return {"pictures": [_drawn(document[number]) for number in range(min(DRAWN, len(document)))]}
    except pypdfium2.PdfiumError as error:
        raise RefusedError(pdf.DAMAGED) from error


def _drawn(page: pypdfium2.PdfPage) -> dict[str, Any]:
    width, height = page.get_size()
    if min(width, height) < 1 or height > width * TALLEST:
        raise RefusedError(pdf.DAMAGED)
    image = page.render(scale=WIDTH / width).to_pil().convert("RGB")
    content = BytesIO()
    image.save(content, "WEBP", quality=80, method=4)
    return {"content": base64.b64encode(content.getvalue()).decode(), "width": image.width, "height": image.height}
