"""A counsellor's members: searched by name, address or telephone, blind to accents, whatever the database."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import Http404

from accounts.models import Member, Membership, Referent, User
from candidates.models import Consent, Version
from pages.filters import choice, read_choice, read_page
from pages.search.words import folded_lines, raw_words
from spaces.waiting import SOON

PER_PAGE = 25
LONGEST_QUESTION = 100


class Belongs(models.TextChoices):
    RUNNING = "en_cours", "En cours"
    ENDING = "bientot", "Se termine dans les 30 jours"
    NONE = "aucune", "Terminée ou pas encore commencée"


class Row(NamedTuple):
    """Rows compare as their names do, blind to case and accents."""

    last_name: str
    first_name: str
    pk: int
    until: date | None


def context(user: User, query: Mapping[str, str], *, on: date) -> dict[str, Any]:
    """One page of the list. Raises Http404 for one that does not exist."""
    question = query.get("q", "")[:LONGEST_QUESTION].strip()
    state = read_choice(query, "adhesion", Belongs.values)
    found = _found(user, raw_words(question), on)
    by_state = {value: [row for row in found if _belongs(row, value, on)] for value in Belongs.values}
    options = [(value, str(label), len(by_state[value])) for value, label in Belongs.choices]
    return {
        "page": _page(sorted(by_state.get(state, found)), read_page(query), on),
        "question": question,
        "active": {name: value for name, value in {"q": question, "adhesion": state}.items() if value},
        "choices": [choice("adhesion", "Adhésion", "Toutes", options, state)],
    }


def _belongs(row: Row, state: str, on: date) -> bool:
    if row.until is None:
        return state == Belongs.NONE
    return state == Belongs.RUNNING or (state == Belongs.ENDING and row.until <= on + SOON)


def _found(user: User, asked: list[str], on: date) -> list[Row]:
    """Those of whom every word asked for begins a word. Thousands take no longer than a page takes to draw."""
    mine = Member.objects.followed_by(user).not_erased()
    people = list(mine.values_list("last_name", "first_name", "pk", "email", "telephone"))
    last = folded_lines([person[0] for person in people])
    first = folded_lines([person[1] for person in people])
    # Read whole: asking for each member of a long list was most of its time.
    until = dict(Membership.objects.running(on).order_by("ends_on").values_list("member", "ends_on"))
    pks = [person[2] for person in people]
    rows = list(map(Row, last, first, pks, map(until.get, pks)))
    if not asked:
        return rows
    emails = folded_lines([person[3] for person in people])
    telephones = folded_lines([person[4] for person in people])
    # The numbers of a telephone are found one after the other, and as one.
    texts = (
        f" {row.last_name} {row.first_name} {email} {numbers} {numbers.replace(' ', '')}"
        for row, email, numbers in zip(rows, emails, telephones, strict=True)
    )
    return [row for row, text in zip(rows, texts, strict=True) if all(f" {word}" in text for word in asked)]


def _page(rows: list[Row], number: int, on: date) -> ListPage[Any]:
    paginator = Paginator(rows, PER_PAGE)
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    page: ListPage[Any] = paginator.page(number)
    members = _described([row.pk for row in page.object_list], on)
    page.object_list = [members[row.pk] for row in page.object_list]
    return page


def _until(on: date) -> Subquery:
    running = Membership.objects.running(on).filter(member=OuterRef("pk"))
    return Subquery(running.order_by("-ends_on").values("ends_on")[:1])


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
