"""Keeping decks: the only code that writes `SlideDeck` rows, and their files.

A file is put in the place of another under a name of its own: what was read
or drawn of the old one goes with it, and no address leads to it any more.
"""

from datetime import datetime, timedelta
from functools import partial

from django.core.cache import cache
from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.db.models.fields.files import FieldFile

from accounts.models import User
from decks.models import Preview, SlideDeck
from errands import work
from pages.library.names import extension_of, safe_name

COUNTED_AGAIN_AFTER = timedelta(hours=1)
READ = "deck"


def put(deck: SlideDeck, *, upload: File | None = None) -> SlideDeck:
    """Keep what an editor wrote; with `upload`, that file takes the place of the one before.

    Slides are read and drawn in the background. A deck that could not be kept leaves no file.
    """
    if upload is None:
        return _redescribe(deck)
    old = SlideDeck.objects.filter(pk=deck.pk).values_list("file", flat=True).first()
    deck.file_name = safe_name(str(upload.name), otherwise="diaporama")
    deck.kind, deck.size = extension_of(deck.file_name), upload.size
    deck.slide_count, deck.text = None, ""
    deck.file.save(deck.file_name, upload, save=False)
    try:
        with transaction.atomic():
            deck.save()
            drop_previews(deck)
            if old:
                _drop_later(deck.file, old)
            work.ask(READ, about=str(deck.file.name))
    except BaseException:
        deck.file.storage.delete(str(deck.file.name))
        raise
    return deck


def _redescribe(deck: SlideDeck) -> SlideDeck:
    """A cover that was drawn says the title: it is drawn again."""
    with transaction.atomic():
        deck.save()
        if deck.previews.filter(number=Preview.COVER).exists():
            work.ask(READ, about=str(deck.file.name))
    return deck


@transaction.atomic
def publish(deck: SlideDeck, *, at: datetime) -> None:
    deck.published_at = at
    deck.save(update_fields=["published_at"])


def describe(deck: SlideDeck, slides: list[str]) -> None:
    """What its file was found to say; nothing where it could not be read."""
    deck.slide_count, deck.text = len(slides) or None, "\n".join(slides)
    deck.save(update_fields=["slide_count", "text", "title_words", "words"])


@transaction.atomic
def take_away(deck: SlideDeck) -> None:
    """The deck, its previews and their files; what is downloading goes on."""
    forget_files(deck)
    deck.delete()


def forget_files(deck: SlideDeck) -> None:
    """What a deck that is being deleted leaves behind."""
    drop_previews(deck)
    _drop_later(deck.file, str(deck.file.name))


def drop_previews(deck: SlideDeck) -> None:
    for preview in deck.previews.all():
        _drop_later(preview.image, str(preview.image.name))
    deck.previews.all().delete()


def _drop_later(field: FieldFile, name: str) -> None:
    """Once the row that names it is gone for good."""
    transaction.on_commit(partial(field.storage.delete, name))


def count_download(deck: SlideDeck, *, by: User) -> None:
    """One more, once a person in an hour, however often their machine asks. Nothing about who is kept."""
    key = f"deck-download:{deck.pk}:{by.pk}"
    if cache.add(key, 1, COUNTED_AGAIN_AFTER.total_seconds()):
        SlideDeck.objects.filter(pk=deck.pk).update(downloads=F("downloads") + 1)
