"""The counsellor's side of films: approve one, give it to a volunteer for a while."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import for_role
from accounts.roles import Role
from candidates import films, helps
from candidates.film_forms import HelpForm
from candidates.forms import SeenForm
from candidates.models import VideoHelp
from candidates.views.counsellor import followed_profile


@for_role(Role.COUNSELLOR)
@require_POST
def approve(request: Any, reference: str, film: str) -> HttpResponse:
    profile = followed_profile(request.user, reference)
    form = SeenForm(request.POST)
    form.is_valid()
    video = profile.videos.filter(reference=film).first()
    try:
        if video is None:
            raise ValidationError(films.NOT_THE_SAME)
        video.profile = profile
        films.approve(video, by=request.user, seen=form.cleaned_data["seen"])
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    else:
        messages.success(request, "La vidéo est validée. Le membre est prévenu.")
    return redirect("candidate_review", reference=reference)


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def film_help(request: Any, reference: str) -> HttpResponse:
    """Who prepares the film, and a form to give it to somebody."""
    profile = followed_profile(request.user, reference)
    posted = request.POST if request.method == "POST" else None
    form = HelpForm(posted, profile=profile, today=timezone.localdate())
    if posted is not None and form.is_valid():
        try:
            helps.give(profile, volunteer=form.chosen, until=form.cleaned_data["until"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "C’est confié. Cette personne ne voit que la vidéo et le prénom.")
            return redirect("candidate_film_help", reference=reference)
    given = VideoHelp.objects.live().filter(profile=profile).select_related("volunteer").order_by("starts_at", "pk")
    context = {"profile": profile, "member": profile.member, "form": form, "given": given}
    return render(request, "candidates/film_help.html", context)


@for_role(Role.COUNSELLOR)
@require_POST
def end_help(request: Any, reference: str, given: str) -> HttpResponse:
    profile = followed_profile(request.user, reference)
    found = get_object_or_404(VideoHelp, profile=profile, reference=given)
    found.profile = profile
    helps.end(found, by=request.user)
    messages.success(request, "C’est repris : cette personne ne voit plus la vidéo, dès maintenant.")
    return redirect("candidate_film_help", reference=reference)
