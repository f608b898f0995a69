"""What waits for a treasurer: orders to answer, a month to invoice, visits that hold money back."""

from datetime import datetime

from django.urls import reverse

from association.clocks import months_later
from pages.templatetags.french import count_of, month_year, short_date
from passport import stubs, treasury
from passport.models import Order, day_of
from spaces.waiting import Waiting

MOST_ORDERS = 5


def all_of(now: datetime) -> list[Waiting]:
    return [*_orders(), *_month(now), *_contested()]


def _orders() -> list[Waiting]:
    asked = Order.objects.filter(state=Order.State.ASKED).select_related("organisation").order_by("asked_at", "pk")
    named = [
        Waiting(
            f"Commande {order} à confirmer",
            reverse("treasury_order", args=[order.reference]),
            f"{order.organisation}, {count_of(order.quantity, 'forfait')}.",
            short_date(order.asked_at),
        )
        for order in asked[:MOST_ORDERS]
    ]
    if (others := asked.count() - len(named)) > 0:
        url = f"{reverse('treasury_orders')}?etat={Order.State.ASKED}"
        named.append(Waiting(f"Et {count_of(others, 'autre commande,autres commandes')}", url, "À confirmer aussi."))
    return named


def _month(now: datetime) -> list[Waiting]:
    """The last one, where something happened in it."""
    first = months_later(day_of(now).replace(day=1), -1)
    signed, opened = treasury.happened(first)
    if not signed and not opened:
        return []
    passports, visits = "passeport ouvert,passeports ouverts", "visite signée,visites signées"
    why = f"{count_of(opened, passports)}, {count_of(signed, visits)}."
    return [
        Waiting(
            f"{month_year(first).capitalize()} est à facturer", f"{reverse('treasury_lines')}?mois={first:%Y-%m}", why
        )
    ]


def _contested() -> list[Waiting]:
    found = treasury.contested()
    if not found.visits:
        return []
    title = count_of(found.visits, "visite contestée,visites contestées")
    url = f"{reverse('treasury_stubs')}?etat={stubs.DISPUTED}"
    why = f"Ce qui n’est pas facturé en attendant\N{NO-BREAK SPACE}: {count_of(found.hours, 'heure')}."
    return [Waiting(title, url, why)]
