from wagtail import hooks

from decks.viewsets import SlideDeckViewSet


@hooks.register("register_admin_viewset")
def slide_decks() -> SlideDeckViewSet:
    return SlideDeckViewSet()
