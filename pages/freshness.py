"""Objects kept in a process that a publication makes stale everywhere at once.

Triggers (`install_triggers`, run after each `migrate`) give the one row of
`Stamp` a new value in the transaction that changes anything published. A
request reads that value first and asks the process's own cache under it: what
it finds was built from what is published now, in whichever process, at the
price of one query a request.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.apps import AppConfig, apps
from django.core.cache import caches
from django.db import connections
from django.http import HttpRequest
from django.utils import timezone

from pages.models.stamp import Stamp

# Tables whose rows show on the public site.
WATCHED = [
    "wagtailcore_page",
    "wagtailcore_site",
    "wagtailcore_pageviewrestriction",
    "wagtailcore_collection",
    "wagtailcore_collectionviewrestriction",
    "association_departement",
    "association_identity",
    "pages_picture",
    "pages_file",
    "pages_film",
    "pages_keyfigure",
    "pages_tag",
    "pages_searchentry",
    "news_newspage",
    "news_newspage_departements",
    "news_newstag",
    "guides_guidepage",
    "guides_guidepage_departements",
    "guides_guidetag",
    "videos_videopage",
    "videos_videotag",
    "videos_featuredvideo",
    "events_place",
    "events_meeting",
    "news_newsindexpage",
    "guides_guideindexpage",
    "videos_videoindexpage",
    "home_homepage",
    "home_contactpage",
    "home_associationpage",
]

ON_POSTGRESQL = """
CREATE OR REPLACE FUNCTION pages_restamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO pages_stamp (id, value) VALUES (1, gen_random_uuid()::text)
  ON CONFLICT (id) DO UPDATE SET value = excluded.value;
  RETURN NULL;
END $$
"""
ON_POSTGRESQL_TABLE = """
CREATE OR REPLACE TRIGGER pages_restamp AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION pages_restamp()
"""
ON_SQLITE_TABLE = """
CREATE TRIGGER IF NOT EXISTS pages_restamp_{table}_{event} AFTER {event} ON {table}
BEGIN
  INSERT INTO pages_stamp (id, value) VALUES (1, hex(randomblob(16)))
  ON CONFLICT (id) DO UPDATE SET value = excluded.value;
END
"""


def install_triggers(*, using: str, **_kwargs: Any) -> None:
    """Watch every table of `WATCHED`; SQLite loses a trigger whenever a migration remakes its table."""
    connection = connections[using]
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        if "pages_stamp" not in existing:
            return
        tables = [table for table in WATCHED if table in existing]
        if connection.vendor == "postgresql":
            cursor.execute(ON_POSTGRESQL)
            for table in tables:
                cursor.execute(ON_POSTGRESQL_TABLE.format(table=table))
        else:
            for table in tables:
                for event in ("INSERT", "UPDATE", "DELETE"):
                    cursor.execute(ON_SQLITE_TABLE.format(table=table, event=event))


def install_after_last_app(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """`post_migrate` comes once for each app with models; the last one finds every table made."""
    if sender == [config for config in apps.get_app_configs() if config.models_module][-1]:
        install_triggers(using=using)


def stamp(request: HttpRequest) -> str:
    """The state of publication that this request shows; empty where nothing was ever published."""
    known: str | None = getattr(request, "publication_stamp", None)
    if known is None:
        known = Stamp.objects.values_list("value", flat=True).first() or ""
        request.publication_stamp = known  # type: ignore[attr-defined]  # read once a request
    return known


def keep[T](request: HttpRequest, name: str, build: Callable[[], tuple[T, datetime | None]]) -> T:
    """What `build` gave for the present state of publication.

    `build` returns the object and the moment from which it is no longer true
    by itself (a session has ended), or None. `name` says all that the object
    depends on besides what is published.
    """
    # A preview shows what is not published: it neither reads nor leaves anything here.
    if getattr(request, "is_preview", False) or not (now := stamp(request)):
        return build()[0]
    key = f"{now}:{blake2b(name.encode(), digest_size=16).hexdigest()}"
    cache = caches["local"]
    kept = cache.get(key)
    if kept is None or (kept[1] and kept[1] <= timezone.now()):
        kept = build()
        cache.set(key, kept)
    return kept[0]
