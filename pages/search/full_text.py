"""The full-text index of each database: which entries match, and in which order."""

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from pages.models import SearchEntry

# A term is a beginning of word, or several of which any will do; all terms must match.
Terms = list[tuple[str, ...]]

# How many entries can be paged through at most: nobody reads further.
SHOWN = 500
# A rank costs the reading of the whole text: the latest are enough, beside the latest with the words in their title.
RANKED = SHOWN // 2

# Beginnings hold letters and digits only (`pages.search.words`): nothing in them to escape.
CHOSEN = f"""
WITH found AS MATERIALIZED ({{found}}),
chosen AS (
  SELECT * FROM (SELECT * FROM found WHERE titled ORDER BY published_on DESC, id DESC LIMIT {RANKED}) AS in_title
  UNION
  SELECT * FROM (SELECT * FROM found ORDER BY published_on DESC, id DESC LIMIT {RANKED}) AS anywhere
)
"""  # noqa: S608  # numbers of ours
ON_POSTGRESQL = """
SELECT chosen.id, chosen.page_id FROM chosen JOIN pages_searchentry ON pages_searchentry.id = chosen.id
ORDER BY titled DESC, ts_rank(vector, to_tsquery('simple', %s)) DESC, chosen.published_on DESC, chosen.id DESC
"""
ON_SQLITE = """
SELECT chosen.id, chosen.page_id FROM pages_searchentry_words CROSS JOIN chosen
ON chosen.id = pages_searchentry_words.rowid WHERE pages_searchentry_words MATCH %s
ORDER BY titled DESC, bm25(pages_searchentry_words, 10.0, 1.0), chosen.published_on DESC, chosen.id DESC
"""


def matching(entries: QuerySet[SearchEntry], terms: Terms) -> QuerySet[SearchEntry]:
    """Those that hold every term."""
    if connection.vendor == "postgresql":
        return entries.filter(_condition("pages_searchentry.vector @@ to_tsquery('simple', %s)", _tsquery(terms)))
    return entries.filter(_condition(f"pages_searchentry.id IN ({_ROWS})", _match(terms)))


def ordered(entries: QuerySet[SearchEntry], terms: Terms) -> list[tuple[int, int | None]]:
    """The ids of those that hold every term, and of their pages, best first: at most `SHOWN`.

    First those with all the terms in the title, then those that say them most, then the latest.
    """
    found, values = _titled(matching(entries, terms), terms).query.sql_with_params()
    ranked, asked = (
        (ON_POSTGRESQL, _tsquery(terms)) if connection.vendor == "postgresql" else (ON_SQLITE, _match(terms))
    )
    with connection.cursor() as cursor:
        cursor.execute(CHOSEN.format(found=found) + ranked, [*values, asked])
        return cursor.fetchall()


def _titled(entries: QuerySet[SearchEntry], terms: Terms) -> QuerySet:
    if connection.vendor == "postgresql":
        titled = _condition("pages_searchentry.title_vector @@ to_tsquery('simple', %s)", _tsquery(terms))
    else:
        titled = _condition(f"pages_searchentry.id IN ({_ROWS})", f"title_words : ({_match(terms)})")
    return entries.annotate(titled=titled).values("id", "page_id", "published_on", "titled")


_ROWS = "SELECT rowid FROM pages_searchentry_words WHERE pages_searchentry_words MATCH %s"


def _condition(sql: str, value: str) -> RawSQL:
    return RawSQL(sql, [value], output_field=BooleanField())  # noqa: S611  # the value is a parameter


def _tsquery(terms: Terms) -> str:
    return " & ".join("(" + " | ".join(f"{word}:*" for word in term) + ")" for term in terms)


def _match(terms: Terms) -> str:
    return " AND ".join("(" + " OR ".join(f'"{word}"*' for word in term) + ")" for term in terms)
