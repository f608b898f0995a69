"""What is written to people about orders, without a name of a member nor a figure, with what makes it true."""

from accounts.models import User
from accounts.roles import TREASURERS
from notices import outbox
from pages.addresses import absolute
from passport.models import Order


def asked(order: Order) -> None:
    """To each treasurer, but who recorded it themselves."""
    for person in User.objects.filter(groups__name=TREASURERS, is_active=True).order_by("pk"):
        if person != order.asked_by:
            _tell(order, person, "order_asked", f"/espace/tresorerie/commandes/{order.reference}/")


def confirmed(order: Order) -> None:
    _tell_who_asked(order, "order_confirmed")


def cancelled(order: Order) -> None:
    """Its reason is read behind the login."""
    _tell_who_asked(order, "order_cancelled")


def _tell_who_asked(order: Order, template: str) -> None:
    person = order.asked_by
    if person and person != order.decided_by and person.is_active:
        _tell(order, person, template, f"/espace/prescripteur/commandes/{order.reference}/")


def _tell(order: Order, person: User, template: str, path: str) -> None:
    outbox.put(
        kind=template,
        to=person.email,
        template=template,
        context={"order": order, "address": absolute(path)},
        person=person,
        key=f"{template} {order.reference} {person.pk}",
        about=order.reference,
    )
