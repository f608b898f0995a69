"""What a company's people see: mini-CVs, of those who allow them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import for_role
from accounts.roles import Role
from candidates import finding, looks, seeing
from candidates.mini_cv import mini_cv
from candidates.models import Look, Version
from pages.filters import read_page


@for_role(Role.COMPANY)
@require_safe
def candidates(request: Any) -> HttpResponse:
    filters = finding.read_filters(request.GET)
    page, mini_cvs = finding.page_of(request.user, filters, read_page(request.GET))
    return render(request, "candidates/candidates.html", {"filters": filters, "page": page, "mini_cvs": mini_cvs})


@for_role(Role.COMPANY)
@require_safe
def candidate(request: Any, reference: str) -> HttpResponse:
    """One mini-CV; the whole page, with the name, is a click further, and is said to the member."""
    profile = get_object_or_404(seeing.visible_to(request.user).select_related("member"), reference=reference)
    version = Version.objects.approved().with_all_they_say().get(profile=profile)
    version.profile = profile
    if request.method == "GET":
        looks.record(profile, what=Look.What.MINI_CV, by=request.user)
    return render(request, "candidates/candidate.html", {"mini_cv": mini_cv(version), "profile": profile})
