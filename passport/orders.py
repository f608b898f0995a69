"""Packages that a prescriber orders: asked, confirmed or cancelled; nothing of a confirmed one changes.

The price is that of the package when it is asked; staff may change it until
they confirm. A refusal is a ValidationError whose sentence the person reads.
"""

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from accompaniment import packages
from accompaniment.models import PackageVersion
from accounts.models import Organisation, User
from passport import order_messages
from passport.models import Gift, Order, Passport, Sheet
from passport.rules import refused
from private_files.names import ALPHABET, LENGTH

State = Order.State
MOST_PACKAGES = 200
DEAREST = Decimal("9999999.99")
CENT = Decimal("0.01")
LONGEST_REASON = 200
TRIES = 50


def ask(
    *,
    organisation: Organisation,
    version: PackageVersion,
    quantity: int,
    siret: str,
    service_code: str = "",
    commitment_number: str = "",
    billing: str = Order.Billing.WHOLE,
    by: User,
    key: UUID | None = None,
    now: datetime | None = None,
) -> Order:
    """By the prescriber: it waits for staff. The same `key` and content give the same order, another content none."""
    facts = {
        "organisation": organisation,
        "version": version,
        "quantity": quantity,
        "siret": siret,
        "service_code": service_code,
        "commitment_number": commitment_number,
        "billing": billing,
    }
    with transaction.atomic():
        order, is_new = _made(facts, by=by, key=key, now=now or timezone.now())
        if is_new:
            order_messages.asked(order)
    return order


def record(
    *, price: Decimal | None = None, by: User, key: UUID | None = None, now: datetime | None = None, **facts: Any
) -> Order:
    """By staff, of a prescriber who ordered by letter: it holds at once. `facts` as `ask`."""
    moment = now or timezone.now()
    with transaction.atomic():
        order, is_new = _made(facts, by=by, key=key, now=moment)
        return confirm(order, by=by, price=price, now=moment) if is_new else order


def confirm(order: Order, *, by: User, price: Decimal | None = None, now: datetime | None = None) -> Order:
    """By staff, at this price where one is given: its sheets are there, and may be given."""
    with transaction.atomic():
        found = locked(order)
        if found.state != State.ASKED:
            raise ValidationError(f"Cette commande est déjà {found.get_state_display()}.", code="state")
        if price is not None:
            found.price = price
        _check_price(found.price)
        found.state, found.decided_by, found.decided_at = State.CONFIRMED, by, now or timezone.now()
        found.save(update_fields=["state", "price", "decided_by", "decided_at"])
        Sheet.objects.bulk_create(Sheet(order=found, number=number) for number in range(1, found.quantity + 1))
        order_messages.confirmed(found)
    return found


def cancel(order: Order, *, reason: str, by: User, now: datetime | None = None) -> Order:
    """With a reason that who asked reads; not once a member has one of its sheets, or had a passport of it."""
    if not reason.strip():
        raise refused("reason", "Dites pourquoi\N{NO-BREAK SPACE}: le prescripteur le lira.", code="no_reason")
    if len(reason.strip()) > LONGEST_REASON:
        raise refused("reason", f"Dites-le en {LONGEST_REASON} caractères au plus.", code="too_long")
    with transaction.atomic():
        found = locked(order)
        if found.state == State.CANCELLED:
            raise ValidationError("Cette commande est déjà annulée.", code="state")
        if is_begun(found):
            raise ValidationError(
                "Une planche de cette commande est donnée\N{NO-BREAK SPACE}: elle reste.", code="given"
            )
        found.cancelled_because = reason.strip()
        found.state, found.decided_by, found.decided_at = State.CANCELLED, by, now or timezone.now()
        found.save(update_fields=["state", "cancelled_because", "decided_by", "decided_at"])
        order_messages.cancelled(found)
    return found


def is_begun(order: Order) -> bool:
    """Whether a member has one of its sheets now, or a passport was opened with one."""
    held = Gift.objects.filter(sheet__order=order.pk, taken_back_at=None)
    return held.exists() or Passport.objects.filter(sheet__order=order.pk).exists()


def sold(now: datetime | None = None) -> QuerySet[PackageVersion]:
    """The versions that can be ordered now."""
    return PackageVersion.objects.filter(pk__in=[version.pk for version in packages.in_force(now)])


def locked(order: Order) -> Order:
    """The order as it is now; the first lock of whoever gives or takes back its sheets."""
    rows = Order.objects.select_for_update(of=("self",)).select_related("organisation", "version__package", "asked_by")
    return rows.get(pk=order.pk)


def _made(facts: dict[str, Any], *, by: User, key: UUID | None, now: datetime) -> tuple[Order, bool]:
    """The order, and whether it is new: the one of this key where it was made before."""
    said = {name: fact.strip() if isinstance(fact, str) else fact for name, fact in facts.items()}
    order = Order(**said, price=facts["version"].price, asked_by=by, asked_at=now)
    if key is not None:
        order.reference = _reference(order.organisation, key)
        if found := _already(order):
            return found, False
    _check(order)
    found = _number(order)
    return found, found is order


def _reference(organisation: Organisation, key: UUID) -> str:
    """Always the same for a form that was shown for a body: nobody else’s order answers to it."""
    digest = hashlib.sha256(f"{organisation.pk} {key}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def _already(order: Order) -> Order | None:
    found = Order.objects.filter(reference=order.reference).first()
    said = ("version_id", "quantity", "siret", "service_code", "commitment_number", "billing")
    if found and any(getattr(found, name) != getattr(order, name) for name in said):
        raise ValidationError("Ce formulaire a déjà servi pour une autre commande.", code="key_used")
    return found


def _check(order: Order) -> None:
    if not Organisation.objects.prescribers().filter(pk=order.organisation_id).exists():
        raise refused("organisation", "Choisissez un prescripteur.", code="organisation")
    if not sold(order.asked_at).filter(pk=order.version_id).exists():
        raise refused("version", "Ce forfait n’est plus proposé\N{NO-BREAK SPACE}: choisissez-en un.", code="version")
    quantity = order.quantity
    if isinstance(quantity, bool) or not isinstance(quantity, int) or not 1 <= quantity <= MOST_PACKAGES:
        raise refused("quantity", f"Commandez de 1 à {MOST_PACKAGES} forfaits à la fois.", code="quantity")
    if not order.siret:
        raise refused("siret", "Donnez le SIRET à facturer.", code="siret")
    # Its reference may be taken meanwhile by the same form sent twice: `_number` finds that one.
    order.full_clean(exclude=["number", "reference"])


def _check_price(price: Decimal) -> None:
    """Euros and cents."""
    if not price.is_finite() or not 0 <= price <= DEAREST or price != price.quantize(CENT):
        told = "Donnez un prix de 0 à 9\N{NO-BREAK SPACE}999\N{NO-BREAK SPACE}999,99 €, au centime."
        raise refused("price", told, code="price")


def _number(order: Order) -> Order:
    """Saved under the next number of its year, without a gap. Of two at once the second waits, then takes the next."""
    prefix = f"CMD-{timezone.localdate(order.asked_at).year}-"
    for _try in range(TRIES):
        numbered = Order.objects.filter(number__startswith=prefix).order_by(Length("number").desc(), "-number")
        last = numbered.values_list("number", flat=True).first()
        order.number = f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:04}"
        try:
            with transaction.atomic():
                order.save(force_insert=True)
        except IntegrityError:
            if found := _already(order):
                return found
        else:
            return order
    raise ValidationError("Trop de commandes arrivent en même temps\N{NO-BREAK SPACE}: réessayez.", code="busy")
