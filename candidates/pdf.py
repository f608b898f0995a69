"""A candidate's page as a PDF that screen readers read and archives keep."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from candidates.languages import in_words
from candidates.models import Experience, Version
from pages.printing import printed as typeset
from pages.templatetags.french import short_date

SOURCE = Path(__file__).with_name("page.typ")


def printed(version: Version) -> bytes:
    """The page of a version read `with_all_they_say`."""
    return typeset(SOURCE, _page(version))


def _page(version: Version) -> dict[str, Any]:
    name = str(version.profile.member)
    day = timezone.localdate()
    return {
        "title": f"Page de {name}",
        "name": name,
        "headline": version.headline,
        "summary": version.summary,
        "portrait": _portrait(version),
        "lists": [{"title": title, "words": words} for title, words in _lists(version).items() if words],
        "experiences": [_experience(experience) for experience in version.experiences.all()],
        "links": version.links,
        "footer": f"Page de candidat, imprimée le {short_date(day)}. Elle ne se transmet à personne d’autre.",
    }


def _lists(version: Version) -> dict[str, list[str]]:
    return {
        "Disponibilité": [version.get_availability_display()] if version.availability else [],
        "Secteurs visés": [str(sector) for sector in version.sectors.all()],
        "Structures visées": [str(kind) for kind in version.structures.all()],
        "Départements": [str(departement) for departement in version.departements.all()],
        "Compétences": version.skills,
        "Langues": [in_words(language) for language in version.languages],
    }


def _experience(experience: Experience) -> dict[str, str]:
    dates = " – ".join(part for part in (experience.starts, experience.ends) if part)
    facts = [experience.employer, dates, str(experience.sector or "")]
    return {"title": experience.title, "facts": ", ".join(fact for fact in facts if fact), "text": experience.text}


def _portrait(version: Version) -> list[int] | None:
    """The bytes of the picture; a page prints without it when it cannot be read."""
    if not version.portrait:
        return None
    try:
        with version.portrait.open() as file:
            return list(file.read())
    except OSError:
        return None
