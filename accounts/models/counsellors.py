from datetime import date, datetime, timedelta
from typing import Any, Never, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.users import User

LONGEST_HELP = timedelta(hours=24)


class CounsellorQuerySet(models.QuerySet["Counsellor"]):
    def active(self, on: date | None = None) -> Self:
        day = on or timezone.localdate()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, user__is_active=True)

    def by_name(self) -> Self:
        return self.order_by("user__last_name", "user__first_name", "pk")

    def delete(self) -> Never:
        raise TypeError("A counsellor's number is never given twice: retire them with counsellors.retire().")


class Counsellor(models.Model):
    """Somebody who accompanies members. The number is on their cheques and is never given twice."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="counsellor", verbose_name="compte")
    number = models.PositiveSmallIntegerField("numéro", unique=True, editable=False)
    starts_on = models.DateField("depuis le", default=timezone.localdate)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = CounsellorQuerySet.as_manager()

    class Meta:
        verbose_name = "conseiller"
        verbose_name_plural = "conseillers"
        constraints = [
            models.CheckConstraint(
                name="accounts_counsellor_ends_after_they_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin vient après le début.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def is_active(self, on: date) -> bool:
        """As `CounsellorQuerySet.active`."""
        has_left = self.ends_on is not None and self.ends_on < on
        return self.starts_on <= on and not has_left and self.user.is_active

    def delete(self, *_args: Any, **_kwargs: Any) -> Never:
        raise TypeError("A counsellor's number is never given twice: retire them with counsellors.retire().")


class ReferentQuerySet(models.QuerySet["Referent"]):
    def live(self, now: datetime | None = None) -> Self:
        moment = now or timezone.now()
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=moment), starts_at__lte=moment)

    def newest_first(self) -> Self:
        return self.order_by("-starts_at", "-pk")


class Referent(models.Model):
    """A counsellor accompanies a member, from an instant on (included) until another (not included).

    Every rule that opens something of a member to a counsellor asks these rows.
    """

    class Role(models.TextChoices):
        REFERENT = "referent", "référent"
        STAND_IN = "remplacant", "remplaçant"
        EXCEPTIONAL = "urgence", "aide d’urgence"

    member = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, related_name="referents", verbose_name="membre"
    )
    counsellor = models.ForeignKey(
        Counsellor, on_delete=models.PROTECT, related_name="referents", verbose_name="conseiller"
    )
    role = models.CharField("rôle", max_length=10, choices=Role, default=Role.REFERENT)
    starts_at = models.DateTimeField("depuis", default=timezone.now)
    ends_at = models.DateTimeField("jusqu’à", null=True, blank=True)
    reason = models.CharField("raison", max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="décidé par"
    )

    objects = ReferentQuerySet.as_manager()

    class Meta:
        verbose_name = "suivi d’un membre"
        verbose_name_plural = "suivis des membres"
        indexes = [models.Index(fields=["-starts_at", "-id"], name="accounts_referents_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(role="referent", ends_at__isnull=True),
                name="accounts_member_has_one_referent",
                violation_error_message="Ce membre a déjà un conseiller référent.",
            ),
            models.CheckConstraint(
                name="accounts_referent_ends_after_they_start",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                violation_error_message="La fin vient après le début.",
            ),
            models.CheckConstraint(
                name="accounts_emergency_help_is_short_and_explained",
                condition=~Q(role="urgence")
                | (Q(ends_at__isnull=False, ends_at__lte=F("starts_at") + LONGEST_HELP) & ~Q(reason="")),
                violation_error_message="Une aide d’urgence a une raison et dure 24 heures au plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counsellor}, {self.get_role_display()} de {self.member}"
