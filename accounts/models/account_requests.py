from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.contact_details import check_mailbox, check_name, check_telephone
from accounts.models.organisations import Organisation
from accounts.models.users import User
from accounts.sirets import SiretField
from private_files.names import new_reference


class AccountRequestQuerySet(models.QuerySet["AccountRequest"]):
    def waiting(self) -> Self:
        return self.filter(answered_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")


class AccountRequest(models.Model):
    """A company asks for an account, and waits: staff answers by an invitation or a refusal."""

    class Answer(models.TextChoices):
        ACCEPTED = "acceptee", "acceptée"
        REFUSED = "refusee", "refusée"

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    organisation_name = models.CharField("nom de l’entreprise", max_length=160, validators=[check_name])
    siret = SiretField("SIRET")
    person_name = models.CharField("votre nom", max_length=160, validators=[check_name])
    email = models.EmailField("adresse e-mail", validators=[check_mailbox])
    telephone = models.CharField("téléphone", max_length=30, blank=True, validators=[check_telephone])
    message = models.TextField("message", max_length=2000, blank=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    answer = models.CharField("réponse", max_length=10, choices=Answer, blank=True, editable=False)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="répondu par",
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="account_requests",
        verbose_name="organisme",
    )

    objects = AccountRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de compte"
        verbose_name_plural = "demandes de compte"
        indexes = [models.Index(fields=["-asked_at", "-id"], name="accounts_requests_newest")]
        constraints = [
            models.CheckConstraint(
                name="accounts_answered_request_says_how",
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                violation_error_message="Une demande à laquelle il est répondu est acceptée ou refusée.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name} ({self.person_name})"
