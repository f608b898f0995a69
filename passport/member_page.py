"""What a member finds in their passport: what waits for them, what comes, what was done, who looked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from accompaniment.links import path_of
from accompaniment.looks import drawing_of
from accompaniment.models import Appointment, PackageKind
from accounts.models import Affiliation, Counsellor, User
from pages.templatetags.french import count_of, long_date, short_date
from passport import evaluations, pace, reading, rules
from passport.models import IN_USE, Cheque, Decision, Dispute, Entry, Evaluation, Look, Passport, Reservation, day_of
from passport.picture import Picture, drawn

State = Cheque.State
A_PAGE = 10
MOST_LOOKS = 5
MOST_COMING = 6
# The words, the drawing and the look of each state.
SHOWN = {
    State.PROPOSED: ("à signer", "clock", "wait"),
    State.SIGNED: ("signée à deux", "check", "done"),
    State.WITHDRAWN: ("retirée avant d’être signée", "close", "off"),
    State.EXPIRED: ("pas signée à temps", "close", "off"),
    State.CANCELLED: ("annulée", "close", "back"),
}


@dataclass(frozen=True)
class ToSign:
    """What waits for the member, as the first pages of spaces write it."""

    title: str
    url: str
    why: str
    since: str


@dataclass(frozen=True)
class Coming:
    """An appointment, or hours kept for something else."""

    starts_at: datetime
    text: str
    url: str = ""


@dataclass(frozen=True)
class Compared:
    """Of one kind: the hours that the roadmap plans, and those that were done."""

    label: str
    drawing: str
    planned: int
    done: int
    lines: Sequence[dict[str, Any]]


def passports_of(user: User) -> list[Passport]:
    """All that somebody had: the one in use first, then the latest; each with the member’s `score` of the whole."""
    mine = Evaluation.objects.filter(passport=OuterRef("pk"), cheque=None, by=Evaluation.By.MEMBER)
    rows = reading.own(user).select_related("version", "member", "agreement__roadmap", "sheet__order__organisation")
    found = rows.annotate(score=Subquery(mine.values("score")[:1])).order_by("-opened_at", "-pk")
    return sorted(found, key=lambda passport: passport.state not in IN_USE)


@dataclass(frozen=True)
class InShort:
    """Of the passport in use, or of the last one: whole hours. `proposed`: those that wait, in any passport."""

    passport: Passport
    used: int
    quota: int
    proposed: int

    @property
    def left(self) -> int:
        return self.quota - self.used

    @property
    def is_live(self) -> bool:
        return self.passport.state in IN_USE


def in_short(user: User) -> InShort | None:
    """In one query."""
    used = Entry.objects.filter(passport=OuterRef("pk")).order_by().values("passport").annotate(all=Sum("hours"))
    kinds = PackageKind.objects.filter(version=OuterRef("version")).order_by().values("version")
    waits = Cheque.objects.proposed().filter(passport__in=reading.own(user).values("pk"))
    rows = reading.own(user).annotate(
        used=Coalesce(Subquery(used.values("all")), 0),
        quota=Subquery(kinds.annotate(all=Sum("hours")).values("all")),
        proposed=Coalesce(Subquery(waits.order_by().values("state").annotate(all=Count("pk")).values("all")), 0),
    )
    found = sorted(rows.order_by("-opened_at", "-pk"), key=lambda row: row.state not in IN_USE)
    return InShort(found[0], found[0].used, found[0].quota, found[0].proposed) if found else None


def context(passport: Passport, *, others: Sequence[Passport], number: int, now: datetime) -> dict[str, Any]:
    """Of one of the member’s passports, and the other ones; `number` is the page of the visits."""
    visits = list(visits_of(passport))
    kept = list(passport.reservations.filter(ended_at=None).order_by("starts_at", "pk"))
    counting = [visit for visit in reversed(visits) if visit.state in (State.PROPOSED, State.SIGNED)]
    picture = drawn(passport, counting, kept)
    return {
        "passport": passport,
        "others": others,
        "picture": picture,
        "waiting": [to_sign(visit) for visit in counting if visit.state == State.PROPOSED],
        "coming": coming(picture, kept, now) if picture.is_live else [],
        "pace": pace.words(picture, day_of(now)),
        "page": page_of(visits, picture, number),
        "compared": compared(picture),
        "decisions": Decision.objects.filter(passport=passport).order_by("-asked_at", "-pk"),
        "looks": list(looks_of(passport)[:MOST_LOOKS]),
        "my_opinion": evaluations.told(getattr(passport, "score", 0)),
        "may_judge": any(visit.state == State.SIGNED for visit in visits),
    }


def visits_of(passport: Passport) -> QuerySet[Cheque]:
    """The newest first; each with `is_disputed`."""
    contested = Dispute.objects.filter(cheque=OuterRef("pk"), settled_at=None)
    rows = passport.cheques.select_related("counsellor__user", "paper").annotate(is_disputed=Exists(contested))
    return rows.order_by("-starts_at", "-pk")


def page_of(visits: Sequence[Cheque], picture: Picture, number: int) -> Page[Any]:
    """Each visit with its label, its drawing, and its state in words, drawn."""
    labels = {kind.kind.code: (kind.label, kind.drawing) for kind in picture.kinds}
    page: Page[Any] = Paginator(visits, A_PAGE).get_page(number)
    page.object_list = [(visit, *labels[visit.kind], *shown(visit)) for visit in page.object_list]
    return page


def shown(visit: Cheque) -> tuple[str, str, str]:
    """The state of a visit: words, drawing, look."""
    words, drawing, look = SHOWN[State(visit.state)]
    return (f"{words}, en retard" if visit.state == State.SIGNED and visit.is_late else words), drawing, look


def to_sign(visit: Cheque) -> ToSign:
    view = "paper_confirm" if getattr(visit, "paper", None) else "sign_cheque"
    return ToSign(
        f"{'Confirmez' if view == 'paper_confirm' else 'Signez'} la visite du {long_date(visit.starts_at)}",
        reverse(view, args=[visit.reference]),
        f"{count_of(visit.hours, 'heure')} avec {visit.counsellor}.",
        f"jusqu’au {short_date(rules.last_day_to_sign(visit))}",
    )


def all_to_sign(user: User) -> list[ToSign]:
    """Of all of somebody’s passports, the oldest first."""
    rows = reading.to_sign(user).select_related("counsellor__user", "paper").order_by("starts_at", "pk")
    return [to_sign(visit) for visit in rows]


def coming(picture: Picture, kept: Sequence[Reservation], now: datetime) -> list[Coming]:
    """The appointments, and what else hours are kept for; the soonest first."""
    planned = Appointment.objects.upcoming(now).filter(member=picture.passport.member_id)
    planned = planned.select_related("counsellor__user")
    rows = [
        Coming(row.starts_at, f"{row.get_kind_display().capitalize()} avec {row.counsellor}", path_of(row))
        for row in planned.soonest_first()[:MOST_COMING]
    ]
    labels = {kind.kind.code: kind.label for kind in picture.kinds}
    rows += [
        Coming(row.starts_at, f"{labels[row.kind]}, {count_of(row.hours, 'heure réservée,heures réservées')}")
        for row in kept
        if row.starts_at > now and not row.origin.startswith("appointment:")
    ]
    return sorted(rows, key=lambda row: row.starts_at)[:MOST_COMING]


def compared(picture: Picture) -> list[Compared]:
    """What the agreement’s roadmap plans, as it was signed, beside what was done."""
    agreement = picture.passport.agreement
    lines = agreement.content.get("lines", []) if agreement else []
    return [
        Compared(kind.label, kind.drawing, sum(line["hours"] for line in mine), kind.used, mine)
        for kind in picture.kinds
        if (mine := [line for line in lines if line["kind"] == kind.kind.code]) or kind.used
    ]


def looks_of(passport: Passport) -> QuerySet[Look]:
    """The latest first; each with whether who looked accompanies people or acts for the prescriber who pays."""
    person = {"user": OuterRef("user")}
    return (
        Look.objects.filter(passport=passport)
        .select_related("user")
        .annotate(
            payer=F("passport__sheet__order__organisation__name"),
            pays=Exists(
                Affiliation.objects.filter(
                    organisation=OuterRef("passport__sheet__order__organisation"), **person
                ).values("pk")
            ),
            counsels=Exists(Counsellor.objects.filter(**person)),
        )
        .order_by("-hour", "-pk")
    )


def follow_up(cheque: Cheque) -> list[tuple[PackageKind, str, int]]:
    """Each kind, its drawing, and its hours used once this visit was signed; as they are now before that."""
    entries = cheque.passport.entries.order_by("seq")
    if cheque.entry is not None:
        entries = entries.filter(seq__lte=cheque.entry.seq)
    used: Counter[str] = Counter()
    for kind, hours in entries.values_list("kind", "hours"):
        used[kind] += hours
    return [(kind, drawing_of(kind.look), used[kind.code]) for kind in cheque.passport.version.kinds.all()]


def reason_of_cancelling(cheque: Cheque) -> str:
    """What the counter-entry says; empty where nothing cancels it, or where it was erased."""
    counter = cheque.passport.entries.filter(cancels__in=Entry.objects.filter(cheque=cheque).values("seq"))
    return counter.filter(texts__name="reason").values_list("texts__text", flat=True).first() or ""
