"""A member says that a signed visit is wrong, and takes it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accompaniment.views.agreements import kept
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import disputes
from passport.forms.member import ContestForm
from passport.models import Dispute
from passport.views.member_cheques import mine


@for_role(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def my_cheque_contest(request: RoleRequest, reference: str) -> HttpResponse:
    """A signed visit is wrong: it is not billed until somebody answers."""
    found = mine(request, reference)
    form = ContestForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and kept(
        form, lambda: disputes.open_dispute(found, form.cleaned_data["words"], request.user, timezone.now())
    ):
        messages.success(request, "Votre contestation est enregistrée. Votre conseiller vous répondra ici.")
        return redirect("my_cheque", reference)
    return render(request, "passport/member/contest.html", {"cheque": found, "form": form})


@for_role(Role.MEMBER)
@require_POST
def my_cheque_agree(request: RoleRequest, reference: str) -> HttpResponse:
    """The member takes their dispute back."""
    found = mine(request, reference)
    dispute = Dispute.objects.filter(cheque=found, settled_at=None).first()
    if dispute is not None:
        try:
            disputes.take_back(dispute)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, "Votre contestation est retirée.")
    return redirect("my_cheque", reference)
