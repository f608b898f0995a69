"""Reading what a caller asks. Anything that is not offered is a `BadRequestError`: a 400 that says why."""

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from enum import StrEnum

from django.http import QueryDict
from wagtail.api.v2.utils import BadRequestError, parse_fields_parameter

NUMBER = re.compile(r"\d{1,9}", re.ASCII)
DAY = re.compile(r"(19|20)\d\d-\d\d-\d\d", re.ASCII)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LONGEST = 1000
OFFSET_MAX = 10**9 - 1


class Know(StrEnum):
    """Parameters that every list and every detail take."""

    FIELDS = "fields"
    FORMAT = "format"
    CACHE_BUSTER = "_"


def check(query: QueryDict, known: Collection[str]) -> None:
    """Refuse what no parameter of this address can be."""
    if not set(query) <= {*known, *Know}:
        raise BadRequestError(f"Paramètre inconnu. Ceux d’ici : {', '.join(sorted({*known, *Know} - {'_'}))}.")
    if any(len(value) > LONGEST or CONTROL.search(value) for values in query.lists() for value in values[1]):
        raise BadRequestError("Une valeur est trop longue, ou contient un caractère de contrôle.")
    choice(query, Know.FORMAT, ["json"])


def number(query: QueryDict, name: str, default: int, *, least: int = 0, most: int = OFFSET_MAX) -> int:
    asked = query.get(name, str(default))
    if not NUMBER.fullmatch(asked) or not least <= int(asked) <= most:
        raise BadRequestError(f"« {name} » est un nombre de {least} à {most}.")
    return int(asked)


def day(query: QueryDict, name: str) -> date | None:
    """A date as « 2026-11-30 », of the twentieth or of this century."""
    asked = query.get(name)
    if asked is None:
        return None
    with suppress(ValueError):
        if DAY.fullmatch(asked):
            return date.fromisoformat(asked)
    raise BadRequestError(f"« {name} » est une date, comme 2026-11-30.")


def choice(query: QueryDict, name: str, known: Collection[str]) -> str:
    """The value chosen; empty where none was."""
    if name in query and query[name] not in known:
        raise BadRequestError(f"« {name} » n’est pas une valeur connue.")
    return query.get(name, "")


def order(query: QueryDict, known: Mapping[str, str], *, default: str) -> list[str]:
    """For `order_by`. `known`: what may be asked for, and the column it is; the order is always a total one."""
    columns: dict[str, str] = {}
    for asked in query.get("order", default).split(","):
        name = asked.removeprefix("-")
        if name not in known or known[name] in columns:
            raise BadRequestError(f"« order » se compose, une fois chacun, de : {', '.join(known)}.")
        columns[known[name]] = asked[: len(asked) - len(name)] + known[name]
    columns.setdefault("pk", "pk")
    return list(columns.values())


def fields(query: QueryDict, known: Collection[str], *, default: Collection[str]) -> set[str]:
    """The fields to show: `title,summary` adds some, `-title` takes one away, `*` is all, `_` is none."""
    asked = query.get(Know.FIELDS, "")
    if "(" in asked:
        raise BadRequestError("« fields » nomme des champs entiers, sans parenthèses.")
    try:
        changes = parse_fields_parameter(asked)
    except ValueError:
        raise BadRequestError("« fields » se lit comme « title,summary », « *,-body » ou « _,title ».") from None
    shown = set(default)
    for name, negated, _nested in changes:
        if name in ("*", "_"):
            shown = set(known) if name == "*" else set()
        elif name not in known:
            raise BadRequestError(f"« fields » se compose de : {', '.join(sorted(known))}.")
        else:
            shown = shown - {name} if negated else shown | {name}
    return shown
