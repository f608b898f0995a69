from typing import Any

from allauth.account import views as allauth_views
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows, is_reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.authentication.second_factor import must_choose_one


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What somebody may change of their own login."""
    return render(request, "account/account.html")


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is asked for, and which ones there are."""
    if not must_choose_one(request.user):
        return redirect("mfa_index")
    return render(request, "account/second_factor.html")


@require_http_methods(["GET", "HEAD", "POST"])
def password_set(request: Any) -> HttpResponse:
    """A first password is a new way in: who is there is asked again, or the mailbox where nothing else tells."""
    if request.user.has_usable_password():
        return redirect("account_change_password")
    if not get_reauthentication_flows(request.user):
        messages.info(request, "Pour choisir un premier mot de passe, recevez un code par e-mail.")
        return redirect("account_reset_password")
    # What is sent would be kept in the session while they show again who they are: it is typed after.
    if request.method == "POST" and is_reauthentication_required(request, app=""):
        return redirect("account_set_password")
    return _password_set(request)


_password_set = reauthentication_required(allauth_views.password_set)
