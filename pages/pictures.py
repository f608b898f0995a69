"""The sizes and formats in which a picture is shown, and its markup."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.safestring import SafeString, mark_safe
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage
from wagtail.images.models import Picture as PictureElement
from wagtail.images.shortcuts import get_rendition_or_not_found, get_renditions_or_not_found

from pages.addresses import absolute

FORMATS = ("avif", "webp")
SHARE_SIZE = (1200, 630)


@dataclass(frozen=True)
class Use:
    """Where a picture stands: widths in pixels to choose from, and the room it takes (`sizes`)."""

    widths: tuple[int, ...]
    sizes: str

    @property
    def specs(self) -> list[str]:
        return [f"width-{width}|format-{name}" for name in FORMATS for width in self.widths]


USES: Mapping[str, Use] = {
    "card": Use((320, 640), "(min-width: 60rem) 23rem, 92vw"),
    "wide": Use((480, 960, 1440), "(min-width: 60rem) 52rem, 92vw"),
    "cover": Use((160, 320), "10rem"),
}


def prefetch(field: str, use: str) -> Prefetch[Any]:
    """For `prefetch_related`: the pictures of `field` with every rendition that `use` needs."""
    return Prefetch(field, queryset=get_image_model().objects.prefetch_renditions(*USES[use].specs))


def markup(picture: AbstractImage | None, *, use: str, alt: str | None = None, eager: bool = False) -> SafeString:
    """A `<picture>` with its formats, dimensions and text; empty without a picture.

    `eager` is for the one picture that a page opens with. `alt` replaces the
    picture's own text; an empty one marks it as decorative.
    """
    if picture is None:
        return SafeString("")
    renditions = get_renditions_or_not_found(picture, USES[use].specs)
    attrs = {"sizes": USES[use].sizes, "decoding": "async"}
    attrs |= {"fetchpriority": "high"} if eager else {"loading": "lazy"}
    if alt is not None:
        attrs["alt"] = alt
    return mark_safe(PictureElement(renditions, attrs).__html__())  # noqa: S308  # Wagtail escapes each attribute


def share_address(picture: AbstractImage | None) -> str:
    """The absolute address of the picture that goes with a shared link, in `SHARE_SIZE`; empty without one."""
    if picture is None:
        return ""
    return absolute(get_rendition_or_not_found(picture, "fill-1200x630|format-jpeg").url)
