"""Which collections may be restricted: those of documents alone, for pictures and films are files that anyone reads."""

from wagtail.models import Collection

from pages.models import File, Film, Picture

NOT_HERE = (
    "L’accès à cette collection est restreint : elle ne reçoit que des documents. "
    "Une image ou une vidéo se range dans une collection publique."
)
NOT_RESTRICTED = (
    "Cette collection, ou une collection qu’elle contient, a des images ou des vidéos, que tout le monde peut voir. "
    "Rangez-les ailleurs avant de restreindre l’accès : seuls les documents peuvent être privés."
)


def holds_public_files(collection: Collection) -> bool:
    """Whether there is a picture or a film in it, or in a collection below it."""
    inside = collection.get_descendants(inclusive=True)
    return any(model.objects.filter(collection__in=inside).exists() for model in (Picture, Film))


def is_restricted(collection: Collection) -> bool:
    """Whether it, or a collection above it, is not open to all."""
    return collection.get_view_restrictions().exists()


def hide_covers(collection: Collection) -> None:
    """Delete the pictures of the first pages of its documents, once it is restricted."""
    if is_restricted(collection):
        documents = File.objects.filter(collection__in=collection.get_descendants(inclusive=True), cover__isnull=False)
        for cover in Picture.objects.filter(pk__in=documents.values("cover")).order_by("pk"):
            cover.delete()
