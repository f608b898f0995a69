"""What a treasurer's lists show: orders, stubs, lines of invoices; and what waits for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from accompaniment.models import LearningAgreement
from accounts.models import Member
from association.clocks import months_later
from pages.filters import choice, read_choice, read_month, read_page
from pages.templatetags.french import euros, month_year, short_date
from passport import invoiced, invoicing, stubs
from passport.invoicing import Row
from passport.models import Cheque, Dispute, Entry, Gift, InvoicedMonth, Order, Passport, Sheet, day_of

PER_PAGE = 50
ORDER_HEADERS = [
    "Commande",
    "Prescripteur",
    "Facturation",
    "Heures facturées",
    "Heures contestées",
    "Montant",
    "Facture",
]
LINE_HEADERS = [
    *("Ligne", "Planche", "Passeport", "Heures facturées"),
    *("Utilisées", "Non utilisées", "Contestées", "Montant"),
]
STATES = [
    (Cheque.State.SIGNED, "Comptés"),
    (Cheque.State.CANCELLED, "Annulés"),
    (stubs.DISPUTED, "Contestés"),
]


def page_of(rows: Any, query: Mapping[str, str]) -> Page[Any]:
    """Raises Http404 for a page that does not exist."""
    paginator, number = Paginator(rows, PER_PAGE), read_page(query)
    if not 1 <= number <= paginator.num_pages:
        raise Http404
    return paginator.page(number)


def orders(query: Mapping[str, str]) -> dict[str, Any]:
    """The newest first, with what became of their sheets."""
    bodies = list(stubs.bodies())
    chosen = {
        "etat": read_choice(query, "etat", Order.State.values),
        "prescripteur": read_choice(query, "prescripteur", [body.reference for body in bodies]),
    }
    found = Order.objects.newest_first().select_related("organisation", "version__package")
    if chosen["etat"]:
        found = found.filter(state=chosen["etat"])
    if chosen["prescripteur"]:
        found = found.filter(organisation__reference=chosen["prescripteur"])
    held = Q(sheets__gifts__isnull=False, sheets__gifts__taken_back_at=None)
    opened = Count("sheets__passport", filter=held, distinct=True)
    given = Count("sheets", filter=held, distinct=True)
    states = [(value, capfirst(label)) for value, label in Order.State.choices]
    return {
        "page": page_of(found.annotate(given=given, opened=opened), query),
        "choices": [
            _drawn("etat", "État", "Tous", states, chosen["etat"]),
            _bodies(bodies, chosen["prescripteur"]),
        ],
        "active": {name: value for name, value in chosen.items() if value},
    }


@dataclass(frozen=True)
class SheetRow:
    """A sheet, whom it was given to, the last first, and the passport that was opened with it."""

    sheet: Sheet
    gifts: list[Gift]
    passport: Passport | None

    @property
    def held(self) -> Gift | None:
        return next((gift for gift in self.gifts if gift.taken_back_at is None), None)


def sheets_of(order: Order) -> list[SheetRow]:
    gifts: dict[int, list[Gift]] = {}
    for gift in Gift.objects.filter(sheet__order=order).select_related("member").order_by("-given_at", "-pk"):
        gifts.setdefault(gift.sheet_id, []).append(gift)
    listed = order.sheets.select_related("passport").order_by("number")
    return [SheetRow(sheet, gifts.get(sheet.pk, []), getattr(sheet, "passport", None)) for sheet in listed]


def read_stubs(query: Mapping[str, str], now: datetime) -> tuple[stubs.Chosen, list[dict[str, Any]]]:
    """What is chosen, and the filters to choose from."""
    bodies = list(stubs.bodies())
    numbers = dict(Order.objects.newest_first().values_list("reference", "number"))
    chosen = stubs.Chosen(
        month=read_month(query),
        order=read_choice(query, "commande", numbers),
        body=read_choice(query, "prescripteur", [body.reference for body in bodies]),
        state=read_choice(query, "etat", [value for value, _label in STATES]),
    )
    return chosen, [
        _months("Tous", invoicing.months(now), chosen.month),
        _bodies(bodies, chosen.body),
        _drawn("commande", "Commande", "Toutes", list(numbers.items()), chosen.order),
        _drawn("etat", "État", "Tous", STATES, chosen.state),
    ]


@dataclass(frozen=True)
class Invoice:
    """The lines of a month, for all orders or for those chosen."""

    period: invoicing.Period
    rows: list[Row]
    invoiced: dict[int, InvoicedMonth]
    choices: list[dict[str, Any]]
    active: dict[str, str]
    is_over: bool


def read_lines(query: Mapping[str, str], now: datetime) -> Invoice:
    """Of last month unless another is asked for."""
    this = day_of(now).replace(day=1)
    first = read_month(query) or months_later(this, -1)
    bodies = list(stubs.bodies())
    numbers = dict(Order.objects.newest_first().values_list("reference", "number"))
    order = read_choice(query, "commande", numbers)
    body = read_choice(query, "prescripteur", [body.reference for body in bodies])
    among = Order.objects.all()
    if order:
        among = among.filter(reference=order)
    if body:
        among = among.filter(organisation__reference=body)
    months = _months("", sorted({*invoicing.months(now), first, months_later(this, -1)}, reverse=True), first)
    months["options"] = months["options"][1:]
    active = {"mois": f"{first:%Y-%m}", "commande": order, "prescripteur": body}
    rows = invoicing.rows(invoicing.month(first), among)
    return Invoice(
        period=invoicing.month(first),
        rows=rows,
        invoiced=invoiced.of_month(first, {row.order.pk for row in rows}),
        choices=[
            months,
            _bodies(bodies, body),
            _drawn("commande", "Commande", "Toutes", list(numbers.items()), order),
        ],
        active={name: value for name, value in active.items() if value},
        is_over=first < this,
    )


def cells_of_totals(totals: Iterable[invoicing.Total], invoice: Invoice) -> list[list[object]]:
    """As in ORDER_HEADERS."""
    return [
        [
            format_html('<a href="{}">{}</a>', reverse("treasury_order", args=[total.order.reference]), total.order),
            total.order.organisation,
            capfirst(total.order.get_billing_display()),
            _hours(total.hours),
            _hours(total.disputed),
            euros(total.amount),
            _invoice_of(total.order, invoice),
        ]
        for total in totals
    ]


def _invoice_of(order: Order, invoice: Invoice) -> str:
    """Its number and its day, or where they are typed once the month is over."""
    row = invoice.invoiced.get(order.pk)
    if row is None and not invoice.is_over:
        return "mois en cours"
    said = f"{row.number}, {short_date(row.dated_on)}" if row else "Noter la facture"
    address = reverse("treasury_invoiced", args=[order.reference, f"{invoice.period.first:%Y-%m}"])
    return format_html(
        '<a href="{}">{}<span class="visually-hidden"> de la commande {}</span></a>', address, said, order
    )


def cells_of_lines(rows: Iterable[Row]) -> list[list[object]]:
    """As in LINE_HEADERS."""
    return [
        [
            capfirst(row.line.what.label),
            row.passport.sheet,
            row.passport.reference,
            _hours(row.line.hours),
            *(_hours(row.spent), _hours(row.unspent), _hours(row.disputed)),
            euros(row.line.amount),
        ]
        for row in rows
    ]


def _hours(count: int) -> str:
    return f"{count}\N{NO-BREAK SPACE}h".replace("-", "\N{MINUS SIGN}")


def awaiting() -> QuerySet[Member]:
    """Members to whom an agreement was proposed, or who signed it, and who have no sheet for it."""
    states = (LearningAgreement.State.PROPOSED, LearningAgreement.State.SIGNED)
    agreed = LearningAgreement.objects.filter(state__in=states, passport=None)
    held = Gift.objects.filter(taken_back_at=None, sheet__passport=None)
    members = Member.objects.not_erased().filter(pk__in=agreed.values("member"))
    return members.exclude(pk__in=held.values("member")).by_name()


@dataclass(frozen=True)
class Contested:
    """Visits whose billing by the hour waits for an answer."""

    visits: int
    hours: int


def happened(first: date) -> tuple[int, int]:
    """Visits signed, and passports opened, in the month of this day."""
    period = invoicing.month(first)
    signed = Entry.objects.filter(act="visit", recorded_at__gte=period.start, recorded_at__lt=period.end)
    opened = Passport.objects.filter(opened_at__gte=period.start, opened_at__lt=period.end)
    return signed.count(), opened.count()


def contested() -> Contested:
    hourly = Q(cheque__passport__sheet__order__billing=Order.Billing.HOURS, cheque__state=Cheque.State.SIGNED)
    open_ones = Dispute.objects.filter(hourly, settled_at=None)
    held = open_ones.values_list("cheque", F("cheque__hours")).order_by()
    return Contested(len(held), sum(hours for _cheque, hours in held))


def _months(every: str, firsts: list[date], chosen: date | None) -> dict[str, Any]:
    known = [(f"{first:%Y-%m}", capfirst(month_year(first))) for first in firsts]
    return _drawn("mois", "Mois", every, known, f"{chosen:%Y-%m}" if chosen else "")


def _bodies(bodies: list[Any], chosen: str) -> dict[str, Any]:
    return _drawn("prescripteur", "Prescripteur", "Tous", [(body.reference, body.name) for body in bodies], chosen)


def _drawn(name: str, label: str, every: str, known: list[Any], chosen: str) -> dict[str, Any]:
    options: list[Any] = [(value, text, None) for value, text in known]
    return choice(name, label, every, options, chosen)
