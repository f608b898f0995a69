"""The volunteer's side: one film, the first name of who is in it, and nothing else."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import for_role
from accounts.models import User
from accounts.roles import Role
from candidates import seeing
from candidates.consents import is_adult
from candidates.film_forms import CaptionsForm, SendFilmForm
from candidates.models import Profile, VideoHelp
from candidates.views.films import describes, film_context, ready_film, sends


def _given(user: User, reference: str) -> Profile:
    return get_object_or_404(seeing.prepared_by(user).select_related("member"), reference=reference)


@for_role(Role.VOLUNTEER)
@require_http_methods(["GET", "HEAD", "POST"])
def volunteer_video(request: Any, reference: str) -> HttpResponse:
    """Watch the film; POST sends the one that takes its place."""
    profile = _given(request.user, reference)
    posted, sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SendFilmForm(posted, sent)
    if request.method == "POST" and sends(form, profile, request.user):
        messages.success(request, "La vidéo est arrivée. Le site la prépare.")
        return redirect("volunteer_video", reference=reference)
    return _page(request, profile, form=form)


def _page(request: Any, profile: Profile, **forms: Any) -> HttpResponse:
    given = VideoHelp.objects.live().filter(profile=profile, volunteer=request.user).order_by("pk").last()
    context: dict[str, Any] = {
        "profile": profile,
        "first_name": profile.member.first_name,
        "given": given,
        "is_adult": is_adult(profile.member),
        **film_context(profile, **forms),
    }
    return render(request, "candidates/volunteer_video.html", context)


@for_role(Role.VOLUNTEER)
@require_http_methods(["GET", "HEAD", "POST"])
def volunteer_captions(request: Any, reference: str, film: str) -> HttpResponse:
    profile = _given(request.user, reference)
    video = ready_film(profile, film)
    video.profile = profile
    if request.method != "POST":
        return redirect("volunteer_video", reference=reference)
    form = CaptionsForm(request.POST, request.FILES, video=video)
    if not describes(form, video, by=request.user):
        return _page(request, profile, captions=form)
    messages.success(request, "Les sous-titres sont enregistrés. Le conseiller les regarde, puis valide la vidéo.")
    return redirect("volunteer_video", reference=reference)
