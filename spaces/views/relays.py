"""A relay between counsellors: answered by the one who was asked, or taken back by the one who asked."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import permissions, relays
from accounts.access import RoleRequest, for_role
from accounts.models import Relay
from accounts.roles import Role
from spaces.forms import RelayForm
from spaces.views.members import mine


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def relay(request: RoleRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(relays.to_answer(request.user), reference=reference)
    refuses = request.POST.get("verdict") == "non"
    form = RelayForm(request.POST if refuses else None)
    try:
        if request.POST.get("verdict") == "oui":
            return _accepted(request, found)
        if refuses and form.is_valid():
            relays.refuse(found, answer=form.cleaned_data["answer"], by=request.user)
            messages.success(request, f"{found.former} lira votre réponse.")
            return redirect("counsellor_space")
    except ValidationError as refusal:
        form.add_error(None, refusal.messages[0]) if form.is_bound else messages.error(request, refusal.messages[0])
    return render(request, "spaces/relay.html", {"relay": found, "form": form})


@for_role(Role.COUNSELLOR)
@require_POST
def relay_withdraw(request: RoleRequest, reference: str) -> HttpResponse:
    member = mine(request, reference)
    waiting = relays.waiting_of(member)
    if waiting and permissions.can_hand_over(request.user, member=member):
        relays.withdraw(waiting)
        messages.success(request, "La demande de relais est retirée.")
    return redirect("member_record", reference=member.reference)


def _accepted(request: RoleRequest, found: Relay) -> HttpResponse:
    relays.accept(found, by=request.user)
    messages.success(request, f"Vous accompagnez maintenant {found.member}.")
    return redirect("member_record", reference=found.member.reference)
