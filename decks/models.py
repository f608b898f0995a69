from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from decks import permissions
from pages.search.words import normalised
from pages.templatetags.french import NBSP, count_of, file_size
from private_files.names import new_reference, unguessable
from private_files.storage import private_storage

LONGEST_TEXT = 100_000


class Topic(models.TextChoices):
    """What a deck is about."""

    STRUCTURES = "structures", "les structures de l’ESS"
    GOVERNANCE = "gouvernance", "la gouvernance"
    SECTORS = "secteurs", "les secteurs"
    JOBS = "metiers", "les métiers"
    SEARCH = "recherche", "la recherche d’emploi"
    TERRITORIES = "territoires", "les territoires"


class State(StrEnum):
    DRAFT = "brouillon"
    PLANNED = "prévu"
    PUBLISHED = "publié"


class SlideDeckQuerySet(models.QuerySet["SlideDeck"]):
    def published(self, now: datetime | None = None) -> Self:
        return self.filter(published_at__lte=now or timezone.now())

    def in_state(self, state: State, now: datetime | None = None) -> Self:
        moment = now or timezone.now()
        if state is State.DRAFT:
            return self.filter(published_at=None)
        return self.published(moment) if state is State.PUBLISHED else self.filter(published_at__gt=moment)

    def readable_by(self, user: permissions.Visitor, now: datetime | None = None) -> Self:
        """What this person may read now; `permissions.can_read_deck` says the same of one deck."""
        if permissions.can_edit_decks(user):
            return self.all()
        moment = now or timezone.now()
        return self.published(moment) if permissions.can_read_decks(user, moment) else self.none()

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def without_texts(self) -> Self:
        """For lists: a deck's text is long, and only the search reads it."""
        return self.defer("text", "title_words", "words")


class SlideDeck(models.Model):
    """Slides that members and staff download. Never a Wagtail document: the file is private.

    `text` is what its slides say; `slide_count` is unknown until they have been
    read. `words` is all that the search compares, and `decks.decks` alone
    writes it.
    """

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    title = models.CharField("titre", max_length=120)
    topic = models.CharField("thème", max_length=12, choices=Topic)
    summary = models.TextField("résumé", max_length=400, blank=True)
    author = models.CharField("auteur", max_length=120, blank=True)
    edition_on = models.DateField("date d’édition")
    file = models.FileField("fichier", upload_to=unguessable, storage=private_storage, max_length=100)
    file_name = models.CharField("nom du fichier", max_length=120, editable=False)
    kind = models.CharField("genre de fichier", max_length=4, editable=False)
    size = models.PositiveBigIntegerField("taille en octets", default=0, editable=False)
    slide_count = models.PositiveSmallIntegerField("nombre de diapositives", null=True, editable=False)
    text = models.TextField("texte", blank=True, editable=False)
    title_words = models.TextField("mots du titre", blank=True, editable=False)
    words = models.TextField("mots", blank=True, editable=False)
    downloads = models.PositiveIntegerField("téléchargements", default=0, editable=False)
    published_at = models.DateTimeField(
        "publié le", null=True, blank=True, help_text="Sans date, le diaporama reste un brouillon que personne ne voit."
    )
    created_at = models.DateTimeField("ajouté le", auto_now_add=True)

    objects = SlideDeckQuerySet.as_manager()

    class Meta:
        verbose_name = "diaporama"
        verbose_name_plural = "diaporamas"
        constraints = [
            models.CheckConstraint(
                name="decks_deck_is_pptx_odp_or_pdf",
                condition=Q(kind__in=["pptx", "odp", "pdf"]),
                violation_error_message="Un diaporama est un fichier PPTX, ODP ou PDF.",
            ),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="decks_deck_by_publication")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.text = self.text[:LONGEST_TEXT]
        # A space on each side: a question finds the beginning of any word, the first one too.
        self.title_words = f" {normalised(self.title)} "
        said = (self.title, self.summary, self.author, self.get_topic_display(), self.text)
        self.words = f" {normalised(' '.join(said))} "
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("deck", args=[self.reference])

    @property
    def file_address(self) -> str:
        return reverse("private_file", args=["diaporama", self.reference])

    @property
    def facts(self) -> str:
        """« PPTX · 12 diapositives · 840 Ko »."""
        slides = count_of(self.slide_count, "diapositive") if self.slide_count else ""
        return " · ".join(fact for fact in (self.kind.upper(), slides, file_size(self.size)) if fact)

    def state(self, now: datetime | None = None) -> State:
        if self.published_at is None:
            return State.DRAFT
        return State.PUBLISHED if self.published_at <= (now or timezone.now()) else State.PLANNED


class PreviewQuerySet(models.QuerySet["Preview"]):
    def readable_by(self, user: permissions.Visitor, now: datetime | None = None) -> Self:
        return self.filter(deck__in=SlideDeck.objects.readable_by(user, now))

    def in_order(self) -> Self:
        return self.order_by("number")


class Preview(models.Model):
    """One of the first slides, as a private picture; number 0 is a drawn cover where slides cannot be drawn."""

    COVER = 0

    deck = models.ForeignKey(SlideDeck, on_delete=models.CASCADE, related_name="previews")
    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=250, blank=True)
    image = models.FileField(upload_to=unguessable, storage=private_storage, max_length=100)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    objects = PreviewQuerySet.as_manager()

    class Meta:
        verbose_name = "aperçu"
        verbose_name_plural = "aperçus"
        constraints = [models.UniqueConstraint(fields=["deck", "number"], name="decks_preview_of_a_slide_is_one")]

    def __str__(self) -> str:
        return f"{self.deck}, {self.number}"

    @property
    def address(self) -> str:
        return reverse("private_file", args=["apercu", self.reference])

    @property
    def alt(self) -> str:
        """What the picture says, for who does not see it."""
        if self.number == self.COVER:
            return ""
        return (
            f"Diapositive {self.number}{NBSP}: {self.text}" if self.text else f"Diapositive {self.number}, sans texte."
        )


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
