from django.db import models
from django.db.models import F, Q

from accounts.contact_details import check_name
from accounts.models import Organisation, User
from events.models.meetings import Meeting


class KeptSeats(models.Model):
    """Seats of a meeting that are kept for the people whom a prescriber books, until the end of a day."""

    session = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="kept_seats", verbose_name="réunion")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="kept_seats", verbose_name="prescripteur"
    )
    seats = models.PositiveSmallIntegerField("places")
    until = models.DateField("jusqu’au")
    recorded_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="décidé par"
    )

    class Meta:
        verbose_name = "places gardées"
        verbose_name_plural = "places gardées"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "organisation"],
                name="events_kept_seats_once_by_prescriber",
                violation_error_message="Des places sont déjà gardées pour ce prescripteur.",
            ),
            models.CheckConstraint(
                name="events_kept_seats_are_some",
                condition=Q(seats__gte=1),
                violation_error_message="Gardez au moins une place.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seats} pour {self.organisation}"


class Guest(models.Model):
    """Somebody who is invited to a members' event: an employer, a speaker. They take a guest's seat."""

    class Role(models.TextChoices):
        EMPLOYER = "employeur", "employeur"
        SPEAKER = "intervenant", "intervenant"
        PARTNER = "partenaire", "partenaire"

    session = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests", verbose_name="événement")
    name = models.CharField("nom", max_length=150, validators=[check_name])
    body = models.CharField("structure", max_length=150, blank=True, validators=[check_name])
    role = models.CharField("rôle", max_length=12, choices=Role, default=Role.EMPLOYER)
    is_shown = models.BooleanField("nommé sur la page", default=False)

    class Meta:
        verbose_name = "invité"
        verbose_name_plural = "invités"
        ordering = [F("pk").asc()]

    def __str__(self) -> str:
        return self.name
