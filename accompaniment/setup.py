"""What an association that starts sells and asks: one package and one grid, in force. Made where there is none."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accompaniment import grids, packages
from accompaniment.models import Grid, Look, Package, PackageKind, Question

PACKAGE = ("credit-temps", "Forfait crédit-temps")
# Kind, what it is called, all its hours, those of a usual session, whether it may end after the window.
KINDS = [
    (Look.INDIVIDUAL, "Rendez-vous individuels", 6, 1, False),
    (Look.APPLICATIONS, "Ateliers candidatures", 12, 2, False),
    (Look.TRADES, "Ateliers métiers", 6, 3, False),
    (Look.ENCOUNTERS, "Rencontres", 7, 7, False),
    (Look.COMPANY, "Suivi en entreprise", 4, 4, True),
]
QUESTIONS = [
    ("secteurs", Question.Kind.SECTOR, "Les secteurs de l’ESS qui l’attirent", "Un ou plusieurs."),
    (
        "projet",
        Question.Kind.TEXT,
        "Le métier ou le projet, avec ses mots",
        "Ce que la personne voudrait faire, même si ce n’est pas encore précis.",
    ),
    (
        "mobilisables",
        Question.Kind.TEXT,
        "Les compétences qui servent tout de suite",
        "Ce qu’elle sait faire et pourrait faire dès demain dans ce métier.",
    ),
    (
        "transferables",
        Question.Kind.TEXT,
        "Les compétences qui se transposent",
        "Apprises ailleurs : un autre métier, une association, la vie de famille.",
    ),
    ("motivation", Question.Kind.TEXT, "La motivation", "Pourquoi l’ESS, et pourquoi maintenant."),
    (
        "contraintes",
        Question.Kind.TEXT,
        "Les contraintes à respecter",
        "Horaires, trajets, garde d’enfants… N’écrivez jamais rien sur la santé\u00a0: ni maladie, ni handicap, "
        "ni traitement.",
    ),
    (
        "demarches",
        Question.Kind.TEXT,
        "Les démarches déjà faites",
        "Candidatures, formations, rencontres, et ce qu’elles ont donné.",
    ),
    (
        "synthese",
        Question.Kind.TEXT,
        "La synthèse",
        "En quelques phrases, relues ensemble\u00a0: où en est la personne, et ce qui l’aidera.",
    ),
]


@transaction.atomic
def make_package_and_grid(now: datetime | None = None, *, price: Decimal = Decimal(0)) -> None:
    """Where a package or a grid exists, be it a draft, it is left as it is. `price` in euros."""
    moment = now or timezone.now()
    if not Package.objects.exists():
        _make_package(moment, price)
    if not Grid.objects.exists():
        _make_grid(moment)


def _make_package(now: datetime, price: Decimal) -> None:
    code, name = PACKAGE
    package = Package.objects.create(code=code, name=name)
    version = package.versions.create(number=1, price=price)
    PackageKind.objects.bulk_create(
        PackageKind(
            version=version,
            code=look.value,
            label=label,
            look=look,
            hours=hours,
            usual_hours=usual,
            goes_beyond_window=beyond,
            position=place,
        )
        for place, (look, label, hours, usual, beyond) in enumerate(KINDS)
    )
    packages.go_live(version, now=now)


def _make_grid(now: datetime) -> None:
    grid = Grid.objects.create(number=1)
    Question.objects.bulk_create(
        Question(grid=grid, code=code, kind=kind, label=label, help=told, position=place)
        for place, (code, kind, label, told) in enumerate(QUESTIONS)
    )
    grids.go_live(grid, now=now)
