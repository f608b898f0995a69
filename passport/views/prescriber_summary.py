"""Whether somebody who acts for a prescriber is written the summary of each month: their own choice, not the body’s."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import summaries
from passport.forms.prescriber import SummaryForm


@for_role(Role.PRESCRIBER)
@require_http_methods(["GET", "HEAD", "POST"])
def summary(request: RoleRequest) -> HttpResponse:
    now = SummaryForm.STOPPED if summaries.is_stopped(request.user) else SummaryForm.SENT
    form = SummaryForm(request.POST if request.method == "POST" else None, initial={"summary": now})
    if form.is_valid():
        (summaries.resume if form.cleaned_data["summary"] == SummaryForm.SENT else summaries.stop)(request.user)
        messages.success(request, "Votre choix est enregistré.")
        return redirect("prescriber_summary")
    return render(request, "passport/prescriber/summary.html", {"form": form})
