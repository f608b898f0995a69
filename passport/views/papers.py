"""Cheques on paper: a booklet to print, a leaf to record, its copy to send, and who sees it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accompaniment import paper_agreements
from accompaniment.views.agenda import kept, my_own
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import looks, means, paper, reading
from passport.forms.copy import CopyForm
from passport.forms.counsellor import BookletForm, SerialForm, SpoilForm
from passport.models import Cheque, PaperCheque, Passport
from passport.views.counsellor import FORMS
from passport.views.signing import asks_again, shown
from passport.views.visits import theirs

NEAR = ("cheque__passport__member", "cheque__counsellor__user", "scanned_by")


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def papers(request: RoleRequest) -> HttpResponse:
    """My booklets, a new one, a leaf to record, and the copies of others that wait for a second look."""
    is_printing = request.method == "POST" and "leaves" in request.POST
    new = BookletForm(request.POST if is_printing else None)
    typed = SerialForm(request.POST if request.method == "POST" and not is_printing else None)
    if is_printing and new.is_valid():
        booklet = paper.print_booklet(my_own(request), new.cleaned_data["leaves"])
        messages.success(request, f"Le carnet {booklet} est prêt : imprimez-le.")
        return redirect("papers")
    if typed.is_bound and typed.is_valid():
        serial = typed.cleaned_data["serial"]
        if paper.given_to(request.user).filter(serial=serial).exists():
            return redirect("paper_record", serial)
        typed.add_error("serial", "Aucun chèque de vos carnets ne porte ce numéro.")
    cheques = list(paper.to_see(request.user).select_related(*NEAR).order_by("scanned_at", "pk"))
    copied = paper_agreements.to_see(request.user).select_related("agreement__member", "scanned_by")
    agreements = list(copied.order_by("scanned_at", "pk"))
    mine = paper.given_to(request.user).select_related("cheque").order_by("-printed_at", "serial")
    context = {
        "booklets": paper.booklets(mine),
        "to_see": cheques,
        "agreements_to_see": agreements,
        "many_to_see": len(cheques) + len(agreements),
        "new_form": new,
        "serial_form": typed,
    }
    return render(request, "passport/counsellor/papers.html", context)


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def paper_record(request: RoleRequest, serial: str) -> HttpResponse:
    """Whose visit a leaf is; or why it will never serve."""
    found = get_object_or_404(paper.given_to(request.user).select_related(*NEAR), serial=serial)
    if found.cheque is not None and not paper.is_blank(found):
        return redirect("paper_scan", found.cheque.reference)
    form = SpoilForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and kept(form, lambda: paper.spoil(found, **form.cleaned_data)):
        messages.success(request, f"La feuille {serial} est annulée. Elle reste dans la liste, avec la raison.")
        return redirect("papers")
    open_ones = reading.accompanied(request.user).filter(state=Passport.State.OPEN).select_related("member")
    context = {
        "paper": found,
        "passports": open_ones.order_by("member__last_name", "member__first_name", "pk"),
        "form": form,
    }
    return render(request, "passport/counsellor/paper.html", context)


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def paper_scan(request: RoleRequest, reference: str) -> HttpResponse:
    found: Cheque = get_object_or_404(theirs(request).filter(paper__isnull=False), reference=reference)
    form = CopyForm(request.POST, request.FILES) if request.method == "POST" else CopyForm()
    if form.is_valid() and kept(form, lambda: _copied(request, found.paper, form)):
        messages.success(request, "La copie est enregistrée. Une autre personne de l’équipe doit la voir.")
        return redirect("cheque_staff", reference)
    context = {"cheque": found, "paper": found.paper, "member": found.passport.member, "form": form}
    return render(request, "passport/counsellor/paper_scan.html", context)


def _copied(request: RoleRequest, leaf: PaperCheque, form: CopyForm) -> PaperCheque:
    copy = form.cleaned_data["copy"]
    return paper.keep_copy(leaf, copy.content, extension=copy.extension, by=request.user)


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def paper_see(request: RoleRequest, reference: str) -> HttpResponse:
    """By a second person: with their own session, shown again."""
    found = get_object_or_404(paper.to_see(request.user).select_related(*NEAR), reference=reference)
    if request.method == "POST":
        shown(request)
        if request.POST.get("copy") != _copy(found):
            messages.error(request, "La copie a changé : regardez-la de nouveau.")
        elif _done(request, lambda: paper.see(found, by=request.user), "La visite compte : vous avez vu sa copie."):
            return redirect("papers")
    if found.cheque is not None:
        looks.note(found.cheque.passport, request.user)
    context = _facts(found) | {"asks_again": means.of_session(request) is None, "copy": _copy(found)}
    return render(request, "passport/counsellor/paper_see.html", context)


def _copy(found: PaperCheque) -> str:
    """Which one was shown: it may be replaced until the cheque counts."""
    return found.scanned_at.isoformat() if found.scanned_at else ""


@for_role(Role.MEMBER)
@require_http_methods(FORMS)
def paper_confirm(request: RoleRequest, reference: str) -> HttpResponse:
    """By the member, in their own session, shown again."""
    own = PaperCheque.objects.filter(cheque__passport__in=reading.own(request.user))
    found = get_object_or_404(own.select_related(*NEAR), cheque__reference=reference)
    if request.method == "POST":
        shown(request)
        member = found.cheque.passport.member if found.cheque else None
        if member and _done(request, lambda: paper.confirm(found, member=member), "La visite est confirmée."):
            return redirect("my_cheque", reference)
    return render(request, "passport/counsellor/paper_confirm.html", _facts(found) | asks_again(request))


def _facts(found: PaperCheque) -> dict[str, Any]:
    cheque = found.cheque
    if cheque is None:
        return {"paper": found}
    kind = cheque.passport.version.kinds.filter(code=cheque.kind).first()
    waits = cheque.state == Cheque.State.PROPOSED
    return {"paper": found, "cheque": cheque, "member": cheque.passport.member, "kind": kind, "waits": waits}


def _done(request: RoleRequest, rule: Any, told: str) -> bool:
    try:
        rule()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return False
    messages.success(request, told)
    return True
