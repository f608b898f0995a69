from datetime import date, datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import Counsellor, Member, User
from private_files.names import new_reference

WEEKDAYS = [
    (0, "lundi"),
    (1, "mardi"),
    (2, "mercredi"),
    (3, "jeudi"),
    (4, "vendredi"),
    (5, "samedi"),
    (6, "dimanche"),
]


class AvailabilityQuerySet(models.QuerySet["Availability"]):
    def running(self, first: date, last: date) -> Self:
        """Those that hold on some day between these two, both included."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=first), since__lte=last)


class Availability(models.Model):
    """When a counsellor receives, each week: clock hours of Paris, in one place or by video.

    Slots of `length` minutes follow one another with a `pause` between.
    """

    counsellor = models.ForeignKey(
        Counsellor, on_delete=models.PROTECT, related_name="availabilities", verbose_name="conseiller"
    )
    weekday = models.PositiveSmallIntegerField("jour", choices=WEEKDAYS)
    starts = models.TimeField("de")
    ends = models.TimeField("à")
    length = models.PositiveSmallIntegerField(
        "durée (minutes)", default=60, validators=[MinValueValidator(15), MaxValueValidator(240)]
    )
    pause = models.PositiveSmallIntegerField("pause (minutes)", default=0, validators=[MaxValueValidator(120)])
    place = models.CharField("lieu", max_length=200, blank=True)
    video_url = models.URLField("lien de la visioconférence", blank=True)
    since = models.DateField("depuis le", default=timezone.localdate)
    until = models.DateField("jusqu’au", null=True, blank=True)

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        verbose_name = "disponibilité"
        verbose_name_plural = "disponibilités"
        ordering = ["weekday", "starts", "pk"]
        constraints = [
            models.CheckConstraint(
                name="accompaniment_availability_ends_after",
                condition=Q(ends__gt=F("starts")),
                violation_error_message="La fin vient après le début.",
            ),
            models.CheckConstraint(
                name="accompaniment_availability_is_somewhere",
                condition=Q(place="") & ~Q(video_url="") | ~Q(place="") & Q(video_url=""),
                violation_error_message="Donnez un lieu ou un lien de visioconférence, pas les deux.",
            ),
            models.CheckConstraint(
                name="accompaniment_availability_until_after",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message="La fin vient après le début.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.starts:%H:%M}–{self.ends:%H:%M}"


class DaysOff(models.Model):
    """Days on which a counsellor does not receive, both included. Nobody is told why."""

    counsellor = models.ForeignKey(
        Counsellor, on_delete=models.PROTECT, related_name="days_off", verbose_name="conseiller"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")

    class Meta:
        verbose_name = "jours d’absence"
        verbose_name_plural = "jours d’absence"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="accompaniment_days_off_end_after",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin vient après le début.",
            ),
        ]

    def __str__(self) -> str:
        return f"du {self.starts_on} au {self.ends_on}"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def planned(self) -> Self:
        return self.filter(state=Appointment.State.PLANNED)

    def upcoming(self, now: datetime | None = None) -> Self:
        return self.planned().filter(ends_at__gt=now or timezone.now())

    def soonest_first(self) -> Self:
        return self.order_by("starts_at", "pk")


class Appointment(models.Model):
    """A member meets a counsellor. Its link is `accompaniment.links.address_of(appointment)`.

    Two planned ones of a counsellor never overlap: `appointments` writes them under the counsellor's lock.
    """

    class Kind(models.TextChoices):
        DIAGNOSTIC = "diagnostic", "rendez-vous de diagnostic"
        INDIVIDUAL = "individuel", "rendez-vous individuel"

    class State(models.TextChoices):
        PLANNED = "prevu", "prévu"
        DONE = "honore", "honoré"
        MISSED = "manque", "manqué"
        CANCELLED = "annule", "annulé"

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    kind = models.CharField("nature", max_length=10, choices=Kind, default=Kind.DIAGNOSTIC)
    state = models.CharField("état", max_length=8, choices=State, default=State.PLANNED)
    counsellor = models.ForeignKey(
        Counsellor, on_delete=models.PROTECT, related_name="appointments", verbose_name="conseiller"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="appointments", verbose_name="membre")
    starts_at = models.DateTimeField("début")
    ends_at = models.DateTimeField("fin")
    place = models.CharField("lieu", max_length=200, blank=True)
    video_url = models.URLField("lien de la visioconférence", blank=True)
    made_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="fixé par"
    )
    made_at = models.DateTimeField("fixé le", default=timezone.now, editable=False)
    ended_at = models.DateTimeField("annulé le", null=True, editable=False)
    changes = models.PositiveIntegerField("version du calendrier", default=0, editable=False)
    refuses_reminders = models.BooleanField("sans rappels", default=False)
    reminded_days_for = models.DateTimeField(null=True, editable=False)
    reminded_hours_for = models.DateTimeField(null=True, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "rendez-vous"
        verbose_name_plural = "rendez-vous"
        indexes = [
            models.Index(fields=["counsellor", "starts_at"], name="accompaniment_agenda"),
            models.Index(fields=["member", "starts_at"], name="accompaniment_of_member"),
        ]
        constraints = [
            models.CheckConstraint(
                name="accompaniment_appointment_ends_after",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="La fin vient après le début.",
            ),
            models.UniqueConstraint(
                fields=["counsellor", "starts_at"],
                condition=Q(state="prevu"),
                name="accompaniment_slot_given_once",
                violation_error_message="Ce créneau vient d’être pris.",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state="prevu", kind="diagnostic"),
                name="accompaniment_one_diagnostic_planned",
                violation_error_message="Un rendez-vous de diagnostic est déjà fixé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {timezone.localtime(self.starts_at):%d/%m/%Y %H:%M}"

    @property
    def is_planned(self) -> bool:
        return self.state == Appointment.State.PLANNED


class Feed(models.Model):
    """The private calendar of a counsellor, read by a program that cannot log in; its secret is kept as a digest."""

    counsellor = models.OneToOneField(
        Counsellor, on_delete=models.CASCADE, related_name="feed", verbose_name="conseiller"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("créé le", default=timezone.now)

    class Meta:
        verbose_name = "calendrier privé"
        verbose_name_plural = "calendriers privés"

    def __str__(self) -> str:
        return f"calendrier de {self.counsellor}"
