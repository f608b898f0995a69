"""An order on paper, for the treasurer and for the prescriber that ordered."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import reading
from passport.models import Order
from passport.pdf import orders as papers


@for_role(Role.TREASURER, Role.PRESCRIBER)
@require_safe
def quote(request: RoleRequest, reference: str) -> HttpResponse:
    return _answer("devis", _order(request, reference), papers.quote)


@for_role(Role.TREASURER, Role.PRESCRIBER)
@require_safe
def order_form(request: RoleRequest, reference: str) -> HttpResponse:
    return _answer("bon-de-commande", _order(request, reference), papers.order_form)


def _order(request: RoleRequest, reference: str) -> Order:
    readable = Order.objects.all() if Role.TREASURER in request.roles else reading.orders_of(request.user)
    return get_object_or_404(readable.select_related("organisation", "version__package"), reference=reference)


def _answer(name: str, order: Order, printed: Callable[[Order], bytes]) -> HttpResponse:
    answer = HttpResponse(printed(order), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}-{order.number}.pdf"'
    return answer
