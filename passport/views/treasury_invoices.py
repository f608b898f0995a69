"""The treasurer notes on which invoice the lines of an order’s month are, or that this invoice counts no more."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accompaniment.views.agreements import kept
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from pages.filters import read_month
from passport import invoiced, invoicing
from passport.forms.treasury import InvoiceForm, TakeBackForm
from passport.models import InvoicedMonth, Order
from passport.views.treasury_orders import ORDERS


@for_role(Role.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def month(request: RoleRequest, reference: str, month: str) -> HttpResponse:
    order = get_object_or_404(ORDERS, reference=reference)
    first = read_month({"mois": month})
    if first is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    # What was sent says what is done, even where it was done a moment before.
    counted = invoiced.of_month(first, [order.pk]).get(order.pk) if sent is None else _named(sent, order, first)
    form: InvoiceForm | TakeBackForm
    if counted is None:
        form = InvoiceForm(sent)
        done = form.is_valid() and kept(
            form, lambda: invoiced.record(order, first, by=request.user, **form.cleaned_data)
        )
    else:
        form = TakeBackForm(sent)
        done = form.is_valid() and kept(form, lambda: invoiced.take_back(counted, by=request.user, **form.cleaned_data))
    if done:
        messages.success(request, "La facture est notée." if counted is None else "La facture ne compte plus.")
        return redirect("treasury_invoiced", reference, month)
    lines = invoicing.rows(invoicing.month(first), Order.objects.filter(pk=order.pk))
    context = {
        "order": order,
        "first": first,
        "form": form,
        "counted": counted,
        "amount": sum((row.line.amount for row in lines), start=invoicing.NOTHING),
        "history": invoiced.history(order, first),
        "is_over": invoicing.month(first).last < timezone.localdate(),
    }
    return render(request, "passport/treasury/invoiced.html", context)


def _named(sent: QueryDict, order: Order, first: date) -> InvoicedMonth | None:
    """The invoice that a form says counts no more; none where what was sent is an invoice to note."""
    if not {"ligne", "reason"} & sent.keys():
        return None
    said = sent.get("ligne", "")
    if not (said.isascii() and said.isdecimal() and len(said) <= 18):
        raise Http404
    return get_object_or_404(InvoicedMonth, order=order, month=first, cancels=None, pk=int(said))
