"""The learning agreement: prepared and proposed by who follows the member, who reads it and may decline it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accompaniment import agreements, looks, path, pdf, reading
from accompaniment.forms.agreement import AgreementForm, DeclineForm, WithdrawForm
from accompaniment.models import LearningAgreement
from accompaniment.views.diagnostics import as_file
from accounts.access import RoleRequest, for_role
from accounts.roles import Role

State = LearningAgreement.State


@for_role(Role.COUNSELLOR)
@require_POST
def start(request: RoleRequest, reference: str) -> HttpResponse:
    roadmap = get_object_or_404(reading.roadmaps_written_by(request.user), reference=reference)
    made = agreements.start(roadmap, by=request.user)
    return redirect("agreement_write" if made.state == State.DRAFT else "agreement", made.reference)


def _written(request: RoleRequest, reference: str) -> LearningAgreement:
    return get_object_or_404(reading.agreements_written_by(request.user), reference=reference)


def kept(form: Any, rule: Callable[[], object]) -> bool:
    """Whether the rule took it; otherwise the form tells why, field by field where the rule says which."""
    try:
        rule()
    except ValidationError as refusal:
        known = set(form.fields) & set(getattr(refusal, "error_dict", {}))
        form.add_error(None, refusal if known else refusal.messages)
        return False
    return True


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: RoleRequest, reference: str) -> HttpResponse:
    """The draft; « Proposer » keeps it and proposes it."""
    found = _written(request, reference)
    if request.method != "POST" and found.state != State.DRAFT:
        return redirect("agreement", reference)
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=AgreementForm.shown(found))
    if form.is_valid() and kept(form, lambda: agreements.write(found, **form.cleaned_data)):
        if "propose" not in request.POST:
            messages.success(request, "Le contrat est enregistré. Personne d’autre que vous ne le voit encore.")
            return redirect("agreement", reference)
        if kept(form, lambda: agreements.propose(found)):
            messages.success(request, "Le contrat est proposé. Le temps de réflexion commence.")
            return redirect("agreement", reference)
    context = {"agreement": found, "member": found.member, "form": form}
    return render(request, "accompaniment/agreement_write.html", context)


@login_required
@require_safe
def agreement(request: Any, reference: str) -> HttpResponse:
    return _page(request, _read(request, reference))


def _read(request: Any, reference: str) -> LearningAgreement:
    return get_object_or_404(reading.agreements_read_by(request.user), reference=reference)


def _page(request: Any, found: LearningAgreement, **forms: Any) -> HttpResponse:
    is_mine, now = found.member.user_id == request.user.pk, timezone.now()
    said = found.content or agreements.content_of(found)
    strips = looks.strips(said["kinds"], said["lines"])
    context = {
        "agreement": found,
        "member": found.member,
        "is_mine": is_mine,
        "said": said,
        "starts_on": date.fromisoformat(said["starts_on"]) if said["starts_on"] else None,
        "strips": strips,
        "paper": getattr(found, "paper", None),
        "planned": sum(strip.planned for strip in strips),
        "sentence": path.sentence_of(found, now, for_counsellor=not is_mine),
        "is_draft": found.state == State.DRAFT,
        "is_proposed": found.state == State.PROPOSED,
        "can_be_signed": found.can_be_signed(now),
        "withdraw_form": forms.get("withdraw_form") or WithdrawForm(),
        "decline_form": forms.get("decline_form") or DeclineForm(),
    }
    return render(request, "accompaniment/agreement.html", context)


@login_required
@require_safe
def agreement_pdf(request: Any, reference: str) -> HttpResponse:
    found = _read(request, reference)
    return as_file(pdf.of_agreement(found), f"contrat-pedagogique-{found.reference}.pdf")


@for_role(Role.COUNSELLOR)
@require_POST
def withdraw(request: RoleRequest, reference: str) -> HttpResponse:
    found, form = _written(request, reference), WithdrawForm(request.POST)
    if form.is_valid() and kept(form, lambda: agreements.withdraw(found, reason=form.cleaned_data["reason"])):
        messages.success(request, "Le contrat est retiré. Vous pouvez en préparer un autre.")
        return redirect("agreement", reference)
    return _page(request, found, withdraw_form=form)


@for_role(Role.COUNSELLOR)
@require_POST
def abandon(request: RoleRequest, reference: str) -> HttpResponse:
    found = _written(request, reference)
    try:
        agreements.abandon(found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("agreement", reference)
    messages.success(request, "Le brouillon est supprimé.")
    return redirect("roadmap", found.roadmap.reference)


@for_role(Role.MEMBER)
@require_POST
def decline(request: RoleRequest, reference: str) -> HttpResponse:
    mine = reading.agreements_read_by(request.user).filter(member__user=request.user)
    found, form = get_object_or_404(mine, reference=reference), DeclineForm(request.POST)
    if form.is_valid() and kept(form, lambda: agreements.decline(found, reason=form.cleaned_data["reason"])):
        messages.success(request, "C’est noté : vous avez refusé ce contrat. Votre conseiller le lit.")
        return redirect("agreement", reference)
    return _page(request, found, decline_form=form)
