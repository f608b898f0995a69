from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

USUAL_MOTIVES = "\n".join(
    ["Arrêt maladie", "Congé de maternité ou de paternité", "Formation", "Emploi temporaire", "Fermeture des lieux"]
)


class Look(models.TextChoices):
    """The colour and the drawing that a kind of activity keeps everywhere."""

    INDIVIDUAL = "rv", "rendez-vous"
    APPLICATIONS = "candidature", "candidature"
    TRADES = "metiers", "métiers"
    ENCOUNTERS = "rencontre", "rencontre"
    COMPANY = "entreprise", "entreprise"


class Package(models.Model):
    """What is sold: hours of accompaniment, by kind of activity. Its content is in its versions."""

    code = models.SlugField("code", max_length=30, unique=True)
    name = models.CharField("nom", max_length=80, unique=True)

    class Meta:
        verbose_name = "forfait"
        verbose_name_plural = "forfaits"

    def __str__(self) -> str:
        return self.name


class PackageVersionQuerySet(models.QuerySet["PackageVersion"]):
    def live(self, now: datetime | None = None) -> Self:
        return self.filter(live_from__lte=now or timezone.now())

    def latest_first(self) -> Self:
        return self.order_by("-live_from", "-number")


class PackageVersion(models.Model):
    """The kinds of activity of a package, their hours and its window, from a moment on.

    `live_from` empty is a draft. What has been live never changes: what was
    sold under it keeps it. Durations: `window_months`, `reflection_days`.
    """

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="versions", verbose_name="forfait")
    number = models.PositiveSmallIntegerField("version")
    window_months = models.PositiveSmallIntegerField(
        "durée (mois)", default=3, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    reflection_days = models.PositiveSmallIntegerField(
        "temps de réflexion (jours)", default=7, validators=[MaxValueValidator(90)]
    )
    price = models.DecimalField(
        "prix d’un forfait (€)", max_digits=9, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    extension_motives = models.TextField(
        "motifs de prolongation",
        blank=True,
        default=USUAL_MOTIVES,
        help_text="Un par ligne. Sans motif, un passeport ne se prolonge pas.",
    )
    longest_extension_days = models.PositiveSmallIntegerField(
        "prolongation (jours au plus)", default=92, validators=[MaxValueValidator(366)]
    )
    live_from = models.DateTimeField("en vigueur depuis", null=True, blank=True)

    objects = PackageVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version de forfait"
        verbose_name_plural = "versions de forfaits"
        constraints = [
            models.UniqueConstraint(fields=["package", "number"], name="accompaniment_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.package}, version {self.number}"

    @property
    def motives(self) -> list[str]:
        """What may extend the window."""
        return [line.strip() for line in self.extension_motives.splitlines() if line.strip()]

    @property
    def hours(self) -> int:
        """All the hours of the package: the sum of its kinds'."""
        return sum(kind.hours for kind in self.kinds.all())


class PackageKind(models.Model):
    """A kind of activity in a version of a package: how many hours in all, how many a time."""

    version = models.ForeignKey(PackageVersion, on_delete=models.CASCADE, related_name="kinds", verbose_name="version")
    code = models.SlugField("code", max_length=20)
    label = models.CharField("activité", max_length=80)
    look = models.CharField("présentation", max_length=12, choices=Look)
    hours = models.PositiveSmallIntegerField("heures", validators=[MinValueValidator(1)])
    usual_hours = models.PositiveSmallIntegerField("heures par séance", validators=[MinValueValidator(1)])
    goes_beyond_window = models.BooleanField(
        "peut finir après la durée", default=False, help_text="Le suivi en entreprise, jusqu’à la fin de l’essai."
    )
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "activité d’un forfait"
        verbose_name_plural = "activités d’un forfait"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="accompaniment_kind_once_in_version"),
            models.CheckConstraint(
                name="accompaniment_kind_has_hours",
                condition=Q(hours__gte=1, usual_hours__gte=1),
                violation_error_message="Une activité a au moins une heure.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.hours} h"
