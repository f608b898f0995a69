"""« Mes données »: read, take away, object, erase. Whoever has an account has this page, whatever their roles."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates import consents
from spaces import data_forms, erasure, exports
from spaces import my_data as rules
from spaces.models import Erasure


@require_safe
def my_data(request: Any) -> HttpResponse:
    return render(request, "spaces/my_data.html", rules.context(request.user, timezone.now()))


@require_POST
def ask_export(request: Any) -> HttpResponse:
    exports.ask(request.user)
    messages.success(request, "Votre copie se prépare. Un message vous prévient dès qu’elle est prête.")
    return redirect("my_data")


@require_POST
def stop_sharing(request: Any) -> HttpResponse:
    """Every consent, in one go."""
    if member := exports.person_of(request.user).member:
        consents.withdraw_all(member, by=request.user)
    messages.success(request, "Plus aucune entreprise ne voit votre page.")
    return redirect("my_data")


@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: Any) -> HttpResponse:
    form = data_forms.ComplaintForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(form, lambda: rules.complain(request.user, text=form.cleaned_data["text"])):
        messages.success(request, "Votre demande est partie. Une réponse vous est due dans le mois.")
        return redirect("my_data")
    return render(request, "spaces/my_data_complaint.html", {"form": form})


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase_me(request: Any) -> HttpResponse:
    """After the password or a code: a telephone left on a table erases nobody."""
    person = exports.person_of(request.user)
    form = data_forms.EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(form, lambda: erasure.erase(person, why=Erasure.Why.ASKED)):
        logout(request)
        return redirect("erased")
    context = {"form": form, "kept": erasure.KEPT if person.member else "", "keeps": erasure.reasons_to_keep(person)}
    return render(request, "spaces/my_data_erase.html", context)


@login_not_required
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "spaces/erased.html")


def _done(form: forms.Form, act: Any) -> bool:
    """Whether the rule let it happen; its sentence goes on the form."""
    try:
        act()
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True
