"""One's own film: send it, watch it, say what is said in it, delete it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import members
from accounts.access import for_role
from accounts.models import User
from accounts.roles import Role
from candidates import films
from candidates.consents import is_adult
from candidates.film_forms import BornForm, CaptionsForm, SendFilmForm
from candidates.models import Profile, Video
from candidates.permissions import can_write_page
from candidates.views.member import my_profile
from candidates.writing import ask

RECEIVED = "Votre vidéo est arrivée. Nous la préparons : vous recevez un e-mail dès qu’elle est prête."


@for_role(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def my_video(request: Any) -> HttpResponse:
    """Where the film stands; POST sends one, in one go."""
    profile = my_profile(request.user)
    form = SendFilmForm(*_posted(request))
    if request.method == "POST" and sends(form, profile, request.user):
        messages.success(request, RECEIVED)
        return redirect("my_page_video")
    return _page(request, profile, form=form)


def _posted(request: Any) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def sends(form: SendFilmForm, profile: Profile, by: User) -> bool:
    """Whether the film was taken; otherwise the form tells why."""
    if not form.is_valid():
        return False
    try:
        films.send(profile, upload=form.cleaned_data["film"], by=by)
    except ValidationError as error:
        form.add_error("film", error)
        return False
    return True


def _page(request: Any, profile: Profile, **forms: Any) -> HttpResponse:
    member = profile.member
    context: dict[str, Any] = {
        "profile": profile,
        "member": member,
        "may_write": can_write_page(request.user, member=member),
        "is_adult": is_adult(member),
        "born": forms.get("born") or BornForm(),
        **film_context(profile, **forms),
    }
    return render(request, "candidates/my_video.html", context)


def film_context(profile: Profile, *, form: Any = None, captions: Any = None, **_others: Any) -> dict[str, Any]:
    """The films of a page and the forms around them, for who prepares it."""
    found = {video.approved_at is None: video for video in profile.videos.all()}
    newest = found.get(True) or found.get(False)
    is_ready = newest is not None and newest.state == Video.State.READY
    return {
        "video": newest,
        "approved": found.get(False),
        "form": form or SendFilmForm(),
        "captions": captions or (CaptionsForm(video=newest) if is_ready and newest else None),
    }


@for_role(Role.MEMBER)
@require_POST
def born(request: Any) -> HttpResponse:
    """The date of birth, where it is not known yet."""
    profile = my_profile(request.user)
    ask(can_write_page(request.user, member=profile.member))
    form = BornForm(request.POST)
    if profile.member.born_on is None:
        if not form.is_valid():
            return _page(request, profile, born=form)
        try:
            members.correct(profile.member, born_on=form.cleaned_data["born_on"], by=request.user)
        except ValidationError as error:
            form.add_error("born_on", error.message_dict.get("born_on", error.messages))
            return _page(request, profile, born=form)
    return redirect("my_page_video")


def ready_film(profile: Profile, reference: str) -> Video:
    return get_object_or_404(profile.videos.ready(), reference=reference)


def describes(form: CaptionsForm, video: Video, *, by: User) -> bool:
    """Whether what was typed is kept; what refuses it is said on the form."""
    if not form.is_valid():
        return False
    try:
        films.describe(video, captions=form.webvtt, transcript=form.text, by=by)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@for_role(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def my_captions(request: Any, reference: str) -> HttpResponse:
    profile = my_profile(request.user)
    video = ready_film(profile, reference)
    video.profile = profile
    if request.method != "POST":
        return redirect("my_page_video")
    form = CaptionsForm(request.POST, request.FILES, video=video)
    if not describes(form, video, by=request.user):
        return _page(request, profile, captions=form)
    messages.success(request, "Les sous-titres sont enregistrés. Votre conseiller regarde, puis valide la vidéo.")
    return redirect("my_page_video")


@for_role(Role.MEMBER)
@require_POST
def delete(request: Any, reference: str) -> HttpResponse:
    profile = my_profile(request.user)
    video = get_object_or_404(profile.videos, reference=reference)
    video.profile = profile
    films.delete(video, by=request.user)
    messages.success(request, "La vidéo est supprimée.")
    return redirect("my_page_video")
