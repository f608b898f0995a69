from typing import Any, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField

RICH_TEXT = ["h2", "h3", "bold", "ol", "ul", "link"]


class Audience(models.TextChoices):
    """The public that a session or a guide is made for."""

    EVERYONE = "tous", "tous publics"
    WOMEN = "femmes", "femmes"
    YOUNG = "jeunes", "jeunes"
    SENIORS = "seniors", "seniors"
    EXECUTIVES = "cadres", "cadres"
    RSA = "rsa", "bénéficiaires du RSA"


class DepartementQuerySet(models.QuerySet["Departement"]):
    def by_code(self) -> Self:
        return self.order_by("code")


class Departement(models.Model):
    """A piece of the association's territory, with a page of its own.

    The list is data: an association elsewhere has other ones. `code` is the
    official one ("93", "2A", "974").
    """

    code = models.CharField(
        "code",
        max_length=3,
        unique=True,
        validators=[RegexValidator(r"^(\d[\dAB]|97\d)$", "Un code de département : 75, 2A, 974…")],
    )
    name = models.CharField("nom", max_length=60, unique=True)
    slug = models.SlugField("nom dans l’adresse", max_length=60, editable=False)
    locative = models.CharField("avec sa préposition", max_length=80, help_text="Par exemple « en Seine-Saint-Denis ».")
    intro = RichTextField("présentation", blank=True, features=RICH_TEXT)
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="image",
    )

    objects = DepartementQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("name"), FieldPanel("locative")]),
        FieldPanel("intro"),
        FieldPanel("image"),
    ]

    class Meta:
        verbose_name = "département"
        verbose_name_plural = "départements"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = slugify(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("departement", args=[self.code, self.slug])


@register_setting(icon="home", order=100)
class Identity(BaseGenericSetting):
    """Who the association is: shown in the header, the footer, the mails and to search engines."""

    name = models.CharField("nom", max_length=80, default="Actess")
    tagline = models.CharField("en une phrase", max_length=160, blank=True)
    region = models.CharField("territoire", max_length=80, blank=True)
    address = models.CharField("adresse", max_length=160, blank=True)
    postcode = models.CharField("code postal", max_length=5, blank=True)
    city = models.CharField("ville", max_length=80, blank=True)
    telephone = models.CharField("téléphone", max_length=20, blank=True)
    opening_hours = models.CharField("horaires d’appel", max_length=120, blank=True)
    email = models.EmailField("adresse e-mail", blank=True)
    is_demo = models.BooleanField("site de démonstration", default=False)

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("tagline"), FieldPanel("region")], "L’association"),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("opening_hours")]),
                FieldPanel("email"),
            ],
            "La joindre",
        ),
        FieldPanel("is_demo", help_text="Une ligne en bas de chaque page dit que le site est une démonstration."),
    ]

    class Meta:
        verbose_name = "identité de l’association"


class Sector(models.Model):
    """A field of activity of the social economy. The list is data."""

    name = models.CharField("nom", max_length=80, unique=True)
    slug = models.SlugField("nom dans l’adresse", max_length=80, unique=True, editable=False)

    class Meta:
        verbose_name = "secteur d’activité"
        verbose_name_plural = "secteurs d’activité"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or slugify(self.name)
        super().save(*args, **kwargs)


class StructureKind(models.Model):
    """A kind of employer of the social economy: association, coopérative… The list is data."""

    name = models.CharField("nom", max_length=80, unique=True)
    slug = models.SlugField("nom dans l’adresse", max_length=80, unique=True, editable=False)

    class Meta:
        verbose_name = "genre de structure"
        verbose_name_plural = "genres de structures"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or slugify(self.name)
        super().save(*args, **kwargs)
