"""A learning agreement signed on paper: its copy to send, and who sees it."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accompaniment import paper_agreements, path
from accompaniment.forms.agreement import PaperForm
from accompaniment.models import LearningAgreement, PaperAgreement
from accompaniment.views.agreements import kept
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import means, signing
from passport.views.signing import FORMS, shown
from passport.views.signing_agreement import theirs

NEAR = ("agreement__member", "agreement__counsellor__user", "agreement__roadmap", "scanned_by")


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def paper_agreement(request: RoleRequest, reference: str) -> HttpResponse:
    """Who accompanies the member sends the copy; another one replaces it until somebody has seen it."""
    found, now = theirs(request, reference), timezone.now()
    paper = getattr(found, "paper", None)
    first = {"signed_on": paper.signed_on} if paper else {}
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm(initial=first)
    if form.is_valid() and kept(form, lambda: _copied(request, found, form)):
        messages.success(request, "La copie est enregistrée. Une autre personne de l’équipe doit la voir.")
        return redirect("agreement_to_sign", reference)
    context = {
        "agreement": found,
        "member": found.member,
        "paper": paper,
        "waits": signing.waits_for_member(found, now),
        "why_not": path.sentence_of(found, now, for_counsellor=True),
        "form": form,
    }
    return render(request, "passport/signing/paper_agreement.html", context)


def _copied(request: RoleRequest, found: LearningAgreement, form: PaperForm) -> PaperAgreement:
    copy, day = form.cleaned_data["copy"], form.cleaned_data["signed_on"]
    return paper_agreements.keep_copy(found, copy.content, extension=copy.extension, signed_on=day, by=request.user)


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def paper_agreement_see(request: RoleRequest, reference: str) -> HttpResponse:
    """By a second person: with their own session, shown again."""
    found = get_object_or_404(paper_agreements.to_see(request.user).select_related(*NEAR), reference=reference)
    copy = found.scanned_at.isoformat() if found.scanned_at else ""
    if request.method == "POST":
        shown(request)
        if request.POST.get("copy") != copy:
            messages.error(request, "La copie a changé\N{NO-BREAK SPACE}: regardez-la de nouveau.")
        elif _seen(request, found):
            return redirect("papers")
    said = found.agreement.content
    context = {
        "paper": found,
        "agreement": found.agreement,
        "member": found.agreement.member,
        "said": said,
        "starts_on": date.fromisoformat(said["starts_on"]) if said["starts_on"] else None,
        "copy": copy,
        "asks_again": means.of_session(request) is None,
    }
    return render(request, "passport/signing/paper_agreement_see.html", context)


def _seen(request: RoleRequest, found: PaperAgreement) -> bool:
    try:
        paper_agreements.see(found, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return False
    messages.success(request, "La signature du membre compte\N{NO-BREAK SPACE}: vous avez vu sa copie.")
    return True
