"""What is due in the passports that a counsellor accompanies: read from their rows, never stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Func, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accompaniment.models import Appointment, Look
from accounts.models import User
from pages.templatetags.french import count_of, short_date
from passport import reading
from passport.balances import InList, KindHours
from passport.ledger import midnight
from passport.models import IN_USE, Cheque, Decision, Dispute, Entry, PaperCheque, Passport, day_of

State = Passport.State
SILENT_FOR = timedelta(days=10)
ENDS_WITHIN = timedelta(days=14)
APPOINTMENTS = 6

UNSIGNED, PAPER, DISPUTED, DECISION = "a_signer", "papier", "conteste", "decision"
ENDING, SILENT, USED_UP, FEW = "fin", "silence", "epuise", "rendez_vous"
# In the order in which they matter.
LABELS = {
    DISPUTED: "Une contestation à régler",
    UNSIGNED: "Une visite à faire signer",
    PAPER: "Un chèque papier sans copie",
    ENDING: "Fin dans les deux semaines",
    SILENT: "Rien de signé depuis dix jours",
    DECISION: "Une décision en attente",
    USED_UP: "Une activité épuisée",
    FEW: "Moins de six rendez-vous",
}


WAITING = (DISPUTED, UNSIGNED, PAPER, DECISION)
WORDS = {
    DISPUTED: "visite contestée,visites contestées",
    UNSIGNED: "visite à faire signer,visites à faire signer",
    PAPER: "chèque papier sans copie,chèques papier sans copie",
    DECISION: "décision en attente du prescripteur,décisions en attente du prescripteur",
}
COUNTING = (Cheque.State.PROPOSED, Cheque.State.SIGNED)


@dataclass(frozen=True)
class Due:
    code: str
    words: str

    @property
    def is_pressing(self) -> bool:
        """Somebody waits, or time passes."""
        return self.code in {DISPUTED, UNSIGNED, PAPER, ENDING, SILENT}


@dataclass(frozen=True)
class Line(InList):
    """A passport in its counsellor's list."""

    due: tuple[Due, ...]


@dataclass(frozen=True)
class Facts:
    """What is counted of all passports at once, by the key of each, or by key and kind."""

    used: Mapping[tuple[int, str], int]
    visits: Mapping[tuple[int, str], int]
    last_signed: Mapping[int, datetime]
    appointments: Mapping[int, int]
    waiting: Mapping[int, Mapping[str, int]]


def lines(user: User, now: datetime) -> list[Line]:
    """Those in use first, then by name. Seven queries, whatever their number."""
    rows = list(
        reading.accompanied(user, now)
        .select_related("member", "version")
        .prefetch_related("version__kinds")
        .order_by("member__last_name", "member__first_name", "pk")
    )
    if not rows:
        return []
    facts = facts_of(reading.accompanied(user, now))
    found = [Line(row, _kinds(row, facts), tuple(due(row, facts, now))) for row in rows]
    return sorted(found, key=lambda line: line.passport.state not in IN_USE)


@dataclass(frozen=True)
class Pressing:
    """What presses in a passport; `dispute` is the reference of its oldest open one, `disputed_at` when it began."""

    passport: Passport
    due: list[Due]
    dispute: str | None
    disputed_at: datetime | None


def pressing(user: User, now: datetime) -> list[Pressing]:
    """Of those in use, and of those with something to settle. One query."""
    last = Cheque.objects.signed().filter(passport=OuterRef("pk")).order_by("-starts_at").values("starts_at")[:1]
    open_ones = Dispute.objects.filter(cheque__passport=OuterRef("pk"), settled_at=None).order_by("opened_at", "pk")
    rows = (
        reading.accompanied(user, now)
        .select_related("member")
        .annotate(
            last=Subquery(last),
            dispute=Subquery(open_ones.values("reference")[:1]),
            disputed_at=Subquery(open_ones.values("opened_at")[:1]),
            **_counts(),
        )
    )
    found = []
    for passport in rows.order_by("member__last_name", "member__first_name", "pk"):
        waiting = {code: getattr(passport, code) for code in WAITING}
        told = _of_waiting(waiting)
        if passport.state in IN_USE:
            told |= _of_time(passport, passport.last, now)
        dues = [due for code in LABELS if code in told and (due := Due(code, told[code])).is_pressing]
        found.append(Pressing(passport, dues, passport.dispute, passport.disputed_at))
    return [line for line in found if line.due]


def of_one(passport: Passport, now: datetime) -> list[Due]:
    return list(due(passport, facts_of(Passport.objects.filter(pk=passport.pk)), now))


def facts_of(passports: QuerySet[Passport]) -> Facts:
    pks = passports.values("pk")
    entries = Entry.objects.filter(passport__in=pks).exclude(kind="").order_by()
    from_appointment = Q(origin__startswith="appointment:")
    cheques = Cheque.objects.filter(passport__in=pks).order_by().values("passport", "kind")
    counted = cheques.annotate(
        last=Max("starts_at", filter=Q(state=Cheque.State.SIGNED)),
        # Visits that come from no appointment, so that none counts twice.
        visits=Count("pk", filter=Q(state__in=COUNTING) & ~from_appointment),
    )
    rows = list(counted)
    appointments = Appointment.objects.filter(
        kind=Appointment.Kind.INDIVIDUAL,
        state__in=(Appointment.State.PLANNED, Appointment.State.DONE),
        member__passports__in=passports.filter(state__in=IN_USE).values("pk"),
        starts_at__gte=F("member__passports__opened_at"),
    )
    met = appointments.order_by().values_list("member__passports").annotate(Count("pk", distinct=True))
    last: dict[int, datetime] = {}
    for row in rows:
        if row["last"]:
            last[row["passport"]] = max(row["last"], last.get(row["passport"], row["last"]))
    waiting = passports.order_by().annotate(**_counts()).values_list("pk", *WAITING)
    return Facts(
        used={(pk, kind): hours for pk, kind, hours in entries.values_list("passport", "kind").annotate(Sum("hours"))},
        visits={(row["passport"], row["kind"]): row["visits"] for row in rows},
        last_signed=last,
        appointments=dict(met),
        waiting={pk: dict(zip(WAITING, many, strict=True)) for pk, *many in waiting},
    )


def _counts() -> dict[str, Coalesce]:
    """Columns of a passport: disputes, visits, papers without a copy, and decisions that wait for somebody."""
    mine = (
        Dispute.objects.filter(cheque__passport=OuterRef("pk"), settled_at=None),
        Cheque.objects.proposed().filter(passport=OuterRef("pk")),
        PaperCheque.objects.filter(
            cheque__passport=OuterRef("pk"), cheque__state=Cheque.State.PROPOSED, scanned_at=None
        ),
        Decision.objects.filter(passport=OuterRef("pk"), state=Decision.State.ASKED),
    )
    return {code: _count(rows) for code, rows in zip(WAITING, mine, strict=True)}


def _count(rows: QuerySet[Any]) -> Coalesce:
    """As a column of the passport."""
    counted = rows.order_by().annotate(all=Func(F("pk"), function="COUNT")).values("all")
    return Coalesce(Subquery(counted), 0)


def due(passport: Passport, facts: Facts, now: datetime) -> Iterable[Due]:
    """What matters most first; nothing but what is left to settle once a passport is over."""
    found = _of_waiting(facts.waiting.get(passport.pk, {}))
    if passport.state in IN_USE:
        found |= _of_time(passport, facts.last_signed.get(passport.pk), now) | _of_hours(passport, facts)
    return [Due(code, found[code]) for code in LABELS if code in found]


def chosen(found: list[Line], *, code: str, words: list[str], searched: Mapping[int, str]) -> list[Line]:
    """Those with this due, whose name has all of these words."""
    return [
        line
        for line in found
        if (not code or any(one.code == code for one in line.due))
        and all(f" {word}" in searched[line.passport.pk] for word in words)
    ]


def counts(found: Iterable[Line]) -> Counter[str]:
    return Counter(one.code for line in found for one in line.due)


def _of_waiting(waiting: Mapping[str, int]) -> dict[str, str]:
    return {code: count_of(many, WORDS[code]) for code, many in waiting.items() if many}


def _of_time(passport: Passport, last: datetime | None, now: datetime) -> dict[str, str]:
    today, found = day_of(now), dict[str, str]()
    since = max(last or passport.opened_at, _begun(passport))
    if passport.state == State.OPEN and today - day_of(since) > SILENT_FOR:
        found[SILENT] = f"rien de signé depuis le {short_date(since)}"
    if passport.ends_on and _last_day(passport) <= today + ENDS_WITHIN:
        is_over = _last_day(passport) < today
        found[ENDING] = f"{'fini depuis' if is_over else 'finit'} le {short_date(_last_day(passport))}"
    return found


def _begun(passport: Passport) -> datetime:
    """Nobody is silent before the first day."""
    start = passport.starts_on
    return max(passport.opened_at, midnight(start)) if start else passport.opened_at


def _last_day(passport: Passport) -> date:
    return max(passport.ends_on or date.min, passport.trial_ends_on or date.min)


def _of_hours(passport: Passport, facts: Facts) -> dict[str, str]:
    found = dict[str, str]()
    kinds = _kinds(passport, facts)
    if gone := [row.kind.label for row in kinds if row.used >= row.kind.hours]:
        found[USED_UP] = f"plus d’heures\N{NO-BREAK SPACE}: {', '.join(gone)}"
    mine = [row.kind.code for row in kinds if row.kind.look == Look.INDIVIDUAL]
    met = facts.appointments.get(passport.pk, 0) + sum(facts.visits.get((passport.pk, code), 0) for code in mine)
    if mine and met < APPOINTMENTS:
        found[FEW] = f"rendez-vous faits ou prévus\N{NO-BREAK SPACE}: {met} sur {APPOINTMENTS}"
    return found


def _kinds(passport: Passport, facts: Facts) -> tuple[KindHours, ...]:
    return tuple(KindHours(kind, facts.used.get((passport.pk, kind.code), 0)) for kind in passport.version.kinds.all())
