from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

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
