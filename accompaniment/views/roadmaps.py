"""The roadmap: written by who follows the member, read by both."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accompaniment import agreements, looks, packages, path, pdf, reading, roadmaps
from accompaniment.forms.roadmap import ChooseVersionForm, RoadmapForm
from accompaniment.models import LearningAgreement, Roadmap
from accompaniment.views.diagnostics import as_file
from accounts.access import RoleRequest, for_role
from accounts.roles import Role


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: RoleRequest, reference: str) -> HttpResponse:
    """The choice of a package; a diagnostic that has its roadmap leads to it."""
    diagnostic = get_object_or_404(reading.diagnostics_written_by(request.user), reference=reference)
    if present := Roadmap.objects.filter(diagnostic=diagnostic).first():
        return redirect("roadmap_write", present.reference)
    if diagnostic.finished_at is None:
        messages.warning(request, "Terminez d’abord le diagnostic.")
        return redirect("diagnostic_write", reference)
    versions = packages.in_force()
    form = ChooseVersionForm(request.POST if request.method == "POST" else None, versions=versions)
    if form.is_valid():
        try:
            made = roadmaps.start(diagnostic, version=form.cleaned_data["version"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("roadmap_write", made.reference)
    context = {"diagnostic": diagnostic, "member": diagnostic.member, "form": form, "versions": versions}
    return render(request, "accompaniment/roadmap_start.html", context)


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: RoleRequest, reference: str) -> HttpResponse:
    found = get_object_or_404(reading.roadmaps_written_by(request.user), reference=reference)
    if request.method != "POST":
        if agreements.is_proposed(found):
            messages.warning(request, roadmaps.PROPOSED)
            return redirect("roadmap", reference)
        return _page(request, found, RoadmapForm(found))
    form = RoadmapForm(found, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            roadmaps.write(found, aim=data["aim"], lines=form.lines, seen=data["seen"])
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            if getattr(refusal, "code", "") == "stale":
                form.see(Roadmap.objects.get(pk=found.pk))
        else:
            messages.success(request, "La feuille de route est enregistrée.")
            return redirect("roadmap_write" if "more" in request.POST else "roadmap", reference)
    return _page(request, found, form)


def _page(request: RoleRequest, found: Roadmap, form: RoadmapForm) -> HttpResponse:
    context = {"roadmap": found, "member": found.member, "form": form, "groups": list(form.groups())}
    return render(request, "accompaniment/roadmap_write.html", context)


@login_required
@require_safe
def roadmap(request: Any, reference: str) -> HttpResponse:
    found = get_object_or_404(reading.roadmaps_read_by(request.user), reference=reference)
    is_mine = found.member.user_id == request.user.pk
    said = agreements.content_of(LearningAgreement(roadmap=found, member=found.member))
    agreement = agreements.latest_of(found, with_drafts=not is_mine)
    strips = looks.strips(said["kinds"], said["lines"])
    context = {
        "roadmap": found,
        "member": found.member,
        "is_mine": is_mine,
        "said": said,
        "strips": strips,
        "planned": sum(strip.planned for strip in strips),
        "agreement": agreement,
        "agreement_says": path.sentence_of(agreement, timezone.now(), for_counsellor=not is_mine) if agreement else "",
        "is_proposed": agreements.is_proposed(found),
    }
    return render(request, "accompaniment/roadmap.html", context)


@login_required
@require_safe
def roadmap_pdf(request: Any, reference: str) -> HttpResponse:
    found = get_object_or_404(reading.roadmaps_read_by(request.user), reference=reference)
    return as_file(pdf.of_roadmap(found), f"feuille-de-route-{found.reference}.pdf")
