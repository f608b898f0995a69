from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accompaniment.models.diagnostics import Diagnostic
from accompaniment.models.packages import PackageKind, PackageVersion
from accounts.models import Counsellor, Member
from private_files.names import new_reference


class Roadmap(models.Model):
    """What is planned with a member, inside the hours of a package. Annexed to the learning agreement."""

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="roadmaps", verbose_name="membre")
    diagnostic = models.OneToOneField(
        Diagnostic, on_delete=models.PROTECT, related_name="roadmap", verbose_name="diagnostic"
    )
    version = models.ForeignKey(PackageVersion, on_delete=models.PROTECT, related_name="+", verbose_name="forfait")
    counsellor = models.ForeignKey(Counsellor, on_delete=models.PROTECT, related_name="+", verbose_name="conseiller")
    aim = models.TextField("objectif", max_length=1000, blank=True)
    made_at = models.DateTimeField("écrite le", default=timezone.now, editable=False)
    changed_at = models.DateTimeField("modifiée le", auto_now=True)

    class Meta:
        verbose_name = "feuille de route"
        verbose_name_plural = "feuilles de route"

    def __str__(self) -> str:
        return f"feuille de route {self.reference}"


class RoadmapLine(models.Model):
    """One planned activity: how many hours of which kind, what, and when in words."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="lines", verbose_name="feuille de route"
    )
    kind = models.ForeignKey(PackageKind, on_delete=models.PROTECT, related_name="+", verbose_name="activité")
    hours = models.PositiveSmallIntegerField("heures")
    what = models.CharField("quoi", max_length=200)
    when = models.CharField("quand", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "activité prévue"
        verbose_name_plural = "activités prévues"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="accompaniment_line_has_hours",
                condition=Q(hours__gte=1),
                violation_error_message="Une activité prévue dure au moins une heure.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {self.hours} h"


class LearningAgreement(models.Model):
    """What the member and the association agree on, with the roadmap annexed.

    Between its proposal and its signature lies a time to reflect: it can be
    signed from `reflect_until` on, that day included.
    """

    class State(models.TextChoices):
        DRAFT = "brouillon", "en préparation"
        PROPOSED = "propose", "proposé"
        WITHDRAWN = "retire", "retiré"
        DECLINED = "refuse", "refusé par le membre"
        SIGNED = "signe", "signé"

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="agreements", verbose_name="membre")
    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.PROTECT, related_name="agreements", verbose_name="feuille de route"
    )
    counsellor = models.ForeignKey(
        Counsellor, on_delete=models.PROTECT, related_name="agreements", verbose_name="conseiller"
    )
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    starts_on = models.DateField(
        "début", null=True, blank=True, help_text="Vide : le jour de la première visite signée."
    )
    commitments = models.TextField("engagements", max_length=3000, blank=True)
    # The roadmap as it was proposed, so that what is read and signed does not move.
    content = models.JSONField("contenu proposé", default=dict, editable=False)
    made_at = models.DateTimeField("préparé le", default=timezone.now, editable=False)
    proposed_at = models.DateTimeField("proposé le", null=True, editable=False)
    reflect_until = models.DateField("temps de réflexion jusqu’au", null=True, editable=False)
    counsellor_signed_at = models.DateTimeField("signé par le conseiller le", null=True, editable=False)
    counsellor_means = models.CharField("moyen du conseiller", max_length=20, blank=True, editable=False)
    member_signed_at = models.DateTimeField("signé par le membre le", null=True, editable=False)
    member_means = models.CharField("moyen du membre", max_length=20, blank=True, editable=False)
    # SHA-256 of what both signed.
    digest = models.CharField("empreinte", max_length=64, blank=True, editable=False)
    ended_at = models.DateTimeField("retiré ou refusé le", null=True, editable=False)
    ended_because = models.CharField("raison", max_length=300, blank=True)

    class Meta:
        verbose_name = "contrat pédagogique"
        verbose_name_plural = "contrats pédagogiques"
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap"],
                condition=Q(state__in=("brouillon", "propose")),
                name="accompaniment_one_agreement_on_a_roadmap",
                violation_error_message="Un contrat est déjà préparé sur cette feuille de route.",
            ),
            models.CheckConstraint(
                name="accompaniment_proposed_agreement_has_its_time",
                condition=~Q(state="propose") | Q(proposed_at__isnull=False, reflect_until__isnull=False),
            ),
            models.CheckConstraint(
                name="accompaniment_signed_agreement_has_both",
                condition=~Q(state="signe")
                | Q(counsellor_signed_at__isnull=False, member_signed_at__isnull=False) & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"contrat pédagogique {self.reference}"

    def days_left(self, on: date) -> int:
        """Days of reflection left; zero when it can be signed."""
        return max(0, (self.reflect_until - on).days) if self.reflect_until else 0

    def can_be_signed(self, now: datetime) -> bool:
        return self.state == LearningAgreement.State.PROPOSED and self.days_left(timezone.localdate(now)) == 0


def reflection_ends(proposed_at: datetime, days: int) -> date:
    """The first day on which what was proposed at this moment may be signed."""
    return timezone.localdate(proposed_at) + timedelta(days=days)
