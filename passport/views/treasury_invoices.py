"""The treasurer notes on which invoice the lines of an order’s month are, or that this invoice counts no more."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accompaniment.views.agreements import kept
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from pages.filters import read_month
from passport import invoiced, invoicing
from passport.forms.treasury import InvoiceForm, ReasonForm
from passport.models import Order
from passport.views.treasury_orders import ORDERS


@for_role(Role.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: RoleRequest, reference: str, month: str) -> HttpResponse:
    order = get_object_or_404(ORDERS, reference=reference)
    first = read_month({"mois": month})
    if first is None:
        raise Http404
    standing = invoiced.of_month(first, [order.pk]).get(order.pk)
    sent = request.POST if request.method == "POST" else None
    # What was typed of an invoice is one, even where the same was noted a moment before.
    notes = standing is None or (sent is not None and "number" in sent)
    form: InvoiceForm | ReasonForm
    if notes or standing is None:
        form = InvoiceForm(sent)
        done = form.is_valid() and kept(
            form, lambda: invoiced.record(order, first, by=request.user, **form.cleaned_data)
        )
    else:
        form = ReasonForm(sent)
        done = form.is_valid() and kept(
            form, lambda: invoiced.take_back(standing, by=request.user, **form.cleaned_data)
        )
    if done:
        messages.success(request, "La facture est notée." if notes else "La facture ne compte plus.")
        return redirect("treasury_invoiced", reference, month)
    lines = invoicing.rows(invoicing.month(first), Order.objects.filter(pk=order.pk))
    context = {
        "order": order,
        "first": first,
        "form": form,
        "notes": notes,
        "amount": sum((row.line.amount for row in lines), start=invoicing.NOTHING),
        "history": invoiced.history(order, first),
        "is_over": invoicing.month(first).last < timezone.localdate(),
    }
    return render(request, "passport/treasury/invoiced.html", context)
