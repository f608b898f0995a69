from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import invitations, requests
from accounts.forms import AccountRequestForm, NewAccountForm
from accounts.models import Invitation, User

FIRST_PAGE = "/espace/"


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an invitation's link: it says what is offered; only a POST takes it."""
    visitor = request.user if isinstance(request.user, User) else None
    try:
        found = invitations.find(token, visitor=visitor)
        answer = _answer(request, found, token, visitor)
    except invitations.DeadLinkError:
        answer = render(request, "accounts/dead_invitation.html", {"is_logged_in": visitor is not None}, status=404)
    # The address of this page is a secret: no other site hears of it. Not `no-referrer`, under which
    # browsers hide from the site itself that its own form is sent from it, and it would be refused.
    answer["Referrer-Policy"] = "same-origin"
    return answer


def _answer(request: HttpRequest, found: Invitation, token: str, visitor: User | None) -> HttpResponse:
    must_log_in = visitor is None and invitations.account_of(found) is not None
    needs_an_account = visitor is None and not must_log_in
    form = NewAccountForm(request.POST or None, invitation=found) if needs_an_account else None
    errors: list[str] = []
    if request.method == "POST" and not must_log_in and (form is None or form.is_valid()):
        try:
            user = invitations.accept(token, visitor=visitor, newcomer=form.newcomer() if form else None)
        except ValidationError as refusal:
            errors = refusal.messages
        else:
            return _come_in(request, user, is_new=visitor is None)
    context = {
        "invitation": found,
        "form": form,
        "errors": errors,
        "must_log_in": must_log_in,
        "login_url": f"{reverse(settings.LOGIN_URL)}?next={request.path}",
    }
    return render(request, "accounts/invitation.html", context)


def _come_in(request: HttpRequest, user: User, *, is_new: bool) -> HttpResponse:
    """Who has just made their account need not type it again; a second factor is asked for where it is due."""
    if is_new:
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(FIRST_PAGE)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_request(request: HttpRequest) -> HttpResponse:
    """A company asks for an account. The answer is the same whoever asks."""
    form = AccountRequestForm(request.POST or None)
    context: dict[str, Any] = {
        "form": form,
        "is_sent": "merci" in request.GET,
        "description": "Une entreprise de l’économie sociale et solidaire demande un compte sur le site.",
        "breadcrumbs": [{"title": "Accueil", "url": "/"}, {"title": "Demander un compte", "url": request.path}],
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/account_request.html", context)
    thanked = redirect(f"{request.path}?merci=1")
    if form.is_trapped:
        return thanked
    if requests.too_many(request):
        form.add_error(None, "Vous avez envoyé plusieurs demandes de suite. Attendez une heure, ou appelez-nous.")
        return render(request, "accounts/account_request.html", context, status=429)
    requests.receive(form.save(commit=False))
    return thanked
