"""A page's body as data: one shape for each of `pages.blocks.Body`, with what it points to in full.

Works on what is stored, so that the pictures, files and films of many bodies
are read at once. A block that points to nothing public is left out.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pages.api import rich_text, shapes
from pages.api.library import Library, Wanted
from pages.api.shapes import Said

Stored = Mapping[str, Any]


def needs(blocks: Iterable[Stored], wanted: Wanted) -> None:
    """Add what the body points to."""
    for block in blocks:
        kind, value = block["type"], block["value"]
        match kind:
            case "text":
                rich_text.needs(value, wanted)
            case "note":
                rich_text.needs(value["text"], wanted)
            case "picture":
                wanted.add("pictures", _image(value).get("image"))
            case "figure":
                wanted.add("figures", value["figure"])
            case "file":
                wanted.add("files", value["document"])
            case "film":
                wanted.add("films", value["media"])


def say(blocks: Iterable[Stored], library: Library) -> list[Said]:
    said = ((block, BLOCKS[block["type"]](block["value"], library)) for block in blocks)
    return [{"id": block.get("id"), "type": block["type"], "value": value} for block, value in said if value]


def _text(value: str, library: Library) -> Said:
    return {"html": rich_text.say(value, library)}


def _picture(value: Stored, library: Library) -> Said | None:
    image = _image(value)
    alt = "" if image.get("decorative") else image.get("alt_text") or None
    shown = shapes.picture(library.pictures.get(image.get("image", 0)), use="wide", alt=alt)
    return shown and shown | {"caption": value.get("caption", "")}


def _image(value: Stored) -> Stored:
    return value["image"] or {}


def _quote(value: Stored, _library: Library) -> Said:
    return {"text": value["text"], "author": value["author"]}


def _figure(value: Stored, library: Library) -> Said | None:
    return shapes.figure(library.figures.get(value["figure"]))


def _file(value: Stored, library: Library) -> Said | None:
    return shapes.file(library.files.get(value["document"]), title=value.get("title", ""))


def _film(value: Stored, library: Library) -> Said | None:
    shown = shapes.film(library.films.get(value["media"]), library)
    return shown and shown | {"caption": value.get("caption", "")}


def _note(value: Stored, library: Library) -> Said:
    return {"title": value["title"], "html": rich_text.say(value["text"], library)}


def _footnotes(value: Stored, _library: Library) -> Said:
    return {"items": items(value["items"])}


def items(stored: Iterable[Any]) -> list[Any]:
    """The values of a list block, which keeps an id beside each."""
    return [item["value"] if isinstance(item, Mapping) and "value" in item else item for item in stored]


BLOCKS: dict[str, Callable[[Any, Library], Said | None]] = {
    "text": _text,
    "picture": _picture,
    "quote": _quote,
    "figure": _figure,
    "file": _file,
    "film": _film,
    "note": _note,
    "footnotes": _footnotes,
}
