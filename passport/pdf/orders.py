"""An order on paper: the quote to be agreed to, and the order as it was confirmed."""

from typing import Any

from pages.printing import printed
from pages.templatetags.french import count_of, euros, long_date
from passport.models import Order
from passport.pdf.papers import SOURCES, banner, contact_of, facts, heading, identity_of, printed_on, table, text

ORDER = SOURCES / "order.typ"
State = Order.State
AGREED = "Pour le prescripteur\N{NO-BREAK SPACE}: date, nom, «\N{NO-BREAK SPACE}bon pour accord\N{NO-BREAK SPACE}»"


def quote(order: Order) -> bytes:
    """With a place to sign. Read the order with its organisation and version."""
    return _paper(order, "Devis", signatures=[AGREED])


def order_form(order: Order) -> bytes:
    return _paper(order, "Bon de commande", signatures=[])


def _paper(order: Order, title: str, *, signatures: list[str]) -> bytes:
    identity = identity_of()
    page = {
        "association": identity.name,
        "document": f"{title} {order.number}",
        "title": title,
        "lead": f"Commande {order.number}, {order.organisation}.",
        "blocks": [*_standing(order), *_who(order), *_what(order)],
        "signatures": signatures,
        "contact": contact_of(identity),
        "footer": f"{title} {order.number}. {printed_on()}",
        "is_demo": identity.is_demo,
    }
    return printed(ORDER, page)


def _standing(order: Order) -> list[dict[str, Any]]:
    if order.state == State.CANCELLED:
        return [banner(f"Cette commande est annulée\N{NO-BREAK SPACE}: {order.cancelled_because}")]
    if order.state == State.ASKED:
        return [banner("L’association n’a pas encore confirmé cette commande.")]
    return []


def _who(order: Order) -> list[dict[str, Any]]:
    is_confirmed = order.state == State.CONFIRMED
    return [
        heading("Le prescripteur"),
        facts(
            ("Organisme", order.organisation.name),
            ("Adresse", order.organisation.address),
            ("SIRET à facturer", order.siret),
            ("Code service (Chorus Pro)", order.service_code),
            ("Numéro d’engagement (Chorus Pro)", order.commitment_number),
            ("Demandée le", long_date(order.asked_at)),
            ("Confirmée le", long_date(order.decided_at) if is_confirmed else ""),
        ),
    ]


def _what(order: Order) -> list[dict[str, Any]]:
    version = order.version
    kinds = [[kind.label, f"{kind.hours}\N{NO-BREAK SPACE}h"] for kind in version.kinds.all()]
    hours = f"{version.hours}\N{NO-BREAK SPACE}h"
    bought = [
        f"{version.package.name}, version {version.number}\N{NO-BREAK SPACE}: {hours} pour une personne, "
        f"sur {count_of(version.window_months, 'mois,mois')}"
    ]
    total = euros(order.price * order.quantity)
    return [
        heading("La commande"),
        table(
            ["Forfait", "Nombre", "Prix d’un forfait", "Total"],
            [5, 2, 3, 3],
            [[*bought, str(order.quantity), euros(order.price), total], ["En tout", "", "", total]],
        ),
        text(f"Facturation\N{NO-BREAK SPACE}: {order.get_billing_display()}."),
        heading("Les heures d’un forfait"),
        table(["Activité", "Heures"], [4, 1], [*kinds, ["En tout", hours]]),
    ]
