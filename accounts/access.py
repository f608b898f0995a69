"""The door of a role's views: who holds none of its roles is told that this is not for them."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User
from accounts.roles import Role, roles_of


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
            request.roles = roles_of(request.user)
            if not request.roles & welcome:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
