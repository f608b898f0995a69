from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.counsellors import Counsellor
from accounts.models.users import User
from private_files.names import new_reference


class Relay(models.Model):
    """A referent asks another counsellor to become the referent of a member. It is done once that one accepts."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepte", "accepté"
        REFUSED = "refuse", "refusé"
        WITHDRAWN = "retire", "retiré"

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, related_name="relays", verbose_name="membre"
    )
    former = models.ForeignKey(Counsellor, on_delete=models.PROTECT, related_name="+", verbose_name="référent")
    to = models.ForeignKey(Counsellor, on_delete=models.PROTECT, related_name="+", verbose_name="confié à")
    reason = models.CharField("raison", max_length=300)
    asked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="demandé par"
    )
    asked_at = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    outcome = models.CharField("issue", max_length=8, choices=Outcome, blank=True)
    answer = models.CharField("réponse", max_length=300, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, editable=False)

    class Meta:
        verbose_name = "relais"
        verbose_name_plural = "relais"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(answered_at__isnull=True),
                name="accounts_one_relay_waits",
                violation_error_message="Un relais attend déjà une réponse pour ce membre.",
            ),
        ]

    def __str__(self) -> str:
        return f"relais {self.reference}"
