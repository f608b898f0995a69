"""A counsellor's members: searched by name, address or telephone, blind to accents, whatever the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import Http404

from accounts.models import Member, Membership, Referent, User
from candidates.models import Consent, Version
from pages.filters import choice, read_choice, read_page
from pages.search.words import raw_words
from spaces.waiting import SOON

PER_PAGE = 25
LONGEST_QUESTION = 100


class Belongs(models.TextChoices):
    RUNNING = "en_cours", "En cours"
    ENDING = "bientot", "Se termine dans les 30 jours"
    NONE = "aucune", "Terminée ou pas encore commencée"


@dataclass(frozen=True)
class Row:
    pk: int
    key: tuple[str, ...]
    words: str
    until: date | None

    def belongs(self, on: date) -> set[str]:
        if self.until is None:
            return {Belongs.NONE}
        return {Belongs.RUNNING, Belongs.ENDING} if self.until <= on + SOON else {Belongs.RUNNING}


def context(user: User, query: Mapping[str, str], *, on: date) -> dict[str, Any]:
    """One page of the list. Raises Http404 for one that does not exist."""
    question = query.get("q", "")[:LONGEST_QUESTION].strip()
    state = read_choice(query, "adhesion", Belongs.values)
    found = [
        row for row in _rows(user, on) if row.words and all(f" {word}" in row.words for word in raw_words(question))
    ]
    counts = {value: sum(value in row.belongs(on) for row in found) for value in Belongs.values}
    kept = [row for row in found if not state or state in row.belongs(on)]
    options = [(value, str(label), counts[value]) for value, label in Belongs.choices]
    return {
        "page": _page(sorted(kept, key=lambda row: row.key), read_page(query), on),
        "question": question,
        "active": {name: value for name, value in {"q": question, "adhesion": state}.items() if value},
        "choices": [choice("adhesion", "Adhésion", "Toutes", options, state)],
    }


def _until(on: date) -> Subquery:
    running = Membership.objects.running(on).filter(member=OuterRef("pk"))
    return Subquery(running.order_by("-ends_on").values("ends_on")[:1])


def _rows(user: User, on: date) -> list[Row]:
    mine = Member.objects.followed_by(user).not_erased().annotate(until=_until(on))
    fields = mine.values_list("pk", "last_name", "first_name", "email", "telephone", "until")
    return [
        Row(pk, (*raw_words(last), "", *raw_words(first), str(pk)), _words(last, first, email, telephone), until)
        for pk, last, first, email, telephone, until in fields
    ]


def _words(last: str, first: str, email: str, telephone: str) -> str:
    digits = "".join(character for character in telephone if character.isdigit())
    return " ".join(["", *raw_words(f"{last} {first} {email} {telephone}"), digits])


def _page(rows: list[Row], number: int, on: date) -> ListPage[Any]:
    paginator = Paginator(rows, PER_PAGE)
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    page: ListPage[Any] = paginator.page(number)
    members = _described([row.pk for row in page.object_list], on)
    page.object_list = [members[row.pk] for row in page.object_list]
    return page


def _described(pks: list[int], on: date) -> dict[int, Member]:
    """With what a line shows: until when they are members, how their page is, who else accompanies them."""
    versions = Version.objects.filter(profile__member=OuterRef("pk"))
    consents = Consent.objects.live(on).filter(member=OuterRef("pk"))
    others = Count("referents", filter=Q(referents__in=Referent.objects.live(), referents__role="remplacant"))
    rows = (
        Member.objects.filter(pk__in=pks)
        .select_related("departement")
        .annotate(
            until=_until(on),
            is_approved=Exists(versions.filter(state=Version.State.APPROVED)),
            is_submitted=Exists(versions.filter(state=Version.State.SUBMITTED)),
            is_shown=Exists(consents),
            stand_ins=others,
        )
    )
    return {member.pk: member for member in rows}
