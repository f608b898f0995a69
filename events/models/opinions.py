from django.db import models
from django.utils import timezone

from events.models.meetings import Meeting


class Opinion(models.Model):
    """What somebody who came thinks of the meeting, in three questions; nothing says who."""

    class Mark(models.IntegerChoices):
        VERY = 4, "tout à fait"
        RATHER = 3, "plutôt"
        LITTLE = 2, "pas vraiment"
        NOT = 1, "pas du tout"

    session = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="opinions", verbose_name="réunion")
    useful = models.PositiveSmallIntegerField("utile", choices=Mark)
    clear = models.PositiveSmallIntegerField("claire", choices=Mark)
    better = models.TextField("à améliorer", max_length=500, blank=True)
    given_on = models.DateField("donné le", default=timezone.localdate)

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"

    def __str__(self) -> str:
        return f"avis sur {self.session}"
