"""From the tables of the TOML files to the blocks of a page's body."""

from dataclasses import dataclass, field
from typing import Any

from home.demo.content import Item
from pages.models import File, Film, KeyFigure, Picture

Block = tuple[str, Any]


@dataclass
class Library:
    """What a body may point to, by the names that the texts use."""

    drawings: dict[str, Picture] = field(default_factory=dict)
    figures: dict[str, KeyFigure] = field(default_factory=dict)
    documents: dict[str, File] = field(default_factory=dict)
    films: dict[str, Film] = field(default_factory=dict)


def blocks(tables: list[Item], library: Library) -> list[Block]:
    """The body; a block whose drawing, file or film does not exist is left out."""
    found = (_block(table, library) for table in tables)
    return [block for block in found if block is not None]


def _block(table: Item, library: Library) -> Block | None:
    match table["type"]:
        case "text":
            return ("text", table["html"])
        case "quote":
            return ("quote", {"text": table["text"], "author": table["author"]})
        case "note":
            return ("note", {"title": table["title"], "text": table["html"]})
        case "footnotes":
            return ("footnotes", {"items": table["items"]})
        case _:
            return _reference(table, library)


def _reference(table: Item, library: Library) -> Block | None:
    match table["type"]:
        case "image" if picture := library.drawings.get(table["drawing"]):
            picture.contextual_alt_text = picture.description
            picture.decorative = False
            return ("picture", {"image": picture, "caption": table.get("caption", "")})
        case "figure" if figure := library.figures.get(table["key"]):
            return ("figure", {"figure": figure})
        case "file" if document := library.documents.get(table["guide"]):
            return ("file", {"document": document, "title": table.get("title", "")})
        case "video" if film := library.films.get(table["video"]):
            return ("film", {"media": film, "caption": table.get("caption", "")})
        case _:
            return None
