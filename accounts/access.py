"""The door of a role's views: who holds none of its roles is told that this is not for them."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from accounts.models import User
from accounts.permissions import can_read_members_content
from accounts.roles import Role, is_current_member, roles_of

View = Callable[..., HttpResponseBase]


class RoleRequest(HttpRequest):
    """The request of somebody who came through the door, with what they are today."""

    user: User
    roles: frozenset[Role]


def for_role[**P](
    *roles: Role,
) -> Callable[[Callable[Concatenate[Any, P], HttpResponseBase]], Callable[Concatenate[Any, P], HttpResponseBase]]:
    """Lets in whoever holds one of these roles, and leaves all that they hold in `request.roles`.

    Strangers never come here: they are sent to the login before.
    """
    welcome = frozenset(roles)

    def decorate(
        view: Callable[Concatenate[Any, P], HttpResponseBase],
    ) -> Callable[Concatenate[Any, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            # In a space they were read with the second factor.
            if not hasattr(request, "roles"):
                request.roles = roles_of(request.user)
            if not request.roles & welcome:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def for_current_members(*, closed: str) -> Callable[[View], View]:
    """Lets in members whose membership runs and who writes for them; one whose membership is over is shown `closed`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            is_current = is_current_member(request.user)
            if not can_read_members_content(request.user, is_current=is_current, roles=request.roles):
                return render(request, closed, status=HTTPStatus.FORBIDDEN)
            return view(request, *args, **kwargs)

        return for_role(Role.MEMBER, Role.COUNSELLOR, Role.EDITOR, Role.ADMIN)(guarded)

    return decorate
