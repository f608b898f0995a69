"""What pages point to, read all at once: pictures, files, films, figures, the pages they link to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from wagtail.images.models import Filter
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.models import Collection, CollectionViewRestriction, Page

from pages import pictures
from pages.models import BasePageQuerySet, File, Film, KeyFigure, Picture, Rendition

SHARED = "fill-1200x630|format-jpeg"
SPECS = {use: [*pictures.USES[use].specs, SHARED] for use in ("wide", "cover")}
# Sizes are made in the background. Where an answer comes first, it makes those of a few
# pictures, says of the others what there is, and is true for as long as making them may take.
MADE_IN_AN_ANSWER = 3
SOON = timedelta(minutes=1)


@dataclass
class Wanted:
    """Keys of what is pointed to, gathered before anything is read."""

    pictures: set[int] = field(default_factory=set)
    files: set[int] = field(default_factory=set)
    films: set[int] = field(default_factory=set)
    figures: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)

    def add(self, kind: str, key: int | None) -> None:
        if key:
            getattr(self, kind).add(key)


@dataclass(frozen=True)
class Linked:
    """A public page that another one names."""

    pk: int
    title: str
    url_path: str
    kind: str


@dataclass
class Library:
    """What was wanted and anybody may have. The rest is not in it, as if it did not exist."""

    pictures: dict[int, Picture] = field(default_factory=dict)
    files: dict[int, File] = field(default_factory=dict)
    films: dict[int, Film] = field(default_factory=dict)
    figures: dict[int, KeyFigure] = field(default_factory=dict)
    pages: dict[int, Linked] = field(default_factory=dict)
    parents: dict[str, Linked] = field(default_factory=dict)
    until: datetime | None = None

    def true_until(self, moment: datetime | None) -> None:
        """From `moment` on, what was said is no longer true by itself."""
        self.until = min((known for known in (self.until, moment) if known), default=None)


def read(wanted: Wanted) -> Library:
    library = Library()
    closed = closed_collections() if wanted.files or wanted.films else set()
    if wanted.files:
        library.files = _in_bulk(File.objects.exclude(collection__in=closed), wanted.files)
    if wanted.films:
        library.films = _in_bulk(Film.objects.exclude(collection__in=closed), wanted.films)
    if wanted.figures:
        library.figures = _in_bulk(KeyFigure.objects.all(), wanted.figures)
    covers = {file.cover_id for file in library.files.values() if file.cover_id}
    if shown := wanted.pictures | covers:
        sizes = {spec for specs in SPECS.values() for spec in specs}
        library.pictures = _in_bulk(Picture.objects.prefetch_renditions(*sizes), shown)
        _make_sizes(library, {key: "cover" if key in covers else "wide" for key in shown})
    if wanted.pages or wanted.paths:
        _read_pages(wanted, library)
    return library


def _in_bulk(found: Any, keys: Iterable[int]) -> dict[int, Any]:
    return {each.pk: each for each in found.filter(pk__in=keys)}


def _make_sizes(library: Library, uses: dict[int, str]) -> None:
    lacking = [picture for key, picture in library.pictures.items() if lacks(picture, uses[key])]
    for picture in lacking[:MADE_IN_AN_ANSWER]:
        get_renditions_or_not_found(picture, SPECS[uses[picture.pk]])
    for picture in lacking[MADE_IN_AN_ANSWER:]:
        get_renditions_or_not_found(picture, [SHARED])
        library.true_until(timezone.now() + SOON)


def lacks(picture: Picture, use: str) -> bool:
    return len(sizes(picture, use)) < len(SPECS[use])


def sizes(picture: Picture, use: str) -> dict[str, Rendition]:
    """The sizes that are made already, by what they are made from."""
    found = picture.find_existing_renditions(*(Filter(spec=spec) for spec in SPECS[use]))
    return {made.spec: rendition for made, rendition in found.items()}


def _read_pages(wanted: Wanted, library: Library) -> None:
    named = BasePageQuerySet(Page).open_to_all().filter(Q(pk__in=wanted.pages) | Q(path__in=wanted.paths), depth__gte=2)
    for pk, path, title, url_path, kind, expire_at in named.values_list(
        "pk", "path", "title", "url_path", "content_type", "expire_at"
    ):
        model = ContentType.objects.get_for_id(kind).model_class()
        linked = Linked(pk, title, url_path, model._meta.label if model else "")
        library.pages[pk] = library.parents[path] = linked
        library.true_until(expire_at)


def closed_collections() -> set[int]:
    """The collections that not everybody may read, and all below them."""
    roots = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    below = Q(pk=None)
    for path in roots:
        below |= Q(path__startswith=path)
    return set(Collection.objects.filter(below).values_list("pk", flat=True)) if len(roots) else set()
