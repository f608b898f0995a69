"""PDF files: what a reader could be made to do, how many pages, the first one drawn."""

import base64
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from pages.library.refusal import RefusedError

COVER_WIDTH = 800
# A first page taller than this many times its width is a scroll: its top is cover enough.
TALLEST = 2
MOST_PAGES = 2000
MOST_UNPACKED = 64 * 1024 * 1024
AFTER_THE_END = b"\0\t\n\f\r \x1a"

OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+obj\b(.*?)(?:\bendobj\b|\Z)", re.S)
STREAM = re.compile(rb"\bstream\r?\n(.*?)(?:endstream\b|\Z)", re.S)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# Long enough never to be met by chance, so looked for everywhere: a string may imitate the start of a stream.
REFUSED = {
    rb"Encrypt": "Ce PDF est protégé : il ne peut pas être vérifié. Enregistrez-le sans mot de passe ni restriction.",
    rb"JavaScript": "Ce PDF contient un programme. Enregistrez-le de nouveau « en PDF », sans formulaire actif.",
    rb"Launch|SubmitForm|ImportData|GoToE": "Ce PDF ouvre d’autres programmes ou envoie des données.",
    rb"EmbeddedFiles?|RichMedia": "Ce PDF contient un autre fichier. Envoyez chaque fichier à part.",
}
# Three letters are met by chance in a picture: looked for outside streams.
SHORT = re.compile(rb"/(?:JS|XFA)(?![A-Za-z0-9_.-])")
DAMAGED = "Ce PDF est abîmé ou incomplet. Enregistrez-le de nouveau, puis envoyez-le."


def read(path: Path) -> dict[str, Any]:
    """The number of pages, and the first one as PNG, `COVER_WIDTH` wide."""
    content = path.read_bytes()
    _check_frame(content)
    _check_names(_plain_names(content))
    _check_objects(dict(_objects(content)))
    try:
        with pypdfium2.PdfDocument(path) as document:
            _check_document(document)
            return {"pages": len(document), "cover": base64.b64encode(_cover(document)).decode()}
    except pypdfium2.PdfiumError as error:
        raise RefusedError(DAMAGED) from error


def _check_frame(content: bytes) -> None:
    if not content.startswith(b"%PDF-"):
        raise RefusedError("Ce fichier n’est pas un PDF, malgré son nom.")
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise RefusedError(DAMAGED)
    if content[end + len(b"%%EOF") :].strip(AFTER_THE_END):
        raise RefusedError("Ce PDF cache autre chose après sa fin. Enregistrez-le de nouveau.")


def _objects(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Every object by its number, without the bytes of its stream; number 0 is what stands outside objects."""
    unpacked = MOST_UNPACKED
    for match in OBJECT.finditer(content):
        stream = STREAM.search(match[2])
        words = _plain_names(match[2][: stream.start()] if stream else match[2])
        yield int(match[1]), words
        if stream and b"/ObjStm" in words:
            packed = _unpacked(words, stream[1], most=unpacked)
            unpacked -= len(packed)
            yield from _packed_objects(words, packed)
    yield 0, _plain_names(STREAM.sub(b"", OBJECT.sub(b"", content)))


def _unpacked(words: bytes, data: bytes, *, most: int) -> bytes:
    if b"/Filter" not in words:
        return data
    if not re.search(rb"/Filter\s*\[?\s*/FlateDecode", words) or re.search(rb"/Predictor\s+[2-9]", words):
        raise RefusedError(DAMAGED)
    packer = zlib.decompressobj()
    try:
        unpacked = packer.decompress(data, most)
    except zlib.error as error:
        raise RefusedError(DAMAGED) from error
    if packer.unconsumed_tail:
        raise RefusedError("Ce PDF est trop lourd une fois ouvert.")
    return unpacked


def _packed_objects(words: bytes, unpacked: bytes) -> Iterator[tuple[int, bytes]]:
    first = re.search(rb"/First\s+(\d{1,9})", words)
    if first is None:
        raise RefusedError(DAMAGED)
    start = int(first[1])
    numbers = [int(number) for number in re.findall(rb"\d{1,10}", unpacked[:start])]
    places = list(zip(numbers[::2], numbers[1::2], strict=False))
    ends = [place for _, place in places[1:]] + [len(unpacked)]
    for (number, place), end in zip(places, ends, strict=True):
        yield number, _plain_names(unpacked[start + place : start + end])


def _plain_names(words: bytes) -> bytes:
    """`/J#61vaScript` is `/JavaScript`."""
    return ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), words)


def _check_names(words: bytes) -> None:
    for names, reason in REFUSED.items():
        if re.search(rb"/(?:" + names + rb")(?![A-Za-z0-9_.-])", words):
            raise RefusedError(reason)


def _check_objects(objects: dict[int, bytes]) -> None:
    for words in objects.values():
        _check_names(words)
        if SHORT.search(words):
            raise RefusedError(REFUSED[rb"JavaScript"])
        if opened := re.search(rb"/OpenAction\s*(?:(\d{1,10})\s+\d+\s+R|(<<.*))", words, re.S):
            action = objects.get(int(opened[1]), b"") if opened[1] else opened[2]
            if re.search(rb"/S\s*/URI\b", action[:500]):
                raise RefusedError("Ce PDF ouvre une page du Web dès qu’on le lit. Retirez cette action.")


def _check_document(document: pypdfium2.PdfDocument) -> None:
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise RefusedError(REFUSED[rb"JavaScript"])
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        raise RefusedError(REFUSED[rb"EmbeddedFiles?|RichMedia"])
    if not 0 < len(document) <= MOST_PAGES:
        raise RefusedError(f"Ce PDF a {len(document)} pages : il en faut au moins une, et au plus {MOST_PAGES}.")


def _cover(document: pypdfium2.PdfDocument) -> bytes:
    page = document[0]
    width, height = page.get_size()
    if min(width, height) < 1:
        raise RefusedError(DAMAGED)
    hidden = max(height - width * TALLEST, 0)
    image = page.render(scale=COVER_WIDTH / width, crop=(0, hidden, 0, 0)).to_pil().convert("RGB")
    content = BytesIO()
    image.save(content, "PNG", optimize=True)
    return content.getvalue()
