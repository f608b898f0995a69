"""The demonstration's slide decks, with the pictures of their slides already drawn."""

from datetime import date, time, timedelta
from pathlib import Path

from django.core.files import File
from PIL import Image

from decks import decks, reading
from decks.models import SlideDeck
from errands.models import Errand
from home.demo import content
from home.demo.content import Item
from home.demo.dates import at

FOLDER = content.MEDIA / "decks"
MORNING = time(9)


def load_decks(today: date) -> int:
    known = set(SlideDeck.objects.values_list("title", flat=True))
    missing = [item for item in content.decks() if item["title"] not in known and _file(item).exists()]
    for item in missing:
        _load(item, today)
    return len(missing)


def _file(item: Item) -> Path:
    return FOLDER / f"{item['slug']}.{item.get('format', 'pptx')}"


def _load(item: Item, today: date) -> None:
    edition_on = today - timedelta(days=item["age_days"])
    fields = {name: item[name] for name in ("title", "topic", "summary", "author")}
    deck = SlideDeck(**fields, edition_on=edition_on, published_at=at(edition_on, MORNING))
    path = _file(item)
    with path.open("rb") as opened:
        decks.put(deck, upload=File(opened, name=path.name))
    # What the worker would find and draw is known here.
    Errand.objects.filter(kind=decks.READ, about=deck.file.name).delete()
    slides = [item["title"], *map(said, item["slide"]), " ".join(item["sources"])]
    reading.keep(deck, slides, [_picture(picture) for picture in sorted(FOLDER.glob(f"{item['slug']}-?.webp"))])


def said(slide: Item) -> str:
    """The words of one slide, in its order."""
    words = [slide["title"]]
    for name in ("points", "steps", "headers", "rows", "left", "right", "items", "labels", "value", "text", "note"):
        words += _flat(slide.get(name, ""))
    return " ".join(filter(None, words))


def _flat(value: object) -> list[str]:
    return [word for part in value for word in _flat(part)] if isinstance(value, list) else [str(value)]


def _picture(path: Path) -> reading.Picture:
    with Image.open(path) as image:
        return reading.Picture(int(path.stem[-1]), path.read_bytes(), *image.size)
