from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from passport.models.entries import Entry
from passport.models.passports import Passport
from private_files.names import new_reference


class Decision(models.Model):
    """What is decided of a passport besides its visits, and why: suspended, resumed, prolonged, ended.

    A suspension and a prolongation wait for the prescriber who pays: accepted on
    the site, or elsewhere, and then `proof` says where. Once it holds, it is an
    entry. `until` is the new last day of a prolongation, or of a trial period.
    """

    class Act(models.TextChoices):
        SUSPEND = "suspend", "suspension"
        RESUME = "resume", "reprise"
        EXTEND = "extend", "prolongation"
        TRIAL = "trial", "fin de la période d’essai"
        END = "end", "fin"

    class State(models.TextChoices):
        ASKED = "demandee", "en attente du prescripteur"
        HOLDS = "acceptee", "acceptée"
        REFUSED = "refusee", "refusée"
        WITHDRAWN = "retiree", "retirée"

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    passport = models.ForeignKey(Passport, on_delete=models.PROTECT, related_name="decisions", verbose_name="passeport")
    act = models.CharField("décision", max_length=8, choices=Act)
    motive = models.CharField("motif", max_length=80, blank=True)
    reason = models.CharField("raison", max_length=300)
    until = models.DateField("jusqu’au", null=True, blank=True)
    state = models.CharField("état", max_length=9, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="demandée par"
    )
    asked_at = models.DateTimeField("demandée le", default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="décidée par"
    )
    decided_at = models.DateTimeField("décidée le", null=True, editable=False)
    proof = models.CharField("accord reçu", max_length=200, blank=True)
    answer = models.CharField("réponse", max_length=300, blank=True)
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, editable=False, related_name="decision", verbose_name="écriture"
    )

    class Meta:
        verbose_name = "décision sur un passeport"
        verbose_name_plural = "décisions sur des passeports"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["passport", "act"],
                condition=Q(state="demandee"),
                name="passport_one_decision_waits",
                violation_error_message="Cette décision attend déjà l’accord du prescripteur.",
            ),
            models.CheckConstraint(
                name="passport_decision_that_holds_is_an_entry",
                condition=Q(state="acceptee", entry__isnull=False) | ~Q(state="acceptee") & Q(entry__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} du passeport {self.passport_id}"
