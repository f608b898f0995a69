from wagtail import hooks

from errands.viewsets import ErrandViewSet


@hooks.register("register_admin_viewset")
def errands() -> ErrandViewSet:
    return ErrandViewSet()
