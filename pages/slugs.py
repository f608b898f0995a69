"""Names that a page just below the home page may not take: the site's own addresses start with them."""

from typing import Any

from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.models import Page

HOME_DEPTH = 2
RESERVED = frozenset(
    {
        *("agenda", "api", "compte", "courrier", "demande-de-compte", "departements", "documents", "envois", "espace"),
        *("fichiers", "flux"),
        *("gestion", "guide-de-style", "initiatives", "invitation", "media", "offres", "plan-du-site", "prive"),
        *("recherche", "rendez-vous", "reservation", "reunions", "signer", "static", "verifier"),
    }
)


def is_reserved(slug: str, *, parent: Page) -> bool:
    return parent.depth == HOME_DEPTH and slug in RESERVED


def refusal(slug: str) -> str:
    return (
        f"L’adresse « /{slug}/ » est réservée : une autre partie du site s’en sert. "
        "Choisissez un autre nom dans l’adresse."
    )


class PageForm(WagtailAdminPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        slug = cleaned.get("slug") or slugify(cleaned.get("title", ""))
        if self.parent_page is not None and is_reserved(slug, parent=self.parent_page):
            self.add_error("slug", refusal(slug))
        return cleaned


class PageCopyForm(CopyForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        slug = cleaned.get("new_slug", "")
        if is_reserved(slug, parent=parent):
            self.add_error("new_slug", refusal(slug))
        return cleaned
