"""The member's own page: where it stands, its steps, its preview, what is said about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import for_role
from accounts.models import Member, User
from accounts.roles import Role
from candidates import waiting, watching, writing
from candidates.forms import PresentationForm, SearchForm, SeenForm, SkillsForm
from candidates.mini_cv import mini_cv
from candidates.models import Consent, Look, Profile, Version
from candidates.permissions import can_write_page
from candidates.sharing_forms import MessageForm
from candidates.steps import STEPS, Step, next_step, tasks

FORMS: dict[str, type[Any]] = {"presentation": PresentationForm, "competences": SkillsForm, "recherche": SearchForm}
RECENT_LOOKS = 3


def my_member(user: User) -> Member:
    return get_object_or_404(Member.objects.not_erased().select_related("user"), user=user)


def my_profile(user: User) -> Profile:
    return get_object_or_404(Profile.objects.of(user).select_related("member__user"))


@for_role(Role.MEMBER)
@require_safe
def my_page(request: Any) -> HttpResponse:
    """Where the page stands, and what to do next."""
    return render(request, "candidates/my_page.html", _my_page(request, MessageForm()))


def _my_page(request: Any, form: MessageForm) -> dict[str, Any]:
    member = my_member(request.user)
    context: dict[str, Any] = {"member": member, "may_write": can_write_page(request.user, member=member)}
    profile = Profile.objects.filter(member=member).first()
    if profile is None:
        return context
    profile.member = member
    version = writing.latest(profile)
    return context | {
        "profile": profile,
        "version": version,
        "state": waiting.my_page_state(member),
        "tasks": tasks(version),
        "missing": writing.missing(version),
        "comments": profile.comments.select_related("author").order_by("said_at", "pk"),
        "form": form,
        "videos": profile.videos.order_by("-sent_at", "-pk"),
        "consents": Consent.objects.live().filter(member=member).count(),
        "looks": Look.objects.filter(member=member)
        .select_related("organisation", "user")
        .newest_first()[:RECENT_LOOKS],
    }


@for_role(Role.MEMBER)
@require_POST
def start(request: Any) -> HttpResponse:
    writing.open_page(my_member(request.user), by=request.user)
    return redirect("my_page_presentation")


@for_role(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Any, name: str) -> HttpResponse:
    """One step of the page; it is kept as a draft when it is sent."""
    profile, version = writable(request.user)
    if version.state == Version.State.SUBMITTED and request.method != "POST":
        return redirect("my_page")
    kind, here = FORMS[name], STEPS[name]
    initial = kind.shown(version) | {"seen": version.changed_at.isoformat()}
    form: SeenForm = kind(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        if keeps(form, profile, lambda: writing.save_step(profile, by=request.user, seen=seen, fields=form.answers())):
            return onwards(request, here)
    context = {"form": form, "step": here, "tasks": tasks(version, here), "profile": profile}
    return render(request, f"candidates/step_{name}.html", context)


def writable(user: User) -> tuple[Profile, Version]:
    """One's own page, for writing: refused once the membership is over."""
    profile = my_profile(user)
    writing.ask(can_write_page(user, member=profile.member))
    return profile, writing.latest(profile)


def keeps(form: SeenForm, profile: Profile, rule: Callable[[], Any]) -> bool:
    """Whether the rule took what the form says; otherwise the form tells why, and can be sent again."""
    try:
        rule()
    except ValidationError as error:
        form.add_error(None, error)
        form.see(writing.latest(profile).changed_at)
        return False
    return True


def onwards(request: HttpRequest, here: Step) -> HttpResponse:
    messages.success(request, "C’est enregistré. Personne ne le voit avant que votre conseiller l’ait validé.")
    return redirect(next_step(here).url_name if "continue" in request.POST else "my_page")


@for_role(Role.MEMBER)
@require_safe
def preview(request: Any) -> HttpResponse:
    """What a company sees: the same parts as on its own screens."""
    profile = my_profile(request.user)
    version = writing.latest(profile)
    version.profile = profile
    context = {
        "profile": profile,
        "version": version,
        "member": profile.member,
        "mini_cv": mini_cv(version),
        "missing": writing.missing(version),
        "may_write": can_write_page(request.user, member=profile.member),
        "film": watching.of_page(profile, user=request.user),
    }
    return render(request, "candidates/preview.html", context)


@for_role(Role.MEMBER)
@require_POST
def submit(request: Any) -> HttpResponse:
    try:
        writing.submit(my_profile(request.user), by=request.user)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("my_page_preview")
    messages.success(request, "Votre page est envoyée à votre conseiller. Il vous répond ici, et vous êtes prévenu.")
    return redirect("my_page")


@for_role(Role.MEMBER)
@require_POST
def take_back(request: Any) -> HttpResponse:
    writing.take_back(my_profile(request.user), by=request.user)
    messages.success(request, "Vous pouvez de nouveau écrire votre page.")
    return redirect("my_page")


@for_role(Role.MEMBER)
@require_POST
def message(request: Any) -> HttpResponse:
    profile = my_profile(request.user)
    form = MessageForm(request.POST)
    if form.is_valid():
        writing.say(profile, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, "Votre message est envoyé à votre conseiller.")
        return redirect("my_page")
    return render(request, "candidates/my_page.html", _my_page(request, form))
