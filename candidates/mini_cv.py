"""A candidate in short: only what was chosen from lists. No name, no picture, no age, no address, no free text.

Companies, the counsellor and the member read it through this one function.
"""

from dataclasses import dataclass

from candidates.languages import in_words
from candidates.models import Version


@dataclass(frozen=True)
class MiniCV:
    reference: str
    sectors: list[str]
    structures: list[str]
    departements: list[str]
    availability: str
    languages: list[str]
    experience: list[tuple[str, int]]  # a sector, and how many years in it


def mini_cv(version: Version) -> MiniCV:
    """From a version read `with_all_they_say`: no query more."""
    many = version.pk is not None
    return MiniCV(
        reference=version.profile.reference,
        sectors=[sector.name for sector in version.sectors.all()] if many else [],
        structures=[kind.name for kind in version.structures.all()] if many else [],
        departements=[departement.name for departement in version.departements.all()] if many else [],
        availability=version.get_availability_display(),
        languages=[words for spoken in version.languages if (words := in_words(spoken))],
        experience=_experience(version) if many else [],
    )


def _experience(version: Version) -> list[tuple[str, int]]:
    """Years by sector, the longest first; what has neither a sector nor a length says nothing here."""
    years: dict[str, int] = {}
    for experience in version.experiences.all():
        if experience.sector and experience.years:
            years[experience.sector.name] = years.get(experience.sector.name, 0) + experience.years
    return sorted(years.items(), key=lambda item: (-item[1], item[0]))
