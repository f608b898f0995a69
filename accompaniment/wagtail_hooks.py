"""What the administrators' interface knows of packages and grids."""

from wagtail import hooks

from accompaniment.viewsets import AccompanimentGroup


@hooks.register("register_admin_viewset")
def accompaniment() -> AccompanimentGroup:
    return AccompanimentGroup()
