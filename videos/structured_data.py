"""A company's film, as search engines read it."""

from typing import TYPE_CHECKING

from pages.addresses import absolute
from pages.structured_data import Node, filled, text, the_association
from pages.templatetags.french import iso_duration

if TYPE_CHECKING:
    from videos.models import VideoPage


def video(page: "VideoPage") -> Node:
    film = page.media
    shown_at = page.first_published_at
    captions = {
        "@type": "MediaObject",
        "contentUrl": absolute(film.captions_url),
        "encodingFormat": "text/vtt",
        "inLanguage": "fr",
    }
    said = {
        "@type": "VideoObject",
        "name": page.title,
        "description": page.description or page.title,
        "url": absolute(page.address),
        "contentUrl": absolute(film.file.url),
        "thumbnailUrl": [absolute(film.poster_url)] if film.thumbnail else [],
        "uploadDate": shown_at.isoformat() if shown_at else "",
        "duration": iso_duration(film.duration) if film.duration else "",
        "transcript": text(film.transcript),
        "caption": captions if film.captions else "",
        "inLanguage": "fr",
        "about": {"@type": "Organization", "name": page.company},
        "publisher": the_association(),
    }
    return filled(said)
