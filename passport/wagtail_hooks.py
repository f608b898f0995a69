"""What the administrators' interface knows of passports: their orders, and nothing of anybody's path."""

from wagtail import hooks

from passport.viewsets import OrderViewSet


@hooks.register("register_admin_viewset")
def orders() -> OrderViewSet:
    return OrderViewSet()
