"""Wagtail's own search, of its editors' side only: what a person types there can break no query."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import connection
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend
from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend

# Neither SQLite's quotes around a term nor PostgreSQL's texts can hold these.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\ud800-\udfff]+')
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
# SQLite refuses a question without a word.
_NOTHING = "*"


def clean(query: Any) -> Any:
    """The question without what breaks a database; a query object is left alone."""
    if not isinstance(query, str):
        return query
    words = _ELISION.sub("", _UNSAFE.sub(" ", query)).strip()
    return words if any(character.isalnum() for character in words) else _NOTHING


class CleanQueries:
    """A backend that cleans each question before it is asked."""

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().search(clean(query), *args, **kwargs)  # type: ignore[misc]  # the backend beside it has one

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().autocomplete(clean(query), *args, **kwargs)  # type: ignore[misc]  # the same


class OnPostgreSQL(CleanQueries, PostgresSearchBackend):
    """The stock backend with a choice of configuration for beginnings of words too."""

    def __init__(self, params: dict[str, Any]) -> None:
        autocomplete = params.pop("AUTOCOMPLETE_CONFIG", None)
        super().__init__(params)
        self.autocomplete_config = autocomplete or self.autocomplete_config


class OnSQLite(CleanQueries, SQLiteSearchBackend):
    pass


def SearchBackend(params: Mapping[str, Any]) -> BaseSearchBackend:  # noqa: N802  # the name that Wagtail looks for
    return (OnPostgreSQL if connection.vendor == "postgresql" else OnSQLite)(dict(params))
