"""Which months of which orders are on an invoice: rows that are only added.

What comes after in an invoiced month, a late signature, a counter-entry, the
answer to a dispute, is a line of the month in which it comes
(`passport.billing`): the lines that were invoiced never change.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from pages.templatetags.french import short_date
from passport import orders
from passport.invoicing import NOTHING, month, rows, totals
from passport.models import InvoicedMonth, Order, day_of
from passport.rules import refused

LONGEST_NUMBER, LONGEST_REASON = 40, 200


def record(
    order: Order, first: date, *, number: str, dated_on: date, by: User, now: datetime | None = None
) -> InvoicedMonth:
    """The lines of an order’s month, of which `first` is the first day, are on this invoice. Said twice, it is once."""
    moment, period, said = now or timezone.now(), month(first), number.strip()
    if not 1 <= len(said) <= LONGEST_NUMBER:
        raise refused("number", f"Donnez le numéro de la facture, en {LONGEST_NUMBER} signes au plus.", code="number")
    if day_of(moment) <= period.last:
        raise ValidationError("Ce mois n’est pas fini\N{NO-BREAK SPACE}: ses lignes changent encore.", code="not_over")
    if not period.last <= dated_on <= day_of(moment):
        told = "Une facture est datée de la fin du mois au plus tôt, d’aujourd’hui au plus tard."
        raise refused("dated_on", told, code="dated_on")
    with transaction.atomic():
        found = orders.locked(order)
        if standing := of_month(first, [found.pk]).get(found.pk):
            if (standing.number, standing.dated_on) == (said, dated_on):
                return standing
            raise ValidationError(f"Ce mois est déjà sur la {standing}.", code="invoiced")
        _check_number(said, dated_on, found)
        lines = totals(rows(period, Order.objects.filter(pk=found.pk)))
        if not lines:
            raise ValidationError("Rien n’est à facturer ce mois-là pour cette commande.", code="nothing")
        amount = sum((line.amount for line in lines), start=NOTHING)
        return InvoicedMonth.objects.create(
            order=found,
            month=first,
            number=said,
            dated_on=dated_on,
            amount=amount,
            recorded_by=by,
            recorded_at=moment,
        )


def _check_number(number: str, dated_on: date, order: Order) -> None:
    """An invoice has one date and goes to one body; several orders of that body, or several months, may be on it."""
    same = InvoicedMonth.objects.standing().filter(number=number)
    other = same.exclude(dated_on=dated_on, order__organisation=order.organisation_id)
    if row := other.select_related("order__organisation").order_by("pk").first():
        told = (
            f"La facture {number} est déjà notée pour {row.order.organisation}, datée du {short_date(row.dated_on)}"
            "\N{NO-BREAK SPACE}: une facture n’a qu’un destinataire et qu’une date."
        )
        raise refused("number", told, code="number_used")


def take_back(invoiced: InvoicedMonth, *, reason: str, by: User, now: datetime | None = None) -> InvoicedMonth:
    """The invoice does not count any more, and the row that says so tells why; the month may be invoiced anew.

    Said twice with the same reason, it is once.
    """
    said = reason.strip()
    if not 1 <= len(said) <= LONGEST_REASON:
        raise refused("reason", f"Dites pourquoi, en {LONGEST_REASON} signes au plus.", code="reason")
    with transaction.atomic():
        found = orders.locked(invoiced.order)
        row = InvoicedMonth.objects.standing().filter(pk=invoiced.pk).first()
        if row is None:
            if done := InvoicedMonth.objects.filter(cancels=invoiced.pk, reason=said).first():
                return done
            raise ValidationError("Cette facture ne compte déjà plus.", code="taken_back")
        facts = {name: getattr(row, name) for name in ("month", "number", "dated_on", "amount")}
        return InvoicedMonth.objects.create(
            **facts, order=found, cancels=row, reason=said, recorded_by=by, recorded_at=now or timezone.now()
        )


def of_month(first: date, among: Iterable[int]) -> dict[int, InvoicedMonth]:
    """What stands, by the primary key of the order."""
    standing = InvoicedMonth.objects.standing().filter(month=first, order__in=list(among))
    return {row.order_id: row for row in standing.order_by("pk")}


def history(order: Order, first: date) -> list[InvoicedMonth]:
    """Everything that was said of an order’s month, the first row first."""
    told = InvoicedMonth.objects.filter(order=order, month=first).select_related("recorded_by")
    return list(told.order_by("recorded_at", "pk"))
