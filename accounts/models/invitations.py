from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.contact_details import check_mailbox
from accounts.models.members import Member
from accounts.models.organisations import Organisation
from accounts.models.users import User
from private_files.names import new_reference


class InvitedAs(models.TextChoices):
    """What the account that comes of an invitation will be."""

    MEMBER = "membre", "membre"
    COUNSELLOR = "conseiller", "conseiller"
    ORGANISATION = "organisme", "personne d’un organisme"
    TREASURER = "tresorier", "trésorier"
    VOLUNTEER = "benevole", "bénévole de l’équipe vidéo"
    EDITOR = "redaction", "rédaction du site"
    ADMINISTRATOR = "admin", "administration du site"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime | None = None) -> Self:
        """Those whose link still works."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now or timezone.now())

    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")


class Invitation(models.Model):
    """A link by which somebody makes their account, once, within seven days.

    Only a digest of the link's secret is kept: whoever reads the database
    cannot use it.
    """

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    email = models.EmailField("adresse e-mail", validators=[check_mailbox])
    invited_as = models.CharField("comme", max_length=10, choices=InvitedAs)
    member = models.ForeignKey(
        Member, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name="membre"
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name="organisme",
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="invité par"
    )
    created_at = models.DateTimeField("créée le", default=timezone.now, editable=False)
    sent_at = models.DateTimeField("envoyée le", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("valable jusqu’au", editable=False)
    accepted_at = models.DateTimeField("acceptée le", null=True, editable=False)
    accepted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="compte"
    )
    revoked_at = models.DateTimeField("retirée le", null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitations"
        indexes = [models.Index(fields=["-created_at", "-id"], name="accounts_invitations_newest")]
        constraints = [
            models.CheckConstraint(
                name="accounts_invitation_names_whom_it_is_about",
                condition=Q(invited_as="membre", member__isnull=False, organisation__isnull=True)
                | Q(invited_as="organisme", member__isnull=True, organisation__isnull=False)
                | (~Q(invited_as__in=["membre", "organisme"]) & Q(member__isnull=True, organisation__isnull=True)),
                violation_error_message="Une invitation de membre nomme un membre ; celle d’un organisme, l’organisme.",
            ),
            models.CheckConstraint(
                name="accounts_revoked_invitation_was_not_accepted",
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                violation_error_message="Une invitation acceptée ne se retire plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_invited_as_display()}"
