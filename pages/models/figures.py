from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class KeyFigure(models.Model):
    """A number that the site quotes, with where it comes from and its year. Pages point to it."""

    value = models.CharField("chiffre", max_length=40, help_text="Comme on le lit : « 40 % », « 490 400 ».")
    text = models.CharField("ce qu’il dit", max_length=200)
    source = models.CharField("source", max_length=120)
    year = models.PositiveSmallIntegerField(
        "année", validators=[MinValueValidator(1900), MaxValueValidator(2100)], help_text="L’année de la mesure."
    )
    url = models.URLField("adresse de la source", blank=True)

    panels = [
        FieldRowPanel([FieldPanel("value"), FieldPanel("year")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("url")]),
    ]

    class Meta:
        verbose_name = "chiffre clé"
        verbose_name_plural = "chiffres clés"

    def __str__(self) -> str:
        return f"{self.value} {self.text} ({self.source}, {self.year})"
