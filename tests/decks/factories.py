"""Slide decks, made whole: `make_deck(title="…")` in the database, `pptx(["Bonjour"])` as a file."""

from datetime import date
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from pptx import Presentation

from decks.models import Preview, SlideDeck, Topic
from tests import files

MANIFEST = """<?xml version="1.0"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.presentation"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""

_numbers = count(1)


def pptx(slides: list[str]) -> bytes:
    """A real deck, as PowerPoint writes it, with one sentence on each slide."""
    made = Presentation()
    for words in slides:
        made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = words
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def odp(slides: list[str]) -> bytes:
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    names += 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    names += 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    names += 'xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"'
    notes = "<presentation:notes><text:p>Note pour l’orateur</text:p></presentation:notes>"
    names += ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"'
    frame = (
        '<draw:frame svg:width="20cm" svg:height="3cm"><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>'
    )
    pages = "".join(f"<draw:page>{frame.format(words)}{notes}</draw:page>" for words in slides)
    body = f"<office:body><office:presentation>{pages}</office:presentation></office:body>"
    content = f'<?xml version="1.0"?><office:document-content {names}>{body}</office:document-content>'
    return files.open_document("presentation", **{"content.xml": content, "META-INF/manifest.xml": MANIFEST})


def make_deck(
    *, slides: list[str] | None = None, content: bytes = b"diapositives", previews: int = 0, **fields: Any
) -> SlideDeck:
    """Published today, without being read: its slides are said by `slides`."""
    number = next(_numbers)
    said = slides or []
    defaults = {
        "title": f"Diaporama {number}",
        "topic": Topic.STRUCTURES,
        "edition_on": date(2026, 9, 1),
        "published_at": timezone.now(),
        "file": ContentFile(content, name=f"diaporama-{number}.pptx"),
        "file_name": f"diaporama-{number}.pptx",
        "kind": "pptx",
        "size": len(content),
        "slide_count": len(said) or None,
        "text": "\n".join(said),
    }
    deck = SlideDeck.objects.create(**defaults | fields)
    for place in range(1, previews + 1):
        Preview.objects.create(
            deck=deck,
            number=place,
            text=f"Diapositive du {deck.title}",
            image=ContentFile(files.picture("WEBP"), name=f"{place}.webp"),
            width=60,
            height=40,
        )
    return deck
