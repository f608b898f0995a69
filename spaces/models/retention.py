from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def _months(label: str, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )


@register_setting(icon="time", order=300)
class Retention(BaseGenericSetting):
    """How long what the site keeps of people stays, in months."""

    bookings_months = _months("réservations (mois)", 6)
    members_months = _months("membres, après le dernier contact (mois)", 24)
    looks_months = _months("journal des consultations et des messages (mois)", 12)
    vouchers_months = _months("pièces comptables (mois)", 120)

    panels = [
        FieldPanel("bookings_months"),
        FieldPanel("members_months"),
        FieldPanel("looks_months"),
        FieldPanel("vouchers_months"),
    ]

    class Meta:
        verbose_name = "durées de conservation"


class Erasure(models.Model):
    """That somebody was erased: no name, but what a restored backup must erase again."""

    class Why(models.TextChoices):
        ASKED = "demande", "à sa demande"
        RETENTION = "duree", "durée de conservation"

    member_reference = models.CharField("référence du membre", max_length=16, blank=True)
    user_digest = models.CharField("compte", max_length=64, blank=True)
    why = models.CharField("pourquoi", max_length=10, choices=Why)
    kept = models.TextField("ce qui est gardé, et pourquoi", blank=True)
    erased_at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "effacement"
        verbose_name_plural = "effacements"

    def __str__(self) -> str:
        return f"{self.get_why_display()}, {self.erased_at}"


class RetentionReport(models.Model):
    """What one day's upkeep deleted because its time was over: a number for each kind of thing."""

    ran_on = models.DateField("jour", unique=True)
    counts = models.JSONField("effacés", default=dict)

    class Meta:
        verbose_name = "rapport de conservation"
        verbose_name_plural = "rapports de conservation"

    def __str__(self) -> str:
        return f"{self.ran_on}"

    @property
    def in_words(self) -> str:
        return ", ".join(f"{count} {thing}" for thing, count in self.counts.items() if count) or "rien"
