from typing import Any

from django import template
from django.http import HttpRequest

from accounts.models import User
from accounts.roles import Role, roles_of
from spaces.menu import menu_at, space_at, spaces_of

register = template.Library()


@register.inclusion_tag("spaces/header.html", takes_context=True)
def space_header(context: template.Context) -> dict[str, Any]:
    """The top of a page of the members' areas: the menu of the present space, and the way to the others."""
    request = context["request"]
    roles = roles_held(request)
    space = space_at(request.path, roles)
    return {
        "person": request.user if isinstance(request.user, User) else None,
        "space": space,
        "entries": menu_at(request.path, space) if space else [],
        "others": [other for other in spaces_of(roles) if other != space],
        "csrf_token": context.get("csrf_token", ""),
        "path": request.path,
    }


def roles_held(request: HttpRequest) -> frozenset[Role]:
    """What the door of a role's view left in the request; asked for where there was no door."""
    held: frozenset[Role] | None = getattr(request, "roles", None)
    return roles_of(request.user) if held is None else held
