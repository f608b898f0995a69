"""The statement of each day: where every chain stands at its end, signed, and following the one of the day before.

It is kept as a file and mailed, outside the database: by it, an end that was cut
off is found, and a history that was written anew.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.models import User
from accounts.roles import TREASURERS
from notices import outbox
from pages.addresses import absolute
from passport import keys, verifying
from passport.ledger import midnight
from passport.models import Entry, Passport, Statement, day_of

VERSION = 1
# What stands before the first statement.
GENESIS = hashlib.sha256(verifying.STATEMENT).hexdigest()
DAY = timedelta(days=1)
# After a long stop, the others are made a minute later.
MOST_AT_ONCE = 31
FILES_LOOKED_AT = 7


@dataclass(frozen=True)
class Standing:
    """Whether something was written in passports before today, and the day of the last statement, if there is one."""

    has_begun: bool
    last: date | None


NEW = Standing(has_begun=False, last=None)


def make_due(now: datetime) -> int:
    """Each minute: those of the days that are over; how many. Twice, or with a clock put back, none is made again."""
    made, standing = 0, _standing(now)
    while made < MOST_AT_ONCE and _next_day(standing, now) and _make_next(now):
        made, standing = made + 1, _standing(now)
    if standing.last:
        _write_missing(standing.last)
    return made


def file_of(statement: Statement) -> bytes:
    """What is kept outside: the signed body as it stands, with what checks it."""
    facts = {"digest": statement.digest, "key": statement.key.public, "signature": statement.signature}
    return (
        f'{{"format":"{verifying.STATEMENT.decode().strip()}","body":{statement.body},{json.dumps(facts)[1:]}'.encode()
    )


def path_of(day: date) -> Path:
    folder: Path = settings.STATEMENTS
    return folder / f"{day.isoformat()}.json"


def _make_next(now: datetime) -> bool:
    with transaction.atomic():
        keys.lock()
        day = _next_day(_standing(now), now)  # none, where another process has just made it
        return day is not None and _make(day, now)


def _make(day: date, now: datetime) -> bool:
    _tell(_sign(day, now))
    return True


def _standing(now: datetime) -> Standing:
    """In one query."""
    last = Statement.objects.order_by("-number").values("day")[:1]
    entries = Entry.objects.filter(recorded_at__lt=midnight(day_of(now))).order_by()
    return next((Standing(has_begun=True, last=day) for day in entries.values_list(Subquery(last), flat=True)[:1]), NEW)


def _next_day(standing: Standing, now: datetime) -> date | None:
    """The first day that is over and has no statement; nothing before the first passport."""
    yesterday = day_of(now) - DAY
    if standing.last is None:
        return yesterday if standing.has_begun else None
    return standing.last + DAY if standing.last < yesterday else None


def _sign(day: date, now: datetime) -> Statement:
    last = Statement.objects.order_by("-number").values_list("number", "digest").first()
    number, previous = last or (0, GENESIS)
    heads = dict(_heads(midnight(day + DAY)))
    body = verifying.canonical(
        {"v": VERSION, "number": number + 1, "day": day.isoformat(), "previous": previous, "heads": heads}
    )
    signed = verifying.STATEMENT + body
    key, signature = keys.sign(signed)
    return Statement.objects.create(
        number=number + 1,
        day=day,
        body=body.decode(),
        digest=hashlib.sha256(signed).hexdigest(),
        key=key,
        signature=signature,
        made_at=now,
    )


def _heads(before: datetime) -> Iterator[tuple[str, list[Any]]]:
    """Of each chain, the number and the hash of the last entry before this moment."""
    entries = Entry.objects.filter(passport=OuterRef("pk"), recorded_at__lt=before).order_by("-seq")
    seq, digest = (Subquery(entries.values(name)[:1]) for name in ("seq", "digest"))
    rows = Passport.objects.order_by("pk").annotate(seq=seq, digest=digest).values_list("chain", "seq", "digest")
    return ((name, [seq, digest]) for name, seq, digest in rows if seq)


def _tell(statement: Statement) -> None:
    """Accounting has it by mail, without a name nor an hour."""
    heads = json.loads(statement.body)["heads"].values()
    context = {
        "statement": statement,
        "passports": len(heads),
        "entries": sum(seq for seq, _digest in heads),
        "address": absolute("/espace/tresorerie/releves/"),
    }
    for email in addresses():
        key = f"passport_statement {statement.number} {email}"
        outbox.put(kind="passport_statement", to=email, template="passport_statement", context=context, key=key)


def addresses() -> Iterable[str]:
    if settings.ACCOUNTING_EMAIL:
        return [settings.ACCOUNTING_EMAIL]
    treasurers = User.objects.filter(groups__name=TREASURERS, is_active=True)
    return list(treasurers.order_by("pk").values_list("email", flat=True))


def _write_missing(last: date) -> None:
    """After the transaction: a process that died before this left none. Days have one each, without a gap."""
    days = (last - DAY * back for back in range(FILES_LOOKED_AT))
    missing = [day for day in days if not path_of(day).exists()]
    for statement in Statement.objects.filter(day__in=missing).select_related("key") if missing else ():
        _write(path_of(statement.day), file_of(statement))


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and for the site alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
