from django.db import models
from django.db.models import Q


class ContactMessage(models.Model):
    """What somebody wrote to the association, or a number to call back. Kept twelve months."""

    class Kind(models.TextChoices):
        MESSAGE = "message", "message"
        CALLBACK = "callback", "être rappelé"

    kind = models.CharField("demande", max_length=10, choices=Kind, default=Kind.MESSAGE)
    name = models.CharField("nom", max_length=120)
    email = models.EmailField("adresse e-mail", blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    best_time = models.CharField("quand vous rappeler", max_length=120, blank=True)
    subject = models.CharField("sujet", max_length=120, blank=True)
    text = models.TextField("message", max_length=4000, blank=True)
    sent_at = models.DateTimeField("reçu le", auto_now_add=True)
    handled_at = models.DateTimeField("traité le", null=True, blank=True)

    class Meta:
        verbose_name = "message reçu"
        verbose_name_plural = "messages reçus"
        constraints = [
            models.CheckConstraint(
                name="home_message_can_be_answered",
                condition=~Q(email="") | ~Q(telephone=""),
                violation_error_message="Une adresse e-mail ou un téléphone, pour vous répondre.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} de {self.name}"
