"""PDF files that screen readers read and archives keep (PDF/A-2a, PDF/UA-1), typeset from a source of ours.

What people wrote is given as data: the typesetter reads no markup in it, opens
no file and no address. Its own fonts have the letters of most scripts, those
of the machine are asked for the others; where none has a letter, a plain PDF
shows a box in its place.
"""

import json
import re
from pathlib import Path
from typing import Any, Literal

import typst

FONTS = Path(__file__).with_name("fonts")
ACCESSIBLE: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
# What reverses the reading of a line, or hides in it.
HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def printed(source: Path, page: dict[str, Any]) -> bytes:
    """The source finds `page` as JSON in `sys.inputs.page`."""
    data = HIDDEN.sub("", json.dumps(page, ensure_ascii=False))
    try:
        return _compile(source, data, ACCESSIBLE)
    except typst.TypstError:
        return _compile(source, data, [])


def _compile(source: Path, page: str, standards: list[Any]) -> bytes:
    content: bytes = typst.compile(
        str(source),
        root=str(source.parent),
        font_paths=[str(FONTS)],
        sys_inputs={"page": page},
        pdf_standards=standards,
    )
    return content
