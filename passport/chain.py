"""Adds entries to the chain of a passport: the only place that writes them. Form and hashes: `passport.verifying`."""

import json
import secrets
from datetime import datetime
from typing import Any

from passport import verifying
from passport.models import Entry, EntryText, Passport

ZONE = "Europe/Paris"
SALT_BYTES = 16


def append(passport: Passport, act: str, *, now: datetime, texts: dict[str, str] | None = None, **facts: Any) -> Entry:
    """The next entry; the passport’s row is locked by the caller. `texts` are kept beside it, and can be erased.

    Its time never comes before the last entry’s, even where the clock was put back.
    """
    last = passport.entries.order_by("-seq").first()
    recorded_at = max(now, last.recorded_at) if last else now
    salted = {name: (secrets.token_hex(SALT_BYTES), text) for name, text in (texts or {}).items() if text}
    fields: dict[str, Any] = dict.fromkeys(verifying.FIELDS) | {
        "v": verifying.VERSION,
        "passport": passport.chain,
        "seq": last.seq + 1 if last else 1,
        "previous": last.digest if last else verifying.genesis(passport.chain),
        "act": act,
        "recorded_at": verifying.instant(recorded_at),
        "hours": 0,
        "digests": {name: verifying.digest_of_text(salt, text) for name, (salt, text) in salted.items()},
    }
    fields |= {name: verifying.instant(fact) if isinstance(fact, datetime) else fact for name, fact in facts.items()}
    entry = Entry.objects.create(
        passport=passport,
        seq=fields["seq"],
        act=act,
        kind=fields["kind"] or "",
        hours=fields["hours"],
        cancels=fields["cancels"],
        recorded_at=recorded_at,
        form=verifying.canonical(fields).decode(),
        digest=verifying.digest_of_entry(fields),
    )
    EntryText.objects.bulk_create(
        EntryText(entry=entry, name=name, salt=salt, text=text) for name, (salt, text) in salted.items()
    )
    return entry


def head(passport: Passport) -> tuple[int, str]:
    """The number and the hash of the last entry; zero and the beginning of the chain where there is none."""
    last = Entry.objects.filter(passport=passport.pk).order_by("-seq").values_list("seq", "digest").first()
    return last or (0, verifying.genesis(passport.chain))


def read(entry: Entry) -> dict[str, Any]:
    """The fields of the form. Raises ValueError where the text is no such thing."""
    said: dict[str, Any] = json.loads(entry.form)
    return said
