from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from private_files.names import new_reference, unguessable
from private_files.storage import private_storage


class Topic(models.TextChoices):
    """What a deck is about."""

    STRUCTURES = "structures", "les structures de l’ESS"
    GOVERNANCE = "gouvernance", "la gouvernance"
    SECTORS = "secteurs", "les secteurs"
    JOBS = "metiers", "les métiers"
    SEARCH = "recherche", "la recherche d’emploi"
    TERRITORIES = "territoires", "les territoires"


class SlideDeckQuerySet(models.QuerySet["SlideDeck"]):
    def published(self, now: datetime | None = None) -> Self:
        return self.filter(published_at__lte=now or timezone.now())

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")


class SlideDeck(models.Model):
    """Slides that members and staff download. Never a Wagtail document: the file is private.

    `text` is what its slides say, for the search; `slide_count` and the
    previews come from the file, in the background.
    """

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    title = models.CharField("titre", max_length=120)
    topic = models.CharField("thème", max_length=12, choices=Topic)
    summary = models.TextField("résumé", max_length=400, blank=True)
    author = models.CharField("auteur", max_length=120, blank=True)
    edition_on = models.DateField("date d’édition")
    file = models.FileField("fichier", upload_to=unguessable, storage=private_storage, max_length=200)
    file_name = models.CharField("nom du fichier", max_length=120, editable=False)
    kind = models.CharField("genre de fichier", max_length=4, editable=False)
    size = models.PositiveBigIntegerField("taille en octets", default=0, editable=False)
    slide_count = models.PositiveSmallIntegerField("nombre de diapositives", null=True, editable=False)
    text = models.TextField("texte", blank=True, editable=False)
    downloads = models.PositiveIntegerField("téléchargements", default=0, editable=False)
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    created_at = models.DateTimeField("ajouté le", auto_now_add=True)

    objects = SlideDeckQuerySet.as_manager()

    class Meta:
        verbose_name = "diaporama"
        verbose_name_plural = "diaporamas"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("deck", args=[self.reference])


class Preview(models.Model):
    """One of the first slides, as a private picture; number 0 is a drawn cover where slides cannot be drawn."""

    deck = models.ForeignKey(SlideDeck, on_delete=models.CASCADE, related_name="previews")
    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    number = models.PositiveSmallIntegerField()
    image = models.FileField(upload_to=unguessable, storage=private_storage, max_length=200)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "aperçu"
        verbose_name_plural = "aperçus"
        constraints = [models.UniqueConstraint(fields=["deck", "number"], name="decks_preview_of_a_slide_is_one")]

    def __str__(self) -> str:
        return f"{self.deck}, {self.number}"


class Visit(models.Model):
    """When somebody last looked at the decks, so that they see what is new since."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    last_at = models.DateTimeField()
    previous_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "visite des diaporamas"
        verbose_name_plural = "visites des diaporamas"

    def __str__(self) -> str:
        return f"{self.user}, {self.last_at}"
