"""Slide decks: the checks of their kind of file, then what each slide says, in its order."""

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Here every part has already been checked: none declares an entity.
from xml.etree import ElementTree as ET

import pypdfium2

from pages.library import archive, pdf
from pages.library.refusal import RefusedError

MOST_SLIDES = 500
LONGEST_SLIDE = 5000
DAMAGED = "Ce diaporama est abîmé ou incomplet. Enregistrez-le de nouveau, puis envoyez-le."

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"


def read(path: Path) -> dict[str, Any]:
    """`{"kind": "pptx", "slides": ["What the first says", …]}`."""
    with path.open("rb") as file:
        is_pdf = file.read(5) == b"%PDF-"
    try:
        kind, slides = ("pdf", _of_pdf(path)) if is_pdf else _of_archive(path)
    except (ET.ParseError, KeyError, ValueError, pypdfium2.PdfiumError) as error:
        if isinstance(error, RefusedError):
            raise
        raise RefusedError(DAMAGED) from error
    if not slides:
        raise RefusedError("Ce diaporama n’a aucune diapositive.")
    if len(slides) > MOST_SLIDES:
        raise RefusedError(f"Ce diaporama a {len(slides)} diapositives : {MOST_SLIDES} au plus.")
    return {"kind": kind, "slides": [_plain(slide) for slide in slides]}


def _plain(text: str) -> str:
    """One line, without what no database keeps."""
    words = "".join(character if character.isprintable() else " " for character in text).split(" ")
    return " ".join(filter(None, words))[:LONGEST_SLIDE]


def _of_pdf(path: Path) -> list[str]:
    pdf.read(path)
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def _of_archive(path: Path) -> tuple[str, list[str]]:
    kind = archive.read(path)["kind"]
    with zipfile.ZipFile(path) as opened:
        if kind == "pptx":
            return kind, list(_of_pptx(opened))
        if kind == "odp":
            return kind, list(_of_odp(opened))
    raise RefusedError("Ce fichier n’est pas un diaporama, malgré son nom.")


def _of_pptx(opened: zipfile.ZipFile) -> Iterator[str]:
    relations = _parse(opened, "ppt/_rels/presentation.xml.rels")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for slide in _parse(opened, "ppt/presentation.xml").iter(f"{_SLIDES}sldId"):
        # A target is relative to `ppt/`, or from the root of the archive.
        name = posixpath.normpath(posixpath.join("/ppt", targets[slide.get(f"{_RELATION}id")])).lstrip("/")
        yield _paragraphs(_parse(opened, name), f"{_DRAWING}p", f"{_DRAWING}t")


def _of_odp(opened: zipfile.ZipFile) -> Iterator[str]:
    for slide in _parse(opened, "content.xml").iter(f"{_DRAW}page"):
        for notes in slide.findall(f"{_PRESENTATION}notes"):
            slide.remove(notes)
        yield " ".join("".join(paragraph.itertext()) for paragraph in slide.iter(f"{_TEXT}p"))


def _parse(opened: zipfile.ZipFile, name: str) -> ET.Element:
    return ET.fromstring(opened.read(name))  # noqa: S314  # see the import


def _paragraphs(slide: ET.Element, paragraph: str, run: str) -> str:
    return " ".join("".join(part.text or "" for part in each.iter(run)) for each in slide.iter(paragraph))
