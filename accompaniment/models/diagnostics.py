from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accompaniment.models.appointments import Appointment
from accounts.models import Counsellor, Member
from private_files.names import new_reference


class GridQuerySet(models.QuerySet["Grid"]):
    def live(self, now: datetime | None = None) -> Self:
        return self.filter(live_from__lte=now or timezone.now())

    def latest_first(self) -> Self:
        return self.order_by("-live_from", "-number")


class Grid(models.Model):
    """The questions of the interview, from a moment on. What has been live never changes."""

    number = models.PositiveSmallIntegerField("version", unique=True)
    live_from = models.DateTimeField("en vigueur depuis", null=True, blank=True)

    objects = GridQuerySet.as_manager()

    class Meta:
        verbose_name = "grille d’entretien"
        verbose_name_plural = "grilles d’entretien"

    def __str__(self) -> str:
        return f"grille d’entretien, version {self.number}"


class Question(models.Model):
    class Kind(models.TextChoices):
        TEXT = "texte", "texte"
        CHOICE = "choix", "un choix"
        SECTOR = "secteur", "un ou plusieurs secteurs de l’ESS"

    grid = models.ForeignKey(Grid, on_delete=models.CASCADE, related_name="questions", verbose_name="grille")
    code = models.SlugField("code", max_length=30)
    label = models.CharField("question", max_length=160)
    help = models.CharField("aide", max_length=300, blank=True)
    kind = models.CharField("réponse", max_length=10, choices=Kind, default=Kind.TEXT)
    choices = models.JSONField("choix possibles", default=list, blank=True)
    position = models.PositiveSmallIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "question"
        verbose_name_plural = "questions"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["grid", "code"], name="accompaniment_question_once_in_grid"),
        ]

    def __str__(self) -> str:
        return self.label


class Diagnostic(models.Model):
    """The first interview of a member, on a grid. The counsellor writes it with them; both read it."""

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="diagnostics", verbose_name="membre")
    counsellor = models.ForeignKey(
        Counsellor, on_delete=models.PROTECT, related_name="diagnostics", verbose_name="conseiller"
    )
    appointment = models.OneToOneField(
        Appointment,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="diagnostic",
        verbose_name="rendez-vous",
    )
    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="diagnostics", verbose_name="grille")
    started_at = models.DateTimeField("commencé le", default=timezone.now, editable=False)
    finished_at = models.DateTimeField("terminé le", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "diagnostic"
        verbose_name_plural = "diagnostics"
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(finished_at__isnull=True),
                name="accompaniment_one_diagnostic_in_progress",
                violation_error_message="Un diagnostic est déjà commencé avec ce membre.",
            ),
        ]

    def __str__(self) -> str:
        return f"diagnostic {self.reference}"


class Answer(models.Model):
    """What is written under a question. `revision` grows at each saving: two tabs never overwrite one another."""

    diagnostic = models.ForeignKey(
        Diagnostic, on_delete=models.CASCADE, related_name="answers", verbose_name="diagnostic"
    )
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+", verbose_name="question")
    text = models.TextField("réponse", blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField("enregistrée le", default=timezone.now)

    class Meta:
        verbose_name = "réponse"
        verbose_name_plural = "réponses"
        constraints = [
            models.UniqueConstraint(fields=["diagnostic", "question"], name="accompaniment_one_answer_to_a_question"),
        ]

    def __str__(self) -> str:
        return f"réponse {self.pk}"
