"""Work done in the background."""

from django.tasks import task

from pages.models import Picture
from pages.pictures import USES

SHARED = "fill-1200x630|format-jpeg"


def warm_pictures() -> None:
    """Ask for every picture's sizes, the latest first; one task each, so that none is long."""
    for pk in Picture.objects.order_by("-pk").values_list("pk", flat=True):
        warm_picture.enqueue(pk)


@task()
def warm_picture(pk: int) -> None:
    """Make the sizes in which pages show a picture before a visitor asks for them."""
    if picture := Picture.objects.filter(pk=pk).first():
        picture.get_renditions(*{spec for use in USES.values() for spec in use.specs}, SHARED)
