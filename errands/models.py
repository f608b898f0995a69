from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class ErrandQuerySet(models.QuerySet["Errand"]):
    def pending(self) -> Self:
        return self.filter(done_at__isnull=True, given_up_at__isnull=True)

    def due(self, now: datetime | None = None) -> Self:
        """Those that nobody is running and whose time has come; a lease that ran out frees its errand."""
        moment = now or timezone.now()
        free = Q(leased_until__isnull=True) | Q(leased_until__lte=moment)
        return self.pending().filter(free, due_at__lte=moment)

    def given_up(self) -> Self:
        return self.filter(given_up_at__isnull=False)

    def oldest_first(self) -> Self:
        return self.order_by("due_at", "pk")


class Errand(models.Model):
    """Work that must not be lost, whatever happens to the process that does it.

    `kind` names a function that `errands.work.does` registered, `about` what it
    is given. A process that dies leaves a lease that runs out: another takes
    the errand up again.
    """

    kind = models.CharField("travail", max_length=40)
    about = models.CharField("sur", max_length=100, blank=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    due_at = models.DateTimeField("à faire le", default=timezone.now)
    leased_until = models.DateTimeField("en cours jusqu’à", null=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    # How many of them ended with their process: the errand itself may be what kills it.
    deaths = models.PositiveSmallIntegerField("arrêts brutaux", default=0)
    done_at = models.DateTimeField("fait le", null=True)
    given_up_at = models.DateTimeField("abandonné le", null=True)
    error = models.CharField("dernière erreur", max_length=300, blank=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        verbose_name = "travail de fond"
        verbose_name_plural = "travaux de fond"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=Q(done_at__isnull=True, given_up_at__isnull=True),
                name="errands_errand_is_pending_once",
            ),
            models.CheckConstraint(
                name="errands_errand_ends_one_way", condition=Q(done_at__isnull=True) | Q(given_up_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at__isnull=True, given_up_at__isnull=True),
                name="errands_pending_by_due_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}".strip()
