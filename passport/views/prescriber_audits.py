"""Audit files: asked for, watched while they are made, downloaded."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accompaniment.views.agreements import kept
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import audits as rules
from passport import reading
from passport.forms.prescriber import AuditForm
from passport.models import AuditFile, Order
from passport.views import live

MOST_SHOWN = 30
MOST_ORDERS = 300


@for_role(Role.PRESCRIBER)
@require_http_methods(["GET", "HEAD", "POST"])
def audits(request: RoleRequest) -> HttpResponse:
    """Asked for by a form; of one passport, by the button of its page."""
    made: list[AuditFile] = []
    if request.method == "POST" and "passport" in request.POST:
        found = get_object_or_404(
            reading.paid_by(request.user).select_related("sheet__order__organisation"),
            reference=request.POST["passport"].replace("\0", ""),
        )
        audit = rules.ask(found.sheet.order.organisation, {"passport": found.reference}, by=request.user)
        return redirect("prescriber_audit", audit.reference)
    bodies = list(reading.prescribers_of(request.user).order_by("name", "pk"))
    orders = reading.orders_of(request.user).filter(state=Order.State.CONFIRMED).select_related("organisation")
    form = AuditForm(
        request.POST if request.method == "POST" else None,
        bodies=bodies,
        orders=list(orders.order_by("-asked_at", "-pk")[:MOST_ORDERS]),
        initial={"order": request.GET.get("commande", "")},
    )
    if form.is_valid() and kept(form, lambda: made.append(rules.ask(form.body, form.scope, by=request.user))):
        return redirect("prescriber_audit", made[0].reference)
    now = timezone.now()
    context = {"form": form, "audits": [described(audit, now) for audit in rules.of(request.user, now)[:MOST_SHOWN]]}
    return render(request, "passport/prescriber/audits.html", context)


@for_role(Role.PRESCRIBER)
@require_safe
def audit(request: RoleRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(rules.of(request.user), reference=reference)
    template, part = "passport/prescriber/audit.html", "passport/prescriber/audit_live.html"
    return live.answer(request, template, part=part, context=described(found, timezone.now()))


def described(audit: AuditFile, now: Any) -> dict[str, Any]:
    kind, about = rules.told(audit)
    has_failed = rules.has_failed(audit, now)
    return {
        "audit": audit,
        "kind": kind,
        "about": about,
        "has_failed": has_failed,
        "is_over": bool(audit.expires_at and audit.expires_at <= now),
        "is_waiting": not audit.ready_at and not has_failed,
    }
