"""Anybody checks a printed document by its code. Nobody is named here."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from passport import checking, guessing, verifying
from passport.forms.check import LONGEST, CheckForm
from passport.models import SigningKey

View = Callable[..., HttpResponse]
HEADERS = ["Activité", "Heures utilisées", "Forfait"]


def public(view: View) -> View:
    """Open to all; kept by no cache and found by no search engine."""

    @login_not_required
    @never_cache
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = view(request, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


@public
def check(request: HttpRequest) -> HttpResponse:
    """The form. A code that can be one leads to its own page."""
    form = CheckForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        mark = form.cleaned_data["tete"]
        query = f"?{urlencode({'tete': mark})}" if mark else ""
        return redirect(reverse("check_document", args=[form.cleaned_data["code"]]) + query)
    return _page(request, form)


@public
def check_document(request: HttpRequest, code: str) -> HttpResponse:
    mark = request.GET.get("tete", "")[:LONGEST]
    form = CheckForm(initial={"code": code[:LONGEST], "tete": mark})
    if guessing.has_guessed_enough(request):
        return _page(request, form, HTTPStatus.TOO_MANY_REQUESTS, is_slowed=True)
    found = checking.check(checking.code_of(code), mark)
    if found is None:
        guessing.note_unknown(request)
        return _page(request, form, HTTPStatus.NOT_FOUND, is_unknown=True)
    form.initial["code"] = checking.spelled(found.passport.code)
    return _page(request, form, found=found, headers=HEADERS, rows=_rows(found))


@public
def checker(_request: HttpRequest) -> HttpResponse:
    """The program that checks an exported passport without the site."""
    response = HttpResponse(Path(verifying.__file__).read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verifier-passeport.py"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _rows(found: checking.Checked) -> list[list[str]]:
    rows = [(each.kind.label, each.used, each.quota) for each in found.hours]
    return [
        [label, f"{used}\N{NO-BREAK SPACE}h", f"{quota}\N{NO-BREAK SPACE}h"]
        for label, used, quota in [*rows, ("En tout", found.used, found.quota)]
    ]


def _page(request: HttpRequest, form: CheckForm, status: int = HTTPStatus.OK, **facts: Any) -> HttpResponse:
    here = {"title": "Vérifier un document", "url": reverse("check")}
    context = {"found": None, "is_unknown": False, "is_slowed": False, "form": form} | facts
    context["keys"] = SigningKey.objects.order_by("-made_at", "-pk")
    context["breadcrumbs"] = [{"title": "Accueil", "url": "/"}, here]
    return render(request, "passport/check/check.html", context, status=status)
