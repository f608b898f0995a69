"""What the header and the footer of every page show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from association.models import Departement, Identity
from home.models import AssociationPage
from pages import freshness
from pages.addresses import address

Links = list[dict[str, Any]]
MENU_LENGTH = 5
FEEDS = [
    {"title": "Les actualités, par un flux Atom", "url": "/actualites/flux/"},
    {"title": "Les réunions, dans votre calendrier", "url": "/reunions/calendrier.ics"},
]
SESSIONS = {"title": "Réunions d’information", "url": "/reunions/"}


def site(request: HttpRequest) -> dict[str, Any]:
    """Nothing in the editors' interface; elsewhere `menu`, `departements`, `footer_links`, `identity`, `is_demo`."""
    if request.path_info.startswith(settings.ADMIN_PREFIX):
        return {}
    frame = freshness.keep(request, "frame", lambda: (_frame(), None))
    path = request.path_info
    menu = [entry | {"current": path.startswith(entry["url"]), "here": path == entry["url"]} for entry in frame["menu"]]
    return frame | {"menu": menu}


def _frame() -> dict[str, Any]:
    identity = Identity.objects.first() or Identity()
    return {
        "menu": _menu(),
        "departements": departement_links(),
        "footer_links": _footer_links(),
        "feeds": FEEDS,
        "telephone": identity.telephone,
        "identity": identity,
        "is_demo": identity.is_demo,
        "site_name": identity.name,
    }


def departement_links() -> Links:
    return [
        {"code": departement.code, "name": departement.name, "url": departement.get_absolute_url()}
        for departement in Departement.objects.by_code()
    ]


def _menu() -> Links:
    """The pages that editors put in the menu, in their order, the sessions second."""
    pages = Page.objects.live().public().in_menu().filter(depth=3).order_by("path")
    entries = _links(pages)
    return [*entries[:1], SESSIONS, *entries[1:]][:MENU_LENGTH]


def _footer_links() -> Links:
    footer = AssociationPage.objects.open_to_all().filter(in_footer=True).order_by("path")
    return [*_links(footer), {"title": "Plan du site", "url": "/plan-du-site/"}]


def _links(pages: Any) -> Links:
    return [{"title": title, "url": address(path)} for title, path in pages.values_list("title", "url_path")]


def site_sections() -> Links:
    """The first two levels below the front page, the sessions among them; long lists keep their own pages."""
    pages = Page.objects.live().public().filter(depth=3).order_by("path")
    below = AssociationPage.objects.open_to_all().filter(depth=4).order_by("path").values_list("title", "url_path")
    sections = [
        {"title": "Accueil", "url": "/"},
        *_links(pages),
        SESSIONS,
        {"title": "Recherche", "url": "/recherche/"},
    ]
    children = [{"title": title, "url": address(path)} for title, path in below]
    return [
        section | {"below": [c for c in children if section["url"] != "/" and c["url"].startswith(section["url"])]}
        for section in sections
    ]
