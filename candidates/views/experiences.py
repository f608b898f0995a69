"""The experiences of one's own page: a list, and a form for each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import for_role
from accounts.roles import Role
from candidates import experiences
from candidates.forms import ExperienceForm, SeenForm
from candidates.models import Version
from candidates.steps import STEPS, next_step, tasks
from candidates.views.member import keeps, writable

HERE = STEPS["experiences"]
DO = {"monter": experiences.move_up, "retirer": experiences.remove}


@for_role(Role.MEMBER)
@require_safe
def my_experiences(request: Any) -> HttpResponse:
    profile, version = writable(request.user)
    if version.state == Version.State.SUBMITTED:
        return redirect("my_page")
    context = {
        "profile": profile,
        "step": HERE,
        "tasks": tasks(version, HERE),
        "next": next_step(HERE),
        "experiences": version.experiences.all() if version.pk else [],
        "seen": version.changed_at.isoformat(),
        "most": experiences.MOST,
    }
    return render(request, "candidates/step_experiences.html", context)


@for_role(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def experience(request: Any, position: int = 0) -> HttpResponse:
    """A new one, or the one of this place in the list."""
    profile, version = writable(request.user)
    present = {one.position: one for one in version.experiences.all()} if version.pk else {}
    if position and position not in present:
        raise Http404
    initial = ExperienceForm.shown(present[position]) if position else {}
    initial["seen"] = version.changed_at.isoformat()
    form = ExperienceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept: dict[str, Any] = {"by": request.user, "seen": form.cleaned_data["seen"], "fields": form.answers()}

        def write() -> Version:
            return experiences.replace(profile, position, **kept) if position else experiences.add(profile, **kept)

        if keeps(form, profile, write):
            messages.success(request, "C’est enregistré.")
            return redirect("my_page_experiences")
    context = {"form": form, "position": position, "step": HERE, "tasks": tasks(version, HERE)}
    return render(request, "candidates/experience_form.html", context)


@for_role(Role.MEMBER)
@require_POST
def order(request: Any, position: int, action: str) -> HttpResponse:
    """Move one up, or take it away; a list that changed meanwhile is shown again as it is."""
    if action not in DO:
        raise Http404
    profile, _version = writable(request.user)
    form = SeenForm(request.POST)
    form.is_valid()
    try:
        DO[action](profile, position, by=request.user, seen=form.cleaned_data["seen"])
    except ValidationError as error:
        changed = "Cette liste a changé entre-temps : la voici à jour."
        messages.warning(request, changed if error.code == "stale" else " ".join(error.messages))
    return redirect("my_page_experiences")
