"""What a version says that another did not, in the words of the screen."""

from dataclasses import dataclass

from candidates.languages import in_words
from candidates.models import Experience, Version


@dataclass(frozen=True)
class Difference:
    label: str
    before: list[str]
    after: list[str]


def differences(before: Version | None, after: Version) -> list[Difference]:
    """Field by field, in the order of the page; everything is new where nothing was approved."""
    old, new = (_said(before) if before else {}), _said(after)
    return [Difference(label, old.get(label, []), lines) for label, lines in new.items() if lines != old.get(label, [])]


def _said(version: Version) -> dict[str, list[str]]:
    return {
        "En une phrase": _lines(version.headline),
        "Qui je suis": _lines(version.summary),
        "Secteurs visés": [str(sector) for sector in version.sectors.all()],
        "Structures visées": [str(kind) for kind in version.structures.all()],
        "Départements": [str(departement) for departement in version.departements.all()],
        "Disponibilité": _lines(version.get_availability_display()),
        "Expériences": [_experience(experience) for experience in version.experiences.all()],
        "Compétences": list(version.skills),
        "Langues": [in_words(language) for language in version.languages],
        "Liens": [f"{link['title']} ({link['url']})" for link in version.links],
        # A portrait that was copied with its version is the same picture: its weight tells.
        "Portrait": _picture(version),
    }


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _picture(version: Version) -> list[str]:
    try:
        return [f"une image de {version.portrait.size} octets"] if version.portrait else []
    except OSError:
        return ["une image qui ne se lit pas"]


def _experience(experience: Experience) -> str:
    years = f"{experience.years} ans" if experience.years else ""
    said = (experience.title, experience.employer, experience.starts, experience.ends, years, experience.text)
    return ", ".join(part for part in (*said, str(experience.sector or "")) if part)
