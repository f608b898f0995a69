"""The candidates that a company finds: the mini-CVs of those who allow it, by what they look for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from association.models import Departement, Sector, StructureKind
from candidates import seeing
from candidates.mini_cv import MiniCV, mini_cv
from candidates.models import Version
from pages.filters import choice, read_choice

PER_PAGE = 20


@dataclass(frozen=True)
class Filters:
    """What was chosen, and what can be."""

    chosen: dict[str, str]
    sectors: list[tuple[str, str]]
    structures: list[tuple[str, str]]
    departements: list[tuple[str, str]]

    @property
    def active(self) -> dict[str, str]:
        return {name: value for name, value in self.chosen.items() if value}

    @property
    def fields(self) -> list[dict[str, Any]]:
        """As the component `filter_bar` draws them."""
        rows = (
            ("secteur", "Secteur visé", "Tous les secteurs", self.sectors),
            ("structure", "Structure visée", "Toutes les structures", self.structures),
            ("departement", "Département", "Tous les départements", self.departements),
            ("disponibilite", "Disponibilité", "Toutes", Version.Availability.choices),
        )
        return [
            choice(name, label, everything, [(value, text, None) for value, text in options], self.chosen[name])  # type: ignore[misc]  # without counts
            for name, label, everything, options in rows
        ]


def read_filters(query: Mapping[str, str]) -> Filters:
    sectors = list(Sector.objects.order_by("name").values_list("slug", "name"))
    structures = list(StructureKind.objects.order_by("name").values_list("slug", "name"))
    departements = list(Departement.objects.by_code().values_list("code", "name"))
    chosen = {
        "secteur": read_choice(query, "secteur", [slug for slug, _ in sectors]),
        "structure": read_choice(query, "structure", [slug for slug, _ in structures]),
        "departement": read_choice(query, "departement", [code for code, _ in departements]),
        "disponibilite": read_choice(query, "disponibilite", Version.Availability.values),
    }
    return Filters(chosen, sectors, structures, departements)


def found(user: User, filters: Filters) -> QuerySet[Version]:
    """The approved versions, the newest first."""
    # As `visible_to`, asked of the versions themselves: the list is long.
    consents = seeing.consents_for(user).filter(member=OuterRef("profile__member"))
    versions = Version.objects.approved().filter(Exists(consents))
    if sector := filters.chosen["secteur"]:
        versions = versions.filter(sectors__slug=sector)
    if structure := filters.chosen["structure"]:
        versions = versions.filter(structures__slug=structure)
    if departement := filters.chosen["departement"]:
        versions = versions.filter(departements__code=departement)
    if availability := filters.chosen["disponibilite"]:
        versions = versions.filter(availability=availability)
    return versions.order_by("-decided_at", "-pk")


def page_of(user: User, filters: Filters, number: int) -> tuple[Page[Any], list[MiniCV]]:
    versions = found(user, filters).select_related("profile").with_all_they_say()  # type: ignore[attr-defined]
    page = Paginator(versions, PER_PAGE).get_page(number)
    return page, [mini_cv(version) for version in page]
