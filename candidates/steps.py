"""The steps by which a page is written, and how far a version has come."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from candidates.models import Version


@dataclass(frozen=True)
class Step:
    name: str
    url_name: str
    title: str
    lead: str


_ALL = (
    Step("presentation", "my_page_presentation", "Vous présenter", "Une phrase, puis quelques lignes sur vous."),
    Step("recherche", "my_page_search", "Ce que vous cherchez", "Les secteurs, les structures, l’endroit, le moment."),
    Step(
        "experiences", "my_page_experiences", "Vos expériences", "Emplois, bénévolat, stages : ce que vous avez fait."
    ),
    Step(
        "competences",
        "my_page_skills",
        "Compétences, langues, liens",
        "Ce que vous savez faire, et comment on se parle.",
    ),
    Step("portrait", "my_page_portrait", "Votre portrait", "Une photo, si vous le souhaitez."),
)
STEPS = {step.name: step for step in _ALL}
PREVIEW = Step("apercu", "my_page_preview", "Ce que voit une entreprise", "")


def next_step(step: Step) -> Step:
    place = _ALL.index(step) + 1
    return _ALL[place] if place < len(_ALL) else PREVIEW


def tasks(version: Version, here: Step | None = None) -> list[dict[str, Any]]:
    """Each step: done, to do, and which one comes now."""
    done = _done(version)
    current = here or next((step for step in _ALL if not done[step.name]), None)
    return [
        {
            "title": step.title,
            "lead": step.lead,
            "url": reverse(step.url_name),
            "state": "now" if step == current else "done" if done[step.name] else "todo",
            "done": done[step.name],
        }
        for step in _ALL
    ]


def _done(version: Version) -> dict[str, bool]:
    kept = version.pk is not None
    return {
        "presentation": bool(version.headline),
        "recherche": bool(kept and version.sectors.all() and version.departements.all() and version.availability),
        "experiences": bool(kept and version.experiences.all()),
        "competences": bool(version.skills or version.languages or version.links),
        "portrait": bool(version.portrait),
    }
