"""The files of decks, as the one private file view asks for them."""

from accounts.models import User
from decks import decks
from decks.models import Preview, SlideDeck
from private_files.kinds import PrivateFile

MIMETYPES = {
    "odp": "application/vnd.oasis.opendocument.presentation",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def find_deck(user: User, reference: str) -> PrivateFile | None:
    deck = SlideDeck.objects.readable_by(user).without_texts().filter(reference=reference).first()
    if deck is None:
        return None
    return PrivateFile(
        stored=deck.file,
        name=deck.file_name,
        mimetype=MIMETYPES[deck.kind],
        attachment=True,
        on_sent=lambda _request: decks.count_download(deck, by=user),
    )


def find_preview(user: User, reference: str) -> PrivateFile | None:
    preview = Preview.objects.readable_by(user).filter(reference=reference).first()
    if preview is None:
        return None
    return PrivateFile(stored=preview.image, name="apercu.webp", mimetype="image/webp")
