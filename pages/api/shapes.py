"""How the site's things are said as data. Each function is an allow-list: what it does not name is not said."""

from typing import Any

from django.urls import reverse

from association.models import Departement
from pages.addresses import absolute, address
from pages.api import rich_text
from pages.api.library import Library, Linked, sizes
from pages.models import File, Film, KeyFigure, Picture, Tag

Said = dict[str, Any]


def picture(shown: Picture | None, *, use: str, alt: str | None = None) -> Said | None:
    """The sizes made from a picture, never its original. `alt` replaces the picture's own text."""
    if shown is None:
        return None
    return {
        "alt": shown.description if alt is None else alt,
        "credit": shown.credit,
        "licence": shown.licence,
        "source": shown.source,
        "renditions": [
            {
                "url": absolute(rendition.url),
                "type": f"image/{spec.rpartition('format-')[2]}",
                "width": rendition.width,
                "height": rendition.height,
            }
            for spec, rendition in sizes(shown, use).items()
        ],
    }


def file(shown: File | None, *, url: str = "", title: str = "") -> Said | None:
    if shown is None:
        return None
    return {
        "title": title or shown.title,
        "url": url or rich_text.file_address(shown),
        "extension": shown.file_extension.lower(),
        "type": shown.content_type,
        "size": shown.file_size,
        "pages": shown.page_count,
    }


def film(shown: Film | None, library: Library) -> Said | None:
    if shown is None:
        return None
    return {
        "title": shown.title,
        "url": absolute(shown.file.url),
        "type": f"video/{shown.file_extension.lower()}",
        "duration": shown.duration,
        "width": shown.width,
        "height": shown.height,
        "poster": absolute(shown.poster_url) if shown.thumbnail else None,
        "captions": [{"url": absolute(shown.captions_url), "language": "fr"}] if shown.captions else [],
        "transcript": rich_text.say(shown.transcript, library),
    }


def figure(shown: KeyFigure | None) -> Said | None:
    if shown is None:
        return None
    return {
        "value": shown.value,
        "text": shown.text,
        "source": shown.source,
        "year": shown.year,
        "url": shown.url,
    }


def tag(shown: Tag) -> Said:
    return {"name": shown.name, "slug": shown.slug}


def departement(shown: Departement | None) -> Said | None:
    if shown is None:
        return None
    return {
        "code": shown.code,
        "name": shown.name,
        "detail_url": absolute(reverse("api:departements:detail", args=[shown.code])),
        "html_url": absolute(shown.get_absolute_url()),
    }


def page(shown: Linked | None) -> Said | None:
    """A page that another one names."""
    if shown is None:
        return None
    return {
        "id": shown.pk,
        "meta": {
            "type": shown.kind,
            "detail_url": absolute(reverse("api:pages:detail", args=[shown.pk])),
            "html_url": absolute(address(shown.url_path)),
        },
        "title": shown.title,
    }
