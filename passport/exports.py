"""A passport as its member takes it away: what `passport/verifying.py` checks without the site."""

import re
from typing import Any

from passport import chain, keys, verifying
from passport.models import Passport, Statement


def export_of(passport: Passport) -> dict[str, Any]:
    """The entries, the texts that were not erased, the signed head, and the last statement of a day that holds it.

    Made of plain values, for JSON. Raises KeyFileError where the key that signs is not there.
    """
    rows = list(passport.entries.order_by("seq").prefetch_related("texts"))
    head = keys.sign_head(passport, rows[-1] if rows else None)
    return {
        "format": verifying.EXPORT,
        "passport": passport.chain,
        "entries": [
            {
                "entry": chain.read(row),
                "hash": row.digest,
                "texts": {text.name: [text.salt, text.text] for text in row.texts.all()},
            }
            for row in rows
        ],
        "head": {"seq": head.seq, "hash": head.hash, "signature": head.signature},
        "key": head.key.public,
        "keys": [{"public": key.public, "endorsement": key.endorsement} for key in keys.lineage(head.key)],
        "statement": _last_statement(passport),
    }


def _last_statement(passport: Passport) -> dict[str, Any] | None:
    """Its body is long, and is not read as JSON for one line of it."""
    found = Statement.objects.order_by("-number").first()
    line = re.search(rf'"{passport.chain}":\[(\d+),"([0-9a-f]{{64}})"\]', found.body) if found else None
    if found is None or line is None:
        return None
    return {
        "number": found.number,
        "day": found.day.isoformat(),
        "digest": found.digest,
        "seq": int(line[1]),
        "hash": line[2],
    }
