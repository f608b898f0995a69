"""What is read and drawn of a deck's file, in the background. Doing it again gives the same."""

import base64
from dataclasses import dataclass

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction

from decks import covers, decks, office
from decks.models import Preview, SlideDeck
from pages.library import sandbox
from pages.library.refusal import RefusedError

LONGEST_ALT = 250


@dataclass(frozen=True)
class Picture:
    number: int
    content: bytes
    width: int
    height: int


def read(stored_name: str) -> None:
    """Text, number of slides and previews of the deck that has this file now; a file that is gone is left alone."""
    deck = SlideDeck.objects.filter(file=stored_name).first()
    if deck is None:
        return
    slides = _slides(deck)
    pictures = _drawn(deck) if slides else []
    keep(deck, slides, pictures or [_cover(deck)])


def _slides(deck: SlideDeck) -> list[str]:
    try:
        with deck.file.open("rb") as opened:
            return sandbox.read("deck", opened)["slides"]
    except RefusedError:
        return []


def _drawn(deck: SlideDeck) -> list[Picture]:
    if deck.kind == "pdf":
        with deck.file.open("rb") as opened:
            return _pages(opened)
    with office.as_pdf(deck.file, deck.kind) as made:
        return _pages(made) if made else []


def _pages(pdf: File) -> list[Picture]:
    try:
        answer = sandbox.read("slides", pdf)
    except RefusedError:
        return []
    return [
        Picture(number, base64.b64decode(page["content"]), page["width"], page["height"])
        for number, page in enumerate(answer["pictures"], start=1)
    ]


def _cover(deck: SlideDeck) -> Picture:
    return Picture(Preview.COVER, covers.draw(deck.title, deck.get_topic_display()), *covers.SIZE)


@transaction.atomic
def keep(deck: SlideDeck, slides: list[str], pictures: list[Picture]) -> None:
    """Unless the file was replaced meanwhile: the new one has an errand of its own."""
    present = SlideDeck.objects.select_for_update().filter(pk=deck.pk, file=deck.file.name).first()
    if present is None:
        return
    decks.describe(present, slides)
    decks.drop_previews(present)
    for picture in pictures:
        put_preview(present, picture, slides)


def put_preview(deck: SlideDeck, picture: Picture, slides: list[str]) -> Preview:
    text = slides[picture.number - 1] if 0 < picture.number <= len(slides) else ""
    return Preview.objects.create(
        deck=deck,
        number=picture.number,
        text=text if len(text) <= LONGEST_ALT else f"{text[: LONGEST_ALT - 2]} …",
        image=ContentFile(picture.content, name=f"{picture.number}.webp"),
        width=picture.width,
        height=picture.height,
    )
