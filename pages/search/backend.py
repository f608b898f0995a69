"""Wagtail's own search, of its editors' side only: what a person types there can break no query."""

import re
from typing import Any

from django.db import connection
from modelsearch.query import And, Or, Phrase, PlainText

# Each stock module stands on tables that only its own database has.
if connection.vendor == "postgresql":
    from modelsearch.backends.database.postgres.postgres import PostgresSearchBackend as StockBackend
else:
    from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend as StockBackend

# Neither SQLite's quotes around a term nor PostgreSQL's texts can hold these.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\ud800-\udfff]+')
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
# SQLite refuses a question without a word.
_NOTHING = "*"
# The stock queries nest as deep as there are words.
_MOST_WORDS = 20


def clean(query: Any) -> Any:
    """The question, typed or made of others, without what breaks a database."""
    match query:
        case str():
            return clean_text(query)
        case PlainText():
            return PlainText(clean_text(query.query_string), operator=query.operator, boost=query.boost)
        case Phrase():
            return Phrase(clean_text(query.query_string))
        case And() | Or():
            return type(query)([clean(part) for part in query.subqueries])
        case _:
            return query


def clean_text(typed: str) -> str:
    words = " ".join(_ELISION.sub("", _UNSAFE.sub(" ", typed)).split()[:_MOST_WORDS])
    return words if any(character.isalnum() for character in words) else _NOTHING


class SearchBackend(StockBackend):
    """The database's stock backend, asked clean questions only.

    On PostgreSQL, AUTOCOMPLETE_CONFIG names the configuration for beginnings of words.
    """

    def __init__(self, params: dict[str, Any]) -> None:
        autocomplete = params.pop("AUTOCOMPLETE_CONFIG", None)
        super().__init__(params)
        if autocomplete:
            self.autocomplete_config = autocomplete

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().search(clean(query), *args, **kwargs)

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().autocomplete(clean(query), *args, **kwargs)
