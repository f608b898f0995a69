"""The treasurer's side of orders: recorded, confirmed, cancelled; their sheets given and taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accompaniment import packages
from accompaniment.views.agreements import kept
from accounts.access import RoleRequest, for_role
from accounts.models import Organisation
from accounts.roles import Role
from passport import opening, sheets, treasury
from passport import orders as rules
from passport.forms.treasury import ConfirmForm, GiveForm, ReasonForm, RecordForm
from passport.models import Gift, Order, Sheet

ORDERS = Order.objects.select_related("organisation", "version__package", "asked_by", "decided_by")


@for_role(Role.TREASURER)
@require_safe
def orders(request: RoleRequest) -> HttpResponse:
    return render(request, "passport/treasury/orders.html", treasury.orders(request.GET))


@for_role(Role.TREASURER)
@require_safe
def order(request: RoleRequest, reference: str) -> HttpResponse:
    """What was ordered, each of its sheets, and who had it."""
    found = get_object_or_404(ORDERS, reference=reference)
    context = {
        "order": found,
        "total": found.quantity * found.price,
        "sheets": treasury.sheets_of(found),
        "is_begun": rules.is_begun(found),
    }
    return render(request, "passport/treasury/order.html", context)


@for_role(Role.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: RoleRequest) -> HttpResponse:
    """What a prescriber ordered by letter holds at once."""
    versions, bodies = packages.in_force(timezone.now()), list(Organisation.objects.prescribers().by_name())
    if not versions or not bodies:
        return render(request, "passport/treasury/order_none.html", {"has_package": bool(versions)})
    form = RecordForm(_sent(request), bodies=bodies, versions=versions)
    made: list[Order] = []
    if form.is_valid() and kept(form, lambda: made.append(rules.record(by=request.user, **form.cleaned_data))):
        messages.success(request, f"La commande {made[0]} est enregistrée et confirmée.")
        return redirect("treasury_order", made[0].reference)
    return render(request, "passport/treasury/order_record.html", {"form": form, "versions": versions})


@for_role(Role.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: RoleRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(ORDERS, reference=reference)
    form = ConfirmForm(_sent(request), initial={"price": found.price})
    if form.is_valid() and kept(form, lambda: rules.confirm(found, by=request.user, **form.cleaned_data)):
        messages.success(request, f"La commande {found} est confirmée. Ses planches sont prêtes.")
        return redirect("treasury_order", reference)
    explained = f"{found.organisation} reçoit un e-mail. Les planches sont prêtes à être données."
    return _form(request, found, form, "Confirmer la commande", "Confirmer la commande", explained)


@for_role(Role.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: RoleRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(ORDERS, reference=reference)
    form = ReasonForm(_sent(request))
    if form.is_valid() and kept(form, lambda: rules.cancel(found, by=request.user, **form.cleaned_data)):
        messages.success(request, f"La commande {found} est annulée.")
        return redirect("treasury_order", reference)
    explained = "La commande reste dans la liste, avec la raison. Le prescripteur la lit."
    return _form(request, found, form, "Annuler la commande", "Annuler la commande", explained)


@for_role(Role.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: RoleRequest, reference: str, number: int) -> HttpResponse:
    """To a member whose agreement waits for a sheet."""
    sheet = _sheet(reference, number)
    form = GiveForm(_sent(request), members=treasury.awaiting())
    member = form.cleaned_data["member"] if form.is_valid() else None
    if member and kept(form, lambda: sheets.give(sheet, member, by=request.user)):
        messages.success(
            request, f"La planche {sheet.number} est donnée à {member}. {opening.waits_for(member)}".strip()
        )
        return redirect("treasury_order", reference)
    explained = (
        "La liste a les personnes dont le contrat pédagogique est proposé ou signé, et qui n’ont pas de planche."
    )
    return _form(request, sheet.order, form, f"Donner la planche {sheet.number}", "Donner cette planche", explained)


@for_role(Role.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: RoleRequest, reference: str, number: int) -> HttpResponse:
    """Before its first cheque."""
    sheet = _sheet(reference, number)
    gift = get_object_or_404(Gift.objects.select_related("member", "sheet__order"), sheet=sheet, taken_back_at=None)
    form, made = ReasonForm(_sent(request)), list[Sheet]()
    if form.is_valid() and kept(form, lambda: made.append(_take_back(gift, form, request))):
        said = f"La planche {made[0].number} peut être donnée à une autre personne."
        messages.success(request, f"C’est repris. {said}")
        return redirect("treasury_order", reference)
    explained = (
        f"La planche est à {gift.member}. Si son passeport est ouvert, il prend fin avec cette raison, et la commande "
        "a une planche de plus à sa place. Après un premier chèque, une planche ne se reprend plus."
    )
    return _form(request, sheet.order, form, f"Reprendre la planche {number}", "Reprendre cette planche", explained)


def _take_back(gift: Gift, form: ReasonForm, request: RoleRequest) -> Sheet:
    return sheets.take_back(gift, reason=form.cleaned_data["reason"], by=request.user)


def _sheet(reference: str, number: int) -> Sheet:
    return get_object_or_404(
        Sheet.objects.select_related("order__organisation"), order__reference=reference, number=number
    )


def _sent(request: RoleRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _form(
    request: RoleRequest, order: Order, form: forms.Form, title: str, action: str, explained: str
) -> HttpResponse:
    context: dict[str, Any] = {"order": order, "form": form, "title": title, "action": action, "explained": explained}
    return render(request, "passport/treasury/form.html", context)
