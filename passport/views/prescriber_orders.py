"""Packages that a prescriber orders, and what became of each sheet."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accompaniment import packages
from accompaniment.views.agreements import kept
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import orders as rules
from passport import prescriber_lists, reading
from passport.forms.prescriber import ConfirmForm, OrderForm
from passport.models import Gift, Order


@for_role(Role.PRESCRIBER)
@require_safe
def orders(request: RoleRequest) -> HttpResponse:
    context = prescriber_lists.orders(request.user, request.GET)
    return render(request, "passport/prescriber/orders.html", context)


@for_role(Role.PRESCRIBER)
@require_safe
def order(request: RoleRequest, reference: str) -> HttpResponse:
    """What was ordered, and to whom each of its sheets is given."""
    theirs = reading.orders_of(request.user).select_related("organisation", "version__package", "asked_by")
    found = get_object_or_404(theirs, reference=reference)
    held = Gift.objects.filter(taken_back_at=None).select_related("member")
    sheets = found.sheets.prefetch_related(Prefetch("gifts", held, to_attr="held")).order_by("number")
    listed = [(sheet, getattr(sheet, "passport", None)) for sheet in sheets.select_related("passport__member")]
    context = {
        "order": found,
        "sheets": listed,
        "total": found.quantity * found.price,
        "given": sum(bool(sheet.held) for sheet, _opened in listed),
        "opened_count": sum(bool(sheet.held and opened) for sheet, opened in listed),
    }
    return render(request, "passport/prescriber/order.html", context)


@for_role(Role.PRESCRIBER)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: RoleRequest) -> HttpResponse:
    """Typed, read again in words, then sent: the same page sent twice makes one order."""
    bodies = list(reading.prescribers_of(request.user).order_by("name", "pk"))
    versions = packages.in_force(timezone.now())
    if not versions:
        return render(request, "passport/prescriber/order_none.html")
    form = OrderForm(request.POST if request.method == "POST" else None, bodies=bodies, versions=versions)
    if not form.is_valid() or "change" in request.POST:
        return render(request, "passport/prescriber/order_ask.html", _shown(form, versions))
    confirmed = ConfirmForm(request.POST if "confirm" in request.POST else None)
    made: list[Order] = []
    if confirmed.is_valid():
        key = confirmed.cleaned_data["key"]
        if kept(form, lambda: made.append(rules.ask(**form.cleaned_data, key=key, by=request.user))):
            messages.success(request, "Votre commande est envoyée. Vous aurez un message dès qu’elle est confirmée.")
            return redirect("prescriber_order", made[0].reference)
        return render(request, "passport/prescriber/order_ask.html", _shown(form, versions))
    return render(request, "passport/prescriber/order_confirm.html", _said(form))


def _shown(form: OrderForm, versions: list[Any]) -> dict[str, Any]:
    return {"form": form, "versions": versions}


def _said(form: OrderForm) -> dict[str, Any]:
    """What is asked, to be read in words."""
    asked = form.cleaned_data
    return {
        "form": form,
        "key": ConfirmForm()["key"],
        "asked": asked,
        "billing": Order.Billing(asked["billing"]).label,
        "total": asked["quantity"] * asked["version"].price,
    }
