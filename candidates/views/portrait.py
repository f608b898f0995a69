from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import for_role
from accounts.roles import Role
from candidates import copies, writing
from candidates.forms import SeenForm
from candidates.models import Version
from candidates.sharing_forms import PortraitForm
from candidates.steps import STEPS, tasks
from candidates.views.member import keeps, onwards, writable

HERE = STEPS["portrait"]


@for_role(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def my_portrait(request: Any) -> HttpResponse:
    profile, version = writable(request.user)
    if version.state == Version.State.SUBMITTED and request.method != "POST":
        return redirect("my_page")
    initial = {"seen": version.changed_at.isoformat()}
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PortraitForm(posted, files, initial=initial)
    if request.method == "POST" and form.is_valid():
        put = partial(copies.put_portrait, content=form.cleaned_data["portrait"])
        seen = form.cleaned_data["seen"]
        if keeps(form, profile, lambda: writing.change(profile, by=request.user, seen=seen, apply=put)):
            return onwards(request, HERE)
    context = {"form": form, "step": HERE, "tasks": tasks(version, HERE), "version": version, "profile": profile}
    return render(request, "candidates/step_portrait.html", context)


@for_role(Role.MEMBER)
@require_POST
def remove_portrait(request: Any) -> HttpResponse:
    profile, _version = writable(request.user)
    form = SeenForm(request.POST)
    form.is_valid()
    seen = form.cleaned_data["seen"]
    if keeps(form, profile, lambda: writing.change(profile, by=request.user, seen=seen, apply=copies.remove_portrait)):
        messages.success(request, "Votre portrait est retiré de votre brouillon.")
    else:
        messages.warning(request, "Votre page a changé dans une autre fenêtre : vérifiez, puis recommencez.")
    return redirect("my_page_portrait")
