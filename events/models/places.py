from typing import Any

from django.db import models, transaction
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from association.models import Departement
from pages.search import entries


class Place(models.Model):
    """Somewhere people meet."""

    name = models.CharField("nom", max_length=120)
    address = models.CharField("adresse", max_length=160)
    postcode = models.CharField("code postal", max_length=5)
    city = models.CharField("ville", max_length=80)
    departement = models.ForeignKey(
        Departement, on_delete=models.PROTECT, related_name="places", verbose_name="département"
    )
    directions = models.TextField("comment venir", blank=True)
    accessible = models.BooleanField("accessible en fauteuil roulant", default=False)
    access_note = models.CharField("précision sur l’accès", max_length=200, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("postcode"), FieldPanel("city"), FieldPanel("departement")]),
        FieldPanel("directions"),
        FieldRowPanel([FieldPanel("accessible"), FieldPanel("access_note")]),
    ]

    class Meta:
        verbose_name = "lieu"
        verbose_name_plural = "lieux"

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Its sessions follow it: their département, and what the search knows of them."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.sessions.update(departement=self.departement_id)
            sessions = self.sessions.select_related("departement").order_by("pk")
            entries.write(session.search_entry() for session in sessions)
