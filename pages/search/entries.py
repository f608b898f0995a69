"""Writing what the search knows: one thing when it changes, or all of it again."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from pages.models import BasePage, SearchEntry, Tag
from pages.search.sources import Searchable, sources
from pages.search.words import normalised

LONGEST_TEXT = 100_000
# Words on each side of the end of a paragraph stay two words.
BLOCK_END = re.compile(r"</(?:p|li|dt|dd|h[2-6]|blockquote)>|<br")
AT_A_TIME = 200


def put(thing: Searchable) -> None:
    """Know what a row says now. Called by its model's `save`."""
    write([thing.search_entry()])


def take(kind: str, key: str) -> None:
    """Forget a row. Called by its model's `delete`."""
    SearchEntry.objects.filter(kind=kind, key=key).delete()


def put_page(instance: Page, **_signal: Any) -> None:
    """Know what a page says now that it is published."""
    if isinstance(instance, BasePage) and instance.search_kind:
        write([page_entry(instance)])


def take_page(instance: Page, **_signal: Any) -> None:
    """Forget a page that is published no more."""
    SearchEntry.objects.filter(page_id=instance.pk).delete()


def write(entries: Iterable[SearchEntry]) -> list[int]:
    """Put these entries in the place of those of the same things; their ids."""
    new = [completed(entry) for entry in entries]
    keys: dict[str, list[str]] = {}
    for entry in new:
        if entry.key:
            keys.setdefault(entry.kind, []).append(entry.key)
    with transaction.atomic():
        SearchEntry.objects.filter(page__in=[entry.page_id for entry in new if entry.page_id]).delete()
        for kind, of_kind in keys.items():
            SearchEntry.objects.filter(kind=kind, key__in=of_kind).delete()
        return [entry.pk for entry in SearchEntry.objects.bulk_create(new)]


def completed(entry: SearchEntry) -> SearchEntry:
    """The same with the words that are compared."""
    entry.text = entry.text[:LONGEST_TEXT]
    entry.title_words = normalised(entry.title)
    entry.body_words = normalised(f"{entry.lead} {entry.text}")
    return entry


def page_entry(page: BasePage) -> SearchEntry:
    """What the search reads of a page: its `search_fields`, its easy-read version and its tags."""
    return SearchEntry(
        kind=page.search_kind,
        page_id=page.pk,
        title=page.title,
        lead=plain(page.summary),
        text="\n".join(part for part in map(plain, _parts(page)) if part),
        published_on=_day(page.search_date),
        departements=codes(page.search_departements),
    )


def _parts(page: BasePage) -> Iterator[Any]:
    said_apart = {"title", "summary", "easy_read"}
    for field in page.get_searchable_search_fields():
        if field.field_name not in said_apart:
            yield field.get_value(page)
    yield get_text_for_indexing(page.easy_read)
    if tags := getattr(page, "tags", None):
        yield list(tags.all())


def plain(value: Any) -> str:
    """The text of a field: HTML, a list of texts or of tags, or nothing."""
    if not value:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(map(plain, value))
    text = value.name if isinstance(value, Tag) else BLOCK_END.sub(r" \g<0>", str(value))
    return unicodedata.normalize("NFC", strip_tags(text).replace("\0", "")).strip()


def codes(departements: Iterable[Any]) -> str:
    """As an entry keeps them, each between commas, so that one is found without another."""
    found = sorted(departement.code for departement in departements)
    return f",{','.join(found)}," if found else ""


def _day(value: date | None) -> date:
    if isinstance(value, datetime):
        return timezone.localdate(value)
    return value or timezone.localdate()


def rebuild(say: Callable[[str], None] = lambda _line: None) -> int:
    """Write every entry again, a few at a time, then drop those of things that are gone."""
    written: set[int] = set()
    for model in searched_pages():
        pages = model.objects.live().order_by("pk")
        written |= _write_all(map(page_entry, pages.iterator(chunk_size=AT_A_TIME)), str(model._meta.verbose_name), say)
    for source in sources.values():
        rows = source.model.objects.order_by("pk").iterator(chunk_size=AT_A_TIME)  # type: ignore[attr-defined]  # any model's
        entries = (row.search_entry() for row in rows)
        written |= _write_all(entries, str(source.model._meta.verbose_name), say)
    stale = set(SearchEntry.objects.values_list("pk", flat=True)) - written
    for some in batched(stale, AT_A_TIME, strict=False):
        SearchEntry.objects.filter(pk__in=some).delete()
    return len(written)


def searched_pages() -> list[type[BasePage]]:
    return [model for model in BasePage.__subclasses__() if model.search_kind]


def _write_all(entries: Iterable[SearchEntry], name: str, say: Callable[[str], None]) -> set[int]:
    written: set[int] = set()
    for some in batched(entries, AT_A_TIME, strict=False):
        written.update(write(some))
        say(f"  {name}: {len(written)}")
    return written
