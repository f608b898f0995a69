import secrets
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accompaniment.models import LearningAgreement, PackageVersion
from accounts.models import Member, User
from passport.models.orders import Sheet
from private_files.names import new_reference

CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 16


def new_chain() -> str:
    """What the form of an entry calls the passport by: 128 bits that are nobody’s number."""
    return secrets.token_hex(16)


def new_code() -> str:
    """What is typed to check a document: 80 bits."""
    return "".join(secrets.choice(CODE_ALPHABET) for _letter in range(CODE_LENGTH))


class PassportQuerySet(models.QuerySet["Passport"]):
    def open(self) -> Self:
        return self.filter(state=Passport.State.OPEN)


class Passport(models.Model):
    """A member’s hours of accompaniment, by kind, under the version of the package that was sold.

    What happened is in its entries, which say all; `state` and the days are
    what the last of them come to. The window is `starts_on`…`ends_on`, both
    included, on the clocks of Paris. Hours of a kind that goes beyond the
    window may be later, until `trial_ends_on`.
    """

    class State(models.TextChoices):
        OPEN = "ouvert", "ouvert"
        SUSPENDED = "suspendu", "suspendu"
        COMPLETED = "acheve", "achevé"
        EXPIRED = "expire", "expiré"
        ENDED = "interrompu", "interrompu"

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    chain = models.CharField("chaîne", max_length=32, unique=True, default=new_chain, editable=False)
    code = models.CharField("code de vérification", max_length=16, unique=True, default=new_code, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="passports", verbose_name="membre")
    # Empty once its member is erased.
    agreement = models.OneToOneField(
        LearningAgreement,
        on_delete=models.PROTECT,
        null=True,
        related_name="passport",
        verbose_name="contrat pédagogique",
    )
    sheet = models.OneToOneField(Sheet, on_delete=models.PROTECT, related_name="passport", verbose_name="planche")
    version = models.ForeignKey(PackageVersion, on_delete=models.PROTECT, related_name="+", verbose_name="forfait")
    state = models.CharField("état", max_length=10, choices=State, default=State.OPEN)
    starts_on = models.DateField("du", null=True, blank=True)
    ends_on = models.DateField("au", null=True, blank=True)
    trial_ends_on = models.DateField("fin de la période d’essai", null=True, blank=True)
    opened_at = models.DateTimeField("ouvert le", default=timezone.now, editable=False)

    objects = PassportQuerySet.as_manager()

    class Meta:
        verbose_name = "passeport"
        verbose_name_plural = "passeports"
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=("ouvert", "suspendu")),
                name="passport_one_in_use_by_member",
                violation_error_message="Ce membre a déjà un passeport ouvert.",
            ),
            models.CheckConstraint(
                name="passport_window_ends_after_it_starts",
                condition=Q(starts_on__isnull=True, ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin vient après le début.",
            ),
        ]

    def __str__(self) -> str:
        return f"passeport {self.reference}"

    def is_within(self, day: date) -> bool:
        """Whether a visit of this day is inside the window; one that is not begun yet starts with its first visit."""
        return self.starts_on is None or self.ends_on is None or self.starts_on <= day <= self.ends_on


# Somebody pays for these now; the others are over.
IN_USE = (Passport.State.OPEN, Passport.State.SUSPENDED)


class Look(models.Model):
    """Who looked at a passport, once an hour: the member reads it."""

    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="looks", verbose_name="passeport")
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="personne")
    hour = models.DateTimeField("heure")

    class Meta:
        verbose_name = "consultation d’un passeport"
        verbose_name_plural = "consultations de passeports"
        constraints = [models.UniqueConstraint(fields=["passport", "user", "hour"], name="passport_look_once_an_hour")]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.hour}"


def day_of(moment: datetime) -> date:
    """The day on which clocks show this moment, in Paris."""
    return timezone.localdate(moment)
