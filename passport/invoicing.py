"""The lines of invoices, read from the ledger: by order and by month, with what is spent, left and contested."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.text import capfirst

from accompaniment.models import PackageKind
from association.clocks import months_later
from pages.tables import Cell
from pages.tables import Sheet as Table
from passport.billing import NOTHING, Account, Line, Visit
from passport.ledger import midnight
from passport.models import Cheque, Dispute, Entry, Gift, Order, Passport, day_of

SIGNED = (Cheque.State.SIGNED, Cheque.State.CANCELLED)
HEADERS = [
    *("Commande", "Prescripteur", "SIRET", "Code service", "Engagement", "Facturation", "Planche", "Passeport"),
    *("Ligne", "Heures", "Montant (€)", "Utilisées", "Non utilisées", "Contestées"),
]
Disputes = dict[int, list[tuple[datetime, datetime | None]]]


@dataclass(frozen=True)
class Period:
    """Whole days of Paris, both included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return midnight(date.fromordinal(self.last.toordinal() + 1))


@dataclass(frozen=True)
class Row:
    """A line of a passport; hours spent, left and contested are those at the end of the period."""

    passport: Passport
    line: Line
    spent: int
    unspent: int
    disputed: int

    @property
    def order(self) -> Order:
        return self.passport.sheet.order


@dataclass
class Total:
    order: Order
    hours: int = 0
    amount: Decimal = NOTHING
    disputed: int = 0


def month(first: date) -> Period:
    return Period(first, date.fromordinal(months_later(first, 1).toordinal() - 1))


def months(now: datetime) -> list[date]:
    """The first days of those since the first passport was opened, newest first; this month at least."""
    this = day_of(now).replace(day=1)
    opened = Passport.objects.aggregate(first=Min("opened_at"))["first"]
    oldest = min(this, day_of(opened).replace(day=1)) if opened else this
    count = (this.year - oldest.year) * 12 + this.month - oldest.month
    return [months_later(this, -back) for back in range(count + 1)]


def rows(period: Period, orders: QuerySet[Order]) -> list[Row]:
    """In the order of their numbers. As many queries for one order as for all."""
    start, end = period.start, period.end
    found = _moved(start, end).filter(sheet__order__in=orders.values("pk"))
    told = []
    for passport, account in accounts(found, before=end):
        spent, disputed = account.spent(end), account.held(end)
        unspent = account.hours - spent
        told += [Row(passport, line, spent, unspent, disputed) for line in account.lines(start, end)]
    return told


def totals(told: Iterable[Row]) -> list[Total]:
    """By order, as they come."""
    by_order: dict[int, Total] = {}
    counted = set()
    for row in told:
        total = by_order.setdefault(row.order.pk, Total(row.order))
        total.hours += row.line.hours
        total.amount += row.line.amount
        if row.passport.pk not in counted:
            total.disputed += row.disputed
            counted.add(row.passport.pk)
    return list(by_order.values())


def table(told: Iterable[Row], period: Period) -> Table:
    cells: list[list[Cell]] = [
        [
            *(row.order.number, row.order.organisation.name, row.order.siret, row.order.service_code),
            *(row.order.commitment_number, row.order.get_billing_display(), str(row.passport.sheet)),
            *(row.passport.reference, capfirst(row.line.what.label), row.line.hours, row.line.amount),
            *(row.spent, row.unspent, row.disputed),
        ]
        for row in told
    ]
    return Table(f"lignes-{period.first:%Y-%m}", "Lignes de facture", HEADERS, cells)


def accounts(passports: QuerySet[Passport], *, before: datetime) -> list[tuple[Passport, Account]]:
    """Each passport with what it costs, as far as this moment. Five queries."""
    taken_back = Gift.objects.filter(sheet=OuterRef("sheet"), taken_back_at__gte=OuterRef("opened_at"))
    listed = passports.select_related("sheet__order__organisation").annotate(
        back_at=Subquery(taken_back.values("taken_back_at")[:1])
    )
    found = list(listed.order_by("sheet__order__number", "sheet__number", "pk"))
    quotas = dict(PackageKind.objects.values_list("version").annotate(Sum("hours")).order_by())
    visits = _visits(passports, before)
    return [
        (
            passport,
            Account(
                price=passport.sheet.order.price,
                hours=quotas[passport.version_id],
                is_whole=passport.sheet.order.billing == Order.Billing.WHOLE,
                opened_at=passport.opened_at,
                taken_back_at=passport.back_at,
                visits=tuple(visits[passport.pk]),
            ),
        )
        for passport in found
    ]


def _visits(passports: QuerySet[Passport], before: datetime) -> dict[int, list[Visit]]:
    ids = passports.order_by().values("pk")
    back = Entry.objects.filter(passport__in=ids, act="cancel", recorded_at__lt=before)
    given_back = {(pk, seq): at for pk, seq, at in back.values_list("passport", "cancels", "recorded_at").order_by()}
    disputes: Disputes = defaultdict(list)
    contested = Dispute.objects.filter(cheque__passport__in=ids, opened_at__lt=before)
    for cheque, opened, settled in contested.values_list("cheque", "opened_at", "settled_at").order_by("opened_at"):
        disputes[cheque].append((opened, settled))
    spent: dict[int, list[Visit]] = defaultdict(list)
    signed = Cheque.objects.filter(passport__in=ids, state__in=SIGNED, entry__recorded_at__lt=before)
    facts = signed.values_list("pk", "passport", "hours", "entry__seq", "entry__recorded_at")
    for cheque, passport, hours, seq, at in facts.order_by("entry__seq"):
        spent[passport].append(Visit(hours, at, given_back.get((passport, seq)), tuple(disputes.get(cheque, ()))))
    return spent


def _moved(start: datetime, end: datetime) -> QuerySet[Passport]:
    """Those of which something may be billed or given back between these moments."""

    def within(name: str) -> Q:
        return Q(**{f"{name}__gte": start, f"{name}__lt": end})

    entries = Entry.objects.filter(within("recorded_at"), passport=OuterRef("pk"), act__in=("visit", "cancel"))
    disputes = Dispute.objects.filter(within("opened_at") | within("settled_at"), cheque__passport=OuterRef("pk"))
    gifts = Gift.objects.filter(within("taken_back_at"), sheet=OuterRef("sheet"))
    return Passport.objects.filter(within("opened_at") | Exists(entries) | Exists(disputes) | Exists(gifts))
