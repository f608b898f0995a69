from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.dashboard import DuePanel
from home.viewsets import ContactMessageViewSet

# The menu in the order in which editors think: content first, then its libraries, then who answers.
MENU = [
    "explorer",
    "reunions",
    "entreprises-du-mois",
    "personnes",
    "messages",
    "images",
    "documents",
    "media",
    "lieux",
    "chiffres",
    "mots-cles",
    "departements",
]


@hooks.register("register_admin_viewset")
def contact_messages() -> ContactMessageViewSet:
    return ContactMessageViewSet()


@hooks.register("construct_homepage_panels")
def show_what_is_due(_request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, DuePanel())


@hooks.register("construct_main_menu")
def order_the_menu(_request: HttpRequest, items: list[MenuItem]) -> None:
    """Content first; what is not named here keeps its own order after it."""
    for item in items:
        if item.name in MENU:
            item.order = MENU.index(item.name) + 1
