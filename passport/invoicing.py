"""The lines of invoices, read from the ledger: by order and by month, with what is spent, left and contested."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.text import capfirst

from accompaniment.models import PackageKind
from association.clocks import months_later
from pages.tables import Cell
from pages.tables import Sheet as Table
from passport.billing import NOTHING, Account, Line, Visit
from passport.ledger import midnight
from passport.models import Cheque, Dispute, Entry, Gift, InvoicedMonth, Order, Passport, day_of

SIGNED = (Cheque.State.SIGNED, Cheque.State.CANCELLED)
HEADERS = [
    *("Commande", "Prescripteur", "SIRET", "Code service", "Engagement", "Facturation", "Planche", "Passeport"),
    *("Ligne", "Heures", "Montant (€)", "Utilisées", "Non utilisées", "Contestées"),
    *("Facture", "Facture du"),
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


class Billed(NamedTuple):
    """What a line says of its passport: thousands of these are read where a page shows fifty."""

    pk: int
    reference: str
    sheet: str
    order: Order


@dataclass(frozen=True)
class Row:
    """A line of a passport; hours spent, left and contested are those at the end of the period."""

    passport: Billed
    line: Line
    spent: int
    unspent: int
    disputed: int

    @property
    def order(self) -> Order:
        return self.passport.order


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
    for passport, account in accounts(found, period):
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


def table(told: Iterable[Row], period: Period, invoiced: Mapping[int, InvoicedMonth]) -> Table:
    """`invoiced` has the invoices of the period, by the primary key of the order."""
    cells: list[list[Cell]] = [
        [
            *(row.order.number, row.order.organisation.name, row.order.siret, row.order.service_code),
            *(row.order.commitment_number, row.order.get_billing_display(), row.passport.sheet),
            *(row.passport.reference, capfirst(row.line.what.label), row.line.hours, row.line.amount),
            *(row.spent, row.unspent, row.disputed),
            *_invoice_of(invoiced.get(row.order.pk)),
        ]
        for row in told
    ]
    return Table(f"lignes-{period.first:%Y-%m}", "Lignes de facture", HEADERS, cells)


def _invoice_of(row: InvoicedMonth | None) -> tuple[str, str]:
    return (row.number, f"{row.dated_on:%d/%m/%Y}") if row else ("", "")


def accounts(passports: QuerySet[Passport], period: Period) -> list[tuple[Billed, Account]]:
    """Each passport with what it costs at both ends of a period. Five queries, three more where a visit was contested.

    Visits that nobody contested are told by their sums, which the database makes: only these ends can be asked.
    """
    taken_back = Gift.objects.filter(sheet=OuterRef("sheet"), taken_back_at__gte=OuterRef("opened_at"))
    contested = Dispute.objects.filter(cheque__passport=OuterRef("pk"), opened_at__lt=period.end)
    listed = passports.annotate(
        back_at=Subquery(taken_back.values("taken_back_at")[:1]), is_contested=Exists(contested)
    ).order_by("sheet__order__number", "sheet__number", "pk")
    facts = ("pk", "reference", "version", "opened_at", "sheet__number", "sheet__order", "back_at", "is_contested")
    found = list(listed.values_list(*facts, named=True))
    orders = Order.objects.select_related("organisation").in_bulk({row.sheet__order for row in found})
    quotas = dict(PackageKind.objects.values_list("version").annotate(Sum("hours")).order_by())
    visits = _summed([row.pk for row in found if not row.is_contested], period)
    visits |= _one_by_one([row.pk for row in found if row.is_contested], period.end)
    told = []
    for row in found:
        order = orders[row.sheet__order]
        account = Account(
            price=order.price,
            hours=quotas[row.version],
            is_whole=order.billing == Order.Billing.WHOLE,
            opened_at=row.opened_at,
            taken_back_at=row.back_at,
            visits=tuple(visits.get(row.pk, ())),
        )
        told.append((Billed(row.pk, row.reference, f"{order}/{row.sheet__number}", order), account))
    return told


def _summed(passports: list[int], period: Period) -> dict[int, list[Visit]]:
    """As three visits at most: what stays of before the period, what it gives back of that, what it adds."""
    start, end = period.start, period.end
    entries = Entry.objects.filter(passport__in=passports, recorded_at__lt=end).order_by()
    before = Sum("hours", filter=Q(recorded_at__lt=start), default=0)
    spent = entries.values_list("passport").annotate(at_start=before, at_end=Sum("hours"))
    undone = Entry.objects.filter(passport=OuterRef("passport"), seq=OuterRef("cancels"), recorded_at__lt=start)
    back = entries.filter(Exists(undone), act="cancel", recorded_at__gte=start)
    given_back = dict(back.values_list("passport").annotate(Sum("hours")))
    found = {}
    for passport, at_start, at_end in spent:
        less = -given_back.get(passport, 0)
        lived = [
            Visit(at_start - less, datetime.min.replace(tzinfo=UTC)),
            Visit(less, datetime.min.replace(tzinfo=UTC), cancelled_at=start),
            Visit(at_end - at_start + less, start),
        ]
        found[passport] = [visit for visit in lived if visit.hours]
    return found


def _one_by_one(passports: list[int], before: datetime) -> dict[int, list[Visit]]:
    if not passports:
        return {}
    back = Entry.objects.filter(passport__in=passports, act="cancel", recorded_at__lt=before)
    given_back = {(pk, seq): at for pk, seq, at in back.values_list("passport", "cancels", "recorded_at").order_by()}
    disputes: Disputes = defaultdict(list)
    contested = Dispute.objects.filter(cheque__passport__in=passports, opened_at__lt=before)
    for cheque, opened, settled in contested.values_list("cheque", "opened_at", "settled_at").order_by("opened_at"):
        disputes[cheque].append((opened, settled))
    spent: dict[int, list[Visit]] = defaultdict(list)
    signed = Cheque.objects.filter(passport__in=passports, state__in=SIGNED, entry__recorded_at__lt=before)
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
