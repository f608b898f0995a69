"""The demonstration's texts, as TOML files; what is not there yet is simply empty."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Item = dict[str, Any]

HERE = Path(__file__).resolve().parent
CONTENT = HERE / "content"
MEDIA = HERE / "media"


def read(name: str) -> Item:
    """One file's tables."""
    path = CONTENT / f"{name}.toml"
    return tomllib.loads(path.read_text()) if path.exists() else {}


def items(name: str) -> list[Item]:
    """The list of a file named for what it holds: `places.toml` has [[place]]s."""
    return read(name).get(name.removesuffix("s"), [])


def news() -> list[Item]:
    """All the news, oldest first."""
    found = [item for path in _files("news") for item in tomllib.loads(path.read_text())["news"]]
    return sorted(found, key=lambda item: (-item["age_days"], item["slug"]))


def guides() -> list[Item]:
    """All the guides, oldest edition first."""
    found = [tomllib.loads(path.read_text()) for path in _files("guides")]
    return sorted(found, key=lambda item: (-item["edition_age_days"], item["slug"]))


def decks() -> list[Item]:
    """All the slide decks, oldest first, each with the name of its file as `slug`."""
    found = [tomllib.loads(path.read_text()) | {"slug": path.stem} for path in _files("decks")]
    return sorted(found, key=lambda item: (-item["age_days"], item["slug"]))


def _files(folder: str) -> Iterator[Path]:
    yield from sorted((CONTENT / folder).glob("*.toml"))
