from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import Member, Membership, Organisation, User
from private_files.names import new_reference


class ConsentQuerySet(models.QuerySet["Consent"]):
    def live(self, on: date | None = None) -> Self:
        """Given, not withdrawn, not ended, and the membership under which it was given still runs on this day.

        One that begins later, or is written later even on the same day, does not bring back what ended with another.
        """
        day = on or timezone.localdate()
        same = Membership.objects.running(day).filter(
            member=OuterRef("member"), starts_on__lte=OuterRef("given_on"), recorded_at__lte=OuterRef("given_at")
        )
        given = self.alias(given_on=TruncDate("given_at"))
        return given.filter(Exists(same), withdrawn_at__isnull=True, ends_on__gte=day, member__erased_at__isnull=True)

    def for_companies(self, companies: models.QuerySet[Organisation]) -> Self:
        """Given to one of these companies, or to every one."""
        return self.filter(Q(organisation__in=companies) | Q(organisation__isnull=True) & Q(Exists(companies)))

    def newest_first(self) -> Self:
        return self.order_by("-given_at", "-pk")


class Consent(models.Model):
    """A member lets one company, or every registered one (`organisation` empty), see their page until a day."""

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="consents", verbose_name="membre")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name="entreprise",
    )
    with_video = models.BooleanField("avec la vidéo", default=True)
    text = models.TextField("ce qui a été accepté", editable=False)
    given_at = models.DateTimeField("donné le", default=timezone.now, editable=False)
    ends_on = models.DateField("jusqu’au")
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True, editable=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "accord"
        verbose_name_plural = "accords"
        constraints = [
            models.UniqueConstraint(
                fields=["member", "organisation"],
                condition=Q(withdrawn_at__isnull=True),
                name="candidates_consent_to_a_company_runs_once",
                violation_error_message="Vous avez déjà donné cet accord.",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(withdrawn_at__isnull=True, organisation__isnull=True),
                name="candidates_consent_to_all_runs_once",
                violation_error_message="Vous avez déjà donné cet accord.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.organisation or 'toutes les entreprises'}"


class LookQuerySet(models.QuerySet["Look"]):
    def objected(self) -> Self:
        return self.filter(objected_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-looked_at", "-pk")


class Look(models.Model):
    """Somebody of a company, or their counsellor, looked at a member's page or video.

    It is kept once an hour: `hour` is that of `looked_at`, without its minutes.
    """

    class What(models.TextChoices):
        MINI_CV = "mini_cv", "mini-CV"
        PAGE = "page", "page"
        VIDEO = "video", "vidéo"
        CV = "cv", "CV"

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="looks", verbose_name="membre")
    what = models.CharField("quoi", max_length=8, choices=What)
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="qui")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="pour"
    )
    looked_at = models.DateTimeField("le", default=timezone.now)
    hour = models.DateTimeField(editable=False)
    objected_at = models.DateTimeField("contesté le", null=True, blank=True)
    objection = models.TextField("objection", max_length=1000, blank=True)

    objects = LookQuerySet.as_manager()

    class Meta:
        verbose_name = "consultation"
        verbose_name_plural = "consultations"
        constraints = [
            models.UniqueConstraint(fields=["member", "user", "what", "hour"], name="candidates_look_once_an_hour")
        ]
        indexes = [models.Index(F("member"), F("looked_at").desc(), name="candidates_looks_of_a_member")]

    def __str__(self) -> str:
        return f"{self.get_what_display()} de {self.member}, {self.looked_at}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.hour = hour_of(self.looked_at)
        super().save(*args, **kwargs)


def hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
