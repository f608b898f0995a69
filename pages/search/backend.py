"""WAGTAILSEARCH_BACKENDS backend: clean queries on both engines, accent-folding autocomplete on PostgreSQL."""

import re

from django.db import connection

UNSAFE = re.compile(r'[\x00-\x1f\x7f"]+')
ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.I)


def clean(query):
    if not isinstance(query, str):
        return query
    return ELISION.sub("", UNSAFE.sub(" ", query)).strip() or "*"  # a blank query crashes the SQLite backend


def SearchBackend(params):
    if connection.vendor == "postgresql":
        from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend as Base
    else:
        from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend as Base

    class Backend(Base):
        def __init__(self, params):
            autocomplete = params.pop("AUTOCOMPLETE_CONFIG", None)
            super().__init__(params)
            if autocomplete:
                self.autocomplete_config = autocomplete

        def search(self, query, *args, **kwargs):
            return super().search(clean(query), *args, **kwargs)

        def autocomplete(self, query, *args, **kwargs):
            return super().autocomplete(clean(query), *args, **kwargs)

    return Backend(dict(params))
