"""The stubs of cheques, for the accounts: what was spent and given back, without what was done nor where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from accompaniment.models import PackageKind
from accounts.models import Organisation
from pages.tables import Cell
from pages.tables import Sheet as Table
from passport.invoicing import SIGNED, month
from passport.models import Cheque, Entry, Order, day_of

HEADERS = [
    *("Chèque", "Jour de la visite", "Début", "Fin", "Heures", "Heures comptées", "Activité", "Conseiller"),
    *("Membre", "Référence du membre", "Passeport", "Commande", "Prescripteur"),
    *("Signé le", "Hors délai", "Annulé le", "Contesté"),
]
DISPUTED = "conteste"
# What is put in a file while somebody waits for it.
MOST_EXPORTED = 10_000
KIND = ("version", "code", "label")
MEMBER, ORDER = "passport__member", "passport__sheet__order"
READ = [
    *("pk", "day", "rank", "counsellor__number", "starts_at", "ends_at", "hours", "state", "kind", "member_signed_at"),
    *(f"counsellor__user__{name}" for name in ("first_name", "last_name", "email")),
    *(f"{MEMBER}__{name}" for name in ("first_name", "last_name", "reference")),
    *("passport__reference", "passport__version", f"{ORDER}__number", f"{ORDER}__organisation__name", "cancelled_at"),
]


@dataclass(frozen=True)
class Chosen:
    """Which ones: by the month in which the member signed, by order, by prescriber, by what became of them."""

    month: date | None = None
    order: str = ""
    body: str = ""
    state: str = ""

    @property
    def active(self) -> dict[str, str]:
        chosen = {
            "mois": f"{self.month:%Y-%m}" if self.month else "",
            "commande": self.order,
            "prescripteur": self.body,
            "etat": self.state,
        }
        return {name: value for name, value in chosen.items() if value}


def found(chosen: Chosen) -> QuerySet[Cheque]:
    """Signed by both, whatever came after; the last signed first."""
    cheques = Cheque.objects.filter(state__in=SIGNED)
    if chosen.month:
        period = month(chosen.month)
        cheques = cheques.filter(entry__recorded_at__gte=period.start, entry__recorded_at__lt=period.end)
    if chosen.order:
        cheques = cheques.filter(passport__sheet__order__reference=chosen.order)
    if chosen.body:
        cheques = cheques.filter(passport__sheet__order__organisation__reference=chosen.body)
    if chosen.state == DISPUTED:
        cheques = cheques.disputed()
    elif chosen.state:
        cheques = cheques.filter(state=chosen.state)
    cancelled = Entry.objects.filter(passport=OuterRef("passport"), cancels=OuterRef("entry__seq"))
    kind = PackageKind.objects.filter(version=OuterRef("passport__version"), code=OuterRef("kind"))
    shown = cheques.select_related("counsellor__user", "passport__member", "passport__sheet__order__organisation")
    return shown.annotate(
        cancelled_at=Subquery(cancelled.values("recorded_at")[:1]), kind_label=Subquery(kind.values("label")[:1])
    ).order_by("-member_signed_at", "-pk")


def hours(chosen: Chosen) -> int:
    """Those that count: what was given back does not."""
    counting = found(chosen).filter(state=Cheque.State.SIGNED)
    return counting.order_by().aggregate(total=Sum("hours", default=0))["total"]


def disputed(cheques: Iterable[Cheque]) -> set[int]:
    """Which of these the member contests now."""
    return set(Cheque.objects.disputed().filter(pk__in=[cheque.pk for cheque in cheques]).values_list("pk", flat=True))


def table(chosen: Chosen) -> Table:
    """A sheet for a spreadsheet; the caller has seen that they are not too many (MOST_EXPORTED)."""
    labels = {(version, code): label for version, code, label in PackageKind.objects.values_list(*KIND)}
    contested = set(Cheque.objects.disputed().values_list("pk", flat=True))
    rows = [_cells(dict(zip(READ, row, strict=True)), labels, contested) for row in found(chosen).values_list(*READ)]
    return Table("souches", "Souches", HEADERS, rows)


def bodies() -> QuerySet[Organisation]:
    """Those that ordered."""
    return Organisation.objects.filter(pk__in=Order.objects.values("organisation")).by_name()


def _cells(said: dict[str, Any], labels: dict[tuple[int, str], str], contested: set[int]) -> list[Cell]:
    day, start, end = said["day"], timezone.localtime(said["starts_at"]), timezone.localtime(said["ends_at"])
    is_late = day_of(said["member_signed_at"]) > start.date()
    return [
        *(f"C{said['counsellor__number']}/{day:%d/%m/%Y}/{said['rank']}",),
        *(f"{start:%d/%m/%Y}", f"{start:%H:%M}", f"{end:%H:%M}"),
        *(said["hours"], 0 if said["state"] == Cheque.State.CANCELLED else said["hours"]),
        labels.get((said["passport__version"], said["kind"]), ""),
        _name(said, "counsellor__user") or said["counsellor__user__email"],
        _name(said, "passport__member") or f"membre effacé {said['passport__member__reference']}",
        *(said["passport__member__reference"], said["passport__reference"]),
        *(said["passport__sheet__order__number"], said["passport__sheet__order__organisation__name"]),
        *(_day(said["member_signed_at"]), "oui" if is_late else "", _day(said["cancelled_at"])),
        "oui" if said["pk"] in contested else "",
    ]


def _name(said: dict[str, Any], start: str) -> str:
    return f"{said[f'{start}__first_name']} {said[f'{start}__last_name']}".strip()


def _day(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y}" if moment else ""
