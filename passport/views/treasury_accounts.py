"""What the accounts are made from: stubs, lines of invoices, daily statements."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from pages.filters import read_choice
from pages.tables import FORMATS, download
from passport import invoicing, treasury
from passport import statements as statements_kept
from passport import stubs as rules
from passport.models import Statement


@for_role(Role.TREASURER)
@require_safe
def stubs(request: RoleRequest) -> HttpResponse:
    """Of every cheque that both signed, cancelled since or not; as a file too."""
    chosen, choices = treasury.read_stubs(request.GET, timezone.now())
    file_format = read_choice(request.GET, "export", FORMATS)
    page = treasury.page_of(rules.found(chosen), request.GET)
    is_too_long = page.paginator.count > rules.MOST_EXPORTED
    if file_format and not is_too_long:
        return download(rules.table(chosen), file_format)
    context = {
        "page": page,
        "disputed": rules.disputed(page.object_list),
        "hours": rules.hours(chosen),
        "is_too_long": is_too_long,
        "choices": choices,
        "active": chosen.active,
    }
    return render(request, "passport/treasury/stubs.html", context)


@for_role(Role.TREASURER)
@require_safe
def lines(request: RoleRequest) -> HttpResponse:
    """Of a month, with the sums by order; as a file too."""
    invoice = treasury.read_lines(request.GET, timezone.now())
    if file_format := read_choice(request.GET, "export", FORMATS):
        return download(invoicing.table(invoice.rows, invoice.period, invoice.invoiced), file_format)
    totals = invoicing.totals(invoice.rows)
    page = treasury.page_of(invoice.rows, request.GET)
    context = {
        "invoice": invoice,
        "page": page,
        "orders": (treasury.ORDER_HEADERS, treasury.cells_of_totals(totals, invoice)),
        "lines": (treasury.LINE_HEADERS, treasury.cells_of_lines(page.object_list)),
        "hours": sum(total.hours for total in totals),
        "amount": sum((total.amount for total in totals), start=invoicing.NOTHING),
        "disputed": sum(total.disputed for total in totals),
    }
    return render(request, "passport/treasury/lines.html", context)


@for_role(Role.TREASURER)
@require_safe
def statements(request: RoleRequest) -> HttpResponse:
    """One a day, the newest first."""
    page = treasury.page_of(Statement.objects.select_related("key").defer("body").order_by("-number"), request.GET)
    return render(request, "passport/treasury/statements.html", {"page": page})


@for_role(Role.TREASURER)
@require_safe
def statement_file(_request: RoleRequest, number: int) -> HttpResponse:
    """As it was signed."""
    found = get_object_or_404(Statement.objects.select_related("key"), number=number)
    answer = HttpResponse(statements_kept.file_of(found), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="releve-{found.day:%Y-%m-%d}.json"'
    return answer
