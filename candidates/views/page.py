"""A candidate's page at its own address, on the screen and on paper."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from candidates import looks, pdf, seeing, watching
from candidates.models import Look, Profile, Version


@login_required
@require_safe
def candidate_page(request: Any, reference: str) -> HttpResponse:
    profile, version = _shown(request.user, reference)
    if request.method == "GET":
        looks.record(profile, what=Look.What.PAGE, by=request.user)
    context = {
        "profile": profile,
        "version": version,
        "member": profile.member,
        "is_mine": profile.member.user_id == request.user.pk,
        "film": watching.of_page(profile, user=request.user),
    }
    return render(request, "candidates/candidate_page.html", context)


@login_required
@require_safe
def candidate_pdf(request: Any, reference: str) -> HttpResponse:
    profile, version = _shown(request.user, reference)
    if request.method == "GET":
        looks.record(profile, what=Look.What.PAGE, by=request.user)
    response = HttpResponse(pdf.printed(version), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="page-{profile.reference}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _shown(user: User, reference: str) -> tuple[Profile, Version]:
    """The approved version; where there is none, the member sees theirs, and who accompanies them what was sent."""
    profile = get_object_or_404(seeing.readable_by(user).select_related("member__user"), reference=reference)
    is_mine = profile.member.user_id == user.pk
    others = Version.IN_PROGRESS if is_mine else (Version.State.SUBMITTED,)
    states = [Version.State.APPROVED, *others]
    versions = {version.state: version for version in profile.versions.filter(state__in=states).with_all_they_say()}
    version = next((versions[state] for state in states if state in versions), None)
    if version is None:
        raise Http404
    version.profile = profile
    return profile, version
