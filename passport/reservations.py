"""Hours kept for what is planned, events and appointments: rows of the passport, that follow the plan.

Each source says what is planned; the rows follow at once where a member's plan
changes, and each minute for all. What a cheque of the same origin spends is no
longer reserved (`passport.balances`). Hours that the passport has not are not
reserved: the place is kept, the visit will spend nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import Member
from passport import rules
from passport.balances import balance
from passport.ledger import locked, midnight
from passport.models import IN_USE, Passport, Reservation, day_of


@dataclass(frozen=True)
class Plan:
    """`kind` is the code of an activity of the package, or the look of one; `origin` says what is planned."""

    member: int
    origin: str
    kind: str
    hours: int
    starts_at: datetime


# What is planned after a moment: of everybody, or of one member.
Source = Callable[[datetime, Member | None], Iterable[Plan]]
_sources: list[Source] = []


def planned_by(source: Source) -> Source:
    _sources.append(source)
    return source


def follow(member: Member, *, now: datetime | None = None) -> None:
    """The hours reserved in this member’s passport are those of their plan."""
    moment = now or timezone.now()
    passport = Passport.objects.filter(member=member, state__in=IN_USE).first()
    if passport is not None:
        _follow(passport, _plans(moment, member), moment)


def follow_all(now: datetime) -> int:
    """Each minute; how many passports changed."""
    if not Passport.objects.filter(state__in=IN_USE).exists():
        return 0
    plans: dict[int, list[Plan]] = {}
    for plan in _plans(now, None):
        plans.setdefault(plan.member, []).append(plan)
    kept = Reservation.objects.filter(ended_at=None)
    busy = Passport.objects.filter(state__in=IN_USE, member__in=plans) | Passport.objects.filter(
        pk__in=kept.values("passport")
    )
    return sum(_follow(passport, plans.get(passport.member_id, []), now) for passport in busy.order_by("pk"))


def _plans(now: datetime, member: Member | None) -> list[Plan]:
    since = midnight(day_of(now) - rules.SIGNED_WITHIN)
    return [plan for source in _sources for plan in source(since, member)]


def _follow(passport: Passport, plans: list[Plan], now: datetime) -> bool:
    """Whether something changed; the passport is locked only where something may."""
    wanted = {plan.origin: plan for plan in plans}
    if not _differences(passport, wanted):
        return False
    with locked(passport) as found:
        kept = {row.origin: row for row in found.reservations.all()}
        differences = _differences(found, wanted) if found.state in IN_USE else []
        changed = [origin for origin in differences if _set(found, kept, origin, wanted, now)]
    return bool(changed)


def _differences(passport: Passport, wanted: dict[str, Plan]) -> list[str]:
    rows = passport.reservations.filter(ended_at=None).values_list("origin", "kind", "hours", "starts_at")
    kept = {origin: (kind, hours, starts_at) for origin, kind, hours, starts_at in rows}
    kinds = _kinds(passport)
    due = {
        origin: (kinds[plan.kind], plan.hours, plan.starts_at) for origin, plan in wanted.items() if plan.kind in kinds
    }
    return sorted(origin for origin in kept.keys() | due.keys() if kept.get(origin) != due.get(origin))


def _set(passport: Passport, kept: dict[str, Reservation], origin: str, wanted: dict[str, Plan], now: datetime) -> bool:
    row, plan = kept.get(origin), wanted.get(origin)
    is_kept = row is not None and row.ended_at is None
    if row is not None and is_kept:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
    kinds = _kinds(passport)
    if plan is None or plan.kind not in kinds or balance(passport)[kinds[plan.kind]].free < plan.hours:
        return is_kept
    facts = {"kind": kinds[plan.kind], "hours": plan.hours, "starts_at": plan.starts_at, "ended_at": None}
    Reservation.objects.update_or_create(
        passport=passport, origin=origin, defaults=facts, create_defaults=facts | {"made_at": now}
    )
    return True


def _kinds(passport: Passport) -> dict[str, str]:
    """The code of each kind, by its code and by its look."""
    rows = [(kind.code, kind.look) for kind in passport.version.kinds.all()]
    return {look: code for code, look in reversed(rows)} | {code: code for code, _look in rows}
