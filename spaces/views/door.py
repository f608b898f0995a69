"""The door of the members' areas: each person is sent to theirs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.roles import roles_of
from spaces.menu import spaces_of


@require_safe
def space(request: HttpRequest) -> HttpResponse:
    mine = spaces_of(roles_of(request.user))
    if len(mine) == 1:
        return redirect(mine[0].url)
    return render(request, "spaces/door.html", {"spaces": mine})
