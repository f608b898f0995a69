"""The counsellor who accompanies a member gives them a sheet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accompaniment.views.agreements import kept
from accounts.access import RoleRequest, for_role
from accounts.models import Member
from accounts.roles import Role
from passport import opening, sheets
from passport.forms.treasury import SheetOfForm


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def give_mine(request: RoleRequest, reference: str) -> HttpResponse:
    """Among the free sheets of whoever sent this member, else among all."""
    followed = Member.objects.followed_by(request.user).not_erased().exclude(user=request.user)
    member = get_object_or_404(followed, reference=reference)
    free = sheets.free_for(member).select_related("order__organisation", "order__version__package")
    form = SheetOfForm(
        request.POST if request.method == "POST" else None, sheets=list(free.order_by("order", "number"))
    )
    if form.is_valid() and kept(form, lambda: sheets.give(form.sheet, member, by=request.user)):
        messages.success(request, f"La planche est donnée à {member}. {opening.waits_for(member)}".strip())
        return redirect("member_record", reference)
    context = {
        "member": member,
        "form": form,
        "gift": opening.gift_of(member),
        "waits_for": opening.waits_for(member),
    }
    return render(request, "passport/treasury/sheet_of_member.html", context)
