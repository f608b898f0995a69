"""Adds news by the thousand, quickly: rows as an editor's publication leaves them, without the form."""

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.models import Page

WORDS = (  # the site's own words, so that a search finds as many as on a real one
    "emploi insertion coopérative association formation contrat territoire accueil métier atelier réseau projet "
    "équipe salaire mission structure employeur parcours rencontre entretien avenir quartier santé énergie culture"
).split(" ")
BATCH = 1000


def sentence(rnd: random.Random, length: int) -> str:
    return " ".join(rnd.choices(WORDS, k=length)).capitalize() + "."


def add_pages(
    parent: Page,
    model: type[Page],
    count: int,
    fields: Callable[[int, random.Random], dict[str, Any]],
) -> list[int]:
    """Add `count` live pages of `model` under `parent`; the ids of the new pages, in order."""
    rnd = random.Random(7)
    ids: list[int] = []
    start = Page.objects.child_of(parent).count()
    while len(ids) < count:
        ids += _batch(parent, model, start + len(ids), min(BATCH, count - len(ids)), fields, rnd)
    return ids


@transaction.atomic
def _batch(
    parent: Page,
    model: type[Page],
    first: int,
    size: int,
    fields: Callable[[int, random.Random], dict[str, Any]],
    rnd: random.Random,
) -> list[int]:
    last = Page.objects.child_of(parent).order_by("-path").values_list("path", flat=True).first()
    step = Page._str2int(last[-Page.steplen :]) if last else 0
    kind = ContentType.objects.get_for_model(model)
    now = timezone.now()
    pages = []
    for number in range(first, first + size):
        step += 1
        title = f"{sentence(rnd, 5)[:-1]} {number}"
        slug = f"volume-{number}"
        pages.append(
            Page(
                title=title,
                draft_title=title,
                slug=slug,
                path=Page._get_path(parent.path, parent.depth + 1, step),
                depth=parent.depth + 1,
                url_path=f"{parent.url_path}{slug}/",
                content_type=kind,
                locale_id=parent.locale_id,
                first_published_at=now,
                last_published_at=now,
                latest_revision_created_at=now,
            )
        )
    created = Page.objects.bulk_create(pages)
    insert(model, [{"page_ptr_id": page.pk} | fields(page.pk, rnd) for page in created])
    Page.objects.filter(pk=parent.pk).update(numchild=Page.objects.child_of(parent).count())
    return [page.pk for page in created]


def insert(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows in the model's own table: `bulk_create` refuses a table that extends another."""
    rows = list(rows)
    columns = list(rows[0])
    quote = connection.ops.quote_name
    marks = ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)
    statement = f"INSERT INTO {table} ({', '.join(map(quote, columns))}) VALUES ({marks})"  # noqa: S608  # our own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[row[column] for column in columns] for row in rows])


def day(rnd: random.Random) -> date:
    return date(2025, 1, 1) + timedelta(days=rnd.randrange(600))
