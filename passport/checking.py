"""What anybody learns of a printed document by its code: whether it is authentic, hours, period; never who.

A document bears the code of its passport and a mark: the number of the last
entry when it was printed, and the beginning of that entry's hash.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlencode

from django.core.cache import cache
from django.urls import reverse

from pages.addresses import absolute
from passport import chain, verification
from passport.balances import Hours, balance
from passport.models import Passport
from passport.models.passports import CODE_ALPHABET, CODE_LENGTH

FOR_A_MINUTE = 60
MARK_DIGITS = 16
GROUP = 4
MARK = re.compile(rf"(\d{{1,6}})-([0-9a-f]{{{MARK_DIGITS}}})", re.ASCII)
BETWEEN = re.compile(r"[\s\-\u2010-\u2015.]+")


class Match(StrEnum):
    """What a document's mark is to the chain; `UNSAID` where there is none."""

    UNSAID = "sans"
    LATEST = "dernier"
    OLDER = "ancien"
    OTHER = "autre"


@dataclass(frozen=True)
class Checked:
    """`is_whole`: every entry is what was signed, and what is shown is what the entries come to."""

    passport: Passport
    is_whole: bool
    match: Match
    entries: int
    since: int = 0
    hours: list[Hours] = field(default_factory=list)

    @property
    def is_authentic(self) -> bool:
        return self.is_whole and self.match != Match.OTHER

    @property
    def used(self) -> int:
        return sum(hours.used for hours in self.hours)

    @property
    def quota(self) -> int:
        return sum(hours.quota for hours in self.hours)


def code_of(typed: str) -> str:
    """The code in the form in which it is kept, however it was typed; empty where it can be none."""
    bare = BETWEEN.sub("", typed).upper()
    return bare if len(bare) == CODE_LENGTH and set(bare) <= set(CODE_ALPHABET) else ""


def spelled(code: str) -> str:
    """« ABCD-EFGH-JKLM-NPQR »: as it is printed."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def mark_of(seq: int, digest: str) -> str:
    """« 12-0123456789abcdef »."""
    return f"{seq}-{digest[:MARK_DIGITS]}"


def address_of(passport: Passport, head: tuple[int, str] | None = None) -> str:
    """Where a document printed now is checked."""
    seq, digest = head or chain.head(passport)
    return absolute(f"{reverse('check_document', args=[passport.code])}?{urlencode({'tete': mark_of(seq, digest)})}")


def check(code: str, mark: str = "") -> Checked | None:
    """What is known of a code; None for one that is nobody's. `mark` is what the document says, in any form."""
    passport = Passport.objects.select_related("version").filter(code=code).first()
    if passport is None:
        return None
    hours = list(balance(passport).values())
    digests = list(passport.entries.order_by("seq").values_list("digest", flat=True))
    match, since = _match(mark, digests)
    return Checked(passport, _is_whole(passport), match, len(digests), since, hours)


def _match(mark: str, digests: list[str]) -> tuple[Match, int]:
    """And how many entries came after it."""
    said = BETWEEN.sub("-", mark.strip().lower())
    if not said:
        return Match.UNSAID, 0
    found = MARK.fullmatch(said)
    seq = int(found[1]) if found else 0
    if not found or not 1 <= seq <= len(digests) or not digests[seq - 1].startswith(found[2]):
        return Match.OTHER, 0
    since = len(digests) - seq
    return (Match.OLDER, since) if since else (Match.LATEST, 0)


def _is_whole(passport: Passport) -> bool:
    """Read anew from all that was signed, at most once a minute for each state of the chain."""
    key = f"passport-check:{passport.pk}:{mark_of(*chain.head(passport))}"
    known = cache.get(key)
    if known is None:
        known = verification.check(passport) is None
        cache.set(key, known, FOR_A_MINUTE)
    return bool(known)
