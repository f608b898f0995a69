"""What a passport's rows say, in words: the same records for every paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, Referent
from pages.templatetags.french import hour, long_date, short_date
from passport import chain
from passport.balances import Hours, balance
from passport.models import Cheque, Decision, Entry, Passport, day_of

NBSP = "\N{NO-BREAK SPACE}"
DECIDED = {
    Decision.Act.SUSPEND: "Suspension",
    Decision.Act.RESUME: "Reprise",
    Decision.Act.EXTEND: "Prolongation",
    Decision.Act.TRIAL: "Fin de la période d’essai",
    Decision.Act.END: "Fin",
}


@dataclass(frozen=True)
class Event:
    """Something decided of the passport, as its entry says it."""

    label: str
    day: date
    until: date | None
    reason: str


class Record:
    """One passport as its papers tell it. Each part is asked for once, where a paper needs it."""

    def __init__(self, passport: Passport) -> None:
        self.passport = passport
        self.name = str(passport.member)

    @cached_property
    def organisation(self) -> Organisation:
        return self.passport.sheet.order.organisation

    @cached_property
    def referent(self) -> str:
        """Who accompanies them today; empty where nobody does any more."""
        rows = Referent.objects.live().filter(member=self.passport.member_id, role=Referent.Role.REFERENT)
        found = rows.select_related("counsellor__user").first()
        return str(found.counsellor) if found else ""

    @cached_property
    def hours(self) -> list[Hours]:
        return list(balance(self.passport).values())

    @property
    def quota(self) -> int:
        return sum(hours.quota for hours in self.hours)

    @property
    def used(self) -> int:
        return sum(hours.used for hours in self.hours)

    @cached_property
    def labels(self) -> dict[str, str]:
        return {hours.kind.code: hours.kind.label for hours in self.hours}

    @cached_property
    def visits(self) -> list[Cheque]:
        """Signed, or signed and then cancelled: what the chain holds, oldest first."""
        kept = self.passport.cheques.filter(entry__isnull=False).select_related("counsellor__user", "entry")
        return list(kept.prefetch_related("disputes").in_order())

    @cached_property
    def entries(self) -> list[Entry]:
        return list(self.passport.entries.exclude(act="visit").prefetch_related("texts").order_by("seq"))

    @cached_property
    def cancelled(self) -> dict[int, Entry]:
        """Counter-entries by the number of what they cancel."""
        return {entry.cancels: entry for entry in self.entries if entry.cancels is not None}

    @cached_property
    def events(self) -> list[Event]:
        return list(self._events())

    def _events(self) -> Iterator[Event]:
        for entry in self.entries:
            if entry.act in DECIDED:
                said, texts = chain.read(entry), texts_of(entry)
                reason = f"{NBSP}: ".join(part for part in (texts.get("motive", ""), texts.get("reason", "")) if part)
                label = DECIDED[Decision.Act(entry.act)]
                yield Event(label, day_of(entry.recorded_at), last_day(said["ends_at"]), reason)

    def package(self) -> str:
        version = self.passport.version
        return f"{version.package.name}, version {version.number}{NBSP}: {hours_of(self.quota)}"

    def window(self) -> str:
        passport = self.passport
        if passport.starts_on is None or passport.ends_on is None:
            return "commence avec la première visite signée"
        return f"du {short_date(passport.starts_on)} au {short_date(passport.ends_on)}"

    def standing(self, cheque: Cheque) -> str:
        """How the signatures of a visit stand."""
        undone = self.cancelled.get(cheque.entry.seq) if cheque.entry else None
        if undone is not None:
            reason = texts_of(undone).get("reason", "")
            said = f"Annulée le {short_date(day_of(undone.recorded_at))}"
            return f"{said}{NBSP}: {reason}" if reason else said
        late = ", en retard" if cheque.is_late else ""
        contested = ". Contestée, réponse attendue" if is_contested(cheque) else ""
        return f"Signée par les deux le {_day(cheque.member_signed_at)}{late}{contested}"


def with_all(passports: Any) -> Any:
    """The rows of passports with what their papers read beside them."""
    return passports.select_related("member", "version__package", "sheet__order__organisation")


def is_contested(cheque: Cheque) -> bool:
    return any(dispute.settled_at is None for dispute in cheque.disputes.all())


def texts_of(entry: Entry) -> dict[str, str]:
    """What was not erased."""
    return {each.name: each.text for each in entry.texts.all()}


def last_day(ends_at: str | None) -> date | None:
    """The last day before this first moment outside."""
    return day_of(datetime.fromisoformat(ends_at) - timedelta(microseconds=1)) if ends_at else None


def hours_of(hours: int) -> str:
    return f"{hours}{NBSP}h"


def day_and_hours(cheque: Cheque) -> str:
    """« lundi 7 septembre 2026, de 10 h à 12 h »."""
    return f"{long_date(cheque.starts_at)}, {between(cheque)}"


def between(cheque: Cheque) -> str:
    return f"de {hour(cheque.starts_at)} à {hour(cheque.ends_at)}"


def _day(moment: datetime | None) -> str:
    return short_date(timezone.localdate(moment)) if moment else ""
