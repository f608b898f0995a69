from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Counsellor
from passport.models.entries import Entry
from passport.models.passports import Passport, day_of
from private_files.names import new_reference


class ChequeQuerySet(models.QuerySet["Cheque"]):
    def proposed(self) -> Self:
        return self.filter(state=Cheque.State.PROPOSED)

    def signed(self) -> Self:
        return self.filter(state=Cheque.State.SIGNED)

    def disputed(self) -> Self:
        """Those whose billing waits for an answer to the member."""
        return self.filter(disputes__isnull=False, disputes__settled_at=None)

    def in_order(self) -> Self:
        return self.order_by("starts_at", "pk")

    def counting(self) -> Self:
        """Those whose hours are spent, or wait to be."""
        return self.filter(state__in=(Cheque.State.PROPOSED, Cheque.State.SIGNED))


class Cheque(models.Model):
    """One visit. The counsellor’s signature proposes it and reserves its hours; the member’s spends them.

    Its number, C<counsellor>/<dd>/<mm>/<yyyy>/<n>, is taken at the counsellor’s
    signature and kept for ever. `key` is made with the form: sent twice, it is
    the same cheque.
    """

    class State(models.TextChoices):
        PROPOSED = "propose", "à signer par le membre"
        SIGNED = "signe", "signé"
        WITHDRAWN = "retire", "retiré"
        EXPIRED = "expire", "expiré"
        CANCELLED = "annule", "annulé par contre-écriture"

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    passport = models.ForeignKey(Passport, on_delete=models.PROTECT, related_name="cheques", verbose_name="passeport")
    counsellor = models.ForeignKey(
        Counsellor, on_delete=models.PROTECT, related_name="cheques", verbose_name="conseiller"
    )
    day = models.DateField("jour du numéro", editable=False)
    rank = models.PositiveSmallIntegerField("rang du jour", editable=False)
    state = models.CharField("état", max_length=8, choices=State, default=State.PROPOSED)
    kind = models.SlugField("activité", max_length=20)
    hours = models.PositiveSmallIntegerField("heures")
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    place = models.CharField("lieu", max_length=200, blank=True)
    what = models.CharField("ce qui a été fait", max_length=200)
    origin = models.CharField("vient de", max_length=40, blank=True, db_index=True)
    is_collective = models.BooleanField("collectif", default=False)
    counsellor_signed_at = models.DateTimeField("signé par le conseiller le", editable=False)
    counsellor_means = models.CharField("moyen du conseiller", max_length=20, editable=False)
    member_signed_at = models.DateTimeField("signé par le membre le", null=True, editable=False)
    member_means = models.CharField("moyen du membre", max_length=20, blank=True, editable=False)
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, editable=False, related_name="cheque", verbose_name="écriture"
    )

    objects = ChequeQuerySet.as_manager()

    class Meta:
        verbose_name = "chèque-emploi"
        verbose_name_plural = "chèques-emploi"
        indexes = [models.Index(fields=["passport", "state"], name="passport_cheques_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["counsellor", "day", "rank"], name="passport_cheque_number_once"),
            models.CheckConstraint(
                name="passport_cheque_lasts_its_hours",
                condition=Q(hours__gte=1, hours__lte=4, ends_at__gt=F("starts_at")),
                violation_error_message="Une visite dure d’une à quatre heures entières.",
            ),
            models.CheckConstraint(
                name="passport_signed_cheque_is_in_the_ledger",
                condition=Q(state__in=("signe", "annule"), entry__isnull=False, member_signed_at__isnull=False)
                | Q(state__in=("propose", "retire", "expire"), entry__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_late(self) -> bool:
        """Whether the member signed another day than that of the visit."""
        return self.member_signed_at is not None and day_of(self.member_signed_at) > day_of(self.starts_at)

    @property
    def number(self) -> str:
        return f"C{self.counsellor.number}/{self.day:%d/%m/%Y}/{self.rank}"


class Reservation(models.Model):
    """Hours kept for what is planned: an event that the member booked, an appointment. `origin` says which."""

    passport = models.ForeignKey(
        Passport, on_delete=models.PROTECT, related_name="reservations", verbose_name="passeport"
    )
    origin = models.CharField("vient de", max_length=40)
    kind = models.SlugField("activité", max_length=20)
    hours = models.PositiveSmallIntegerField("heures")
    starts_at = models.DateTimeField("début")
    made_at = models.DateTimeField("réservée le", default=timezone.now, editable=False)
    ended_at = models.DateTimeField("rendue le", null=True, editable=False)

    class Meta:
        verbose_name = "réservation d’heures"
        verbose_name_plural = "réservations d’heures"
        constraints = [
            models.UniqueConstraint(fields=["passport", "origin"], name="passport_reserved_once_for_each"),
            models.CheckConstraint(name="passport_reservation_has_hours", condition=Q(hours__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.hours} h, {self.origin}"
