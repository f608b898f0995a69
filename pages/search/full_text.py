"""The full-text index of each database: which entries match, and in which order."""

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from pages.models import SearchEntry

# A term is a beginning of word, or several of which any will do; all terms must match.
Terms = list[tuple[str, ...]]

# How many entries are ranked and can be paged through: nobody reads further.
SHOWN = 500
# On PostgreSQL a rank costs the reading of the whole text: the latest are enough, beside those with the words in title.
RANKED = 250

# Beginnings hold letters and digits only (`pages.search.words`): nothing in them to escape.
ON_POSTGRESQL = """
WITH found AS MATERIALIZED ({found}),
chosen AS (
  (SELECT id, titled FROM found WHERE titled ORDER BY published_on DESC, id DESC LIMIT {ranked})
  UNION
  (SELECT id, titled FROM found ORDER BY published_on DESC, id DESC LIMIT {ranked})
)
SELECT entry.id, entry.page_id FROM chosen JOIN pages_searchentry entry ON entry.id = chosen.id
ORDER BY chosen.titled DESC, ts_rank(entry.vector, to_tsquery('simple', %s)) DESC,
  entry.published_on DESC, entry.id DESC
LIMIT {shown}
"""
ON_SQLITE = """
WITH matching AS MATERIALIZED (
  SELECT rowid AS id, bm25(pages_searchentry_words, 10.0, 1.0) AS rank
  FROM pages_searchentry_words WHERE pages_searchentry_words MATCH %s
),
found AS MATERIALIZED ({found})
SELECT found.id, found.page_id FROM matching CROSS JOIN found ON found.id = matching.id
ORDER BY found.titled DESC, matching.rank, found.published_on DESC, found.id DESC
LIMIT {shown}
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
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ON_POSTGRESQL.format(found=found, ranked=RANKED, shown=SHOWN), [*values, _tsquery(terms)])
        else:
            cursor.execute(ON_SQLITE.format(found=found, shown=SHOWN), [_match(terms), *values])
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
