from django.db import models
from django.db.models import Q

from passport.models.passports import Passport


class Entry(models.Model):
    """A line of the ledger: never changed, never deleted, which the database itself refuses.

    `form` holds the bytes that were hashed; the other columns repeat some of
    them for questions, and `verify_passports` compares both.
    """

    passport = models.ForeignKey(Passport, on_delete=models.PROTECT, related_name="entries", verbose_name="passeport")
    seq = models.PositiveIntegerField("numéro")
    act = models.CharField("acte", max_length=12)
    kind = models.SlugField("activité", max_length=20, blank=True)
    hours = models.SmallIntegerField("heures", default=0)
    cancels = models.PositiveIntegerField("annule", null=True)
    recorded_at = models.DateTimeField("enregistrée le")
    form = models.TextField("forme")
    digest = models.CharField("empreinte", max_length=64, unique=True)

    class Meta:
        verbose_name = "écriture"
        verbose_name_plural = "écritures"
        ordering = ["passport_id", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["passport", "seq"], name="passport_entry_number_once"),
            models.UniqueConstraint(
                fields=["passport", "cancels"],
                condition=Q(cancels__isnull=False),
                name="passport_entry_cancelled_once",
                violation_error_message="Cette visite est déjà annulée.",
            ),
            models.CheckConstraint(
                name="passport_entry_of_hours_has_a_kind",
                condition=Q(act="visit", hours__gte=1, cancels__isnull=True) & ~Q(kind="")
                | Q(act="cancel", hours__lte=-1, cancels__isnull=False) & ~Q(kind="")
                | Q(hours=0, cancels__isnull=True) & ~Q(act__in=("visit", "cancel")),
            ),
        ]

    def __str__(self) -> str:
        return f"écriture {self.seq} du passeport {self.passport_id}"


class EntryText(models.Model):
    """A text that an entry holds the digest of; erased with its salt, it leaves the chain whole."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="texts", verbose_name="écriture")
    name = models.CharField("champ", max_length=20)
    salt = models.CharField(max_length=32)
    text = models.TextField("texte")

    class Meta:
        verbose_name = "texte d’une écriture"
        verbose_name_plural = "textes des écritures"
        constraints = [models.UniqueConstraint(fields=["entry", "name"], name="passport_text_once_in_entry")]

    def __str__(self) -> str:
        return f"{self.name} de l’écriture {self.entry_id}"
