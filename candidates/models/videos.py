from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from candidates.models.profiles import Profile
from private_files.names import new_reference, unguessable
from private_files.storage import private_storage


class VideoQuerySet(models.QuerySet["Video"]):
    def waiting(self) -> Self:
        return self.filter(state=Video.State.WAITING)

    def ready(self) -> Self:
        return self.filter(state=Video.State.READY)

    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False)

    def to_approve(self) -> Self:
        """Sent and not approved: being prepared, to be watched, or refused."""
        return self.filter(approved_at__isnull=True)


class Video(models.Model):
    """A candidate's film: as it was sent, then as browsers play it. Never in the site's libraries.

    It shows to companies once the counsellor approved it (`approved_at`). A
    page has one such film, and one that may take its place. `original` is
    there only until the film has been made of it.
    """

    class State(models.TextChoices):
        WAITING = "en_attente", "en attente"
        READY = "prete", "prête"
        REFUSED = "refusee", "refusée"

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="videos")
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    original = models.FileField(upload_to=unguessable, storage=private_storage, max_length=200, blank=True)
    film = models.FileField("film", upload_to=unguessable, storage=private_storage, max_length=200, blank=True)
    poster = models.FileField("affiche", upload_to=unguessable, storage=private_storage, max_length=200, blank=True)
    captions = models.FileField(
        "sous-titres", upload_to=unguessable, storage=private_storage, max_length=200, blank=True
    )
    transcript = models.TextField("transcription", max_length=20000, blank=True)
    seconds = models.FloatField("durée en secondes", null=True)
    width = models.PositiveSmallIntegerField("largeur", null=True)
    height = models.PositiveSmallIntegerField("hauteur", null=True)
    refusal = models.CharField("pourquoi", max_length=300, blank=True)
    sent_at = models.DateTimeField("envoyée le", default=timezone.now)
    # Who approves says which film and which captions they watched.
    changed_at = models.DateTimeField("modifiée le", default=timezone.now, editable=False)
    sent_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField("validée le", null=True)
    approved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = VideoQuerySet.as_manager()

    class Meta:
        verbose_name = "vidéo de candidat"
        verbose_name_plural = "vidéos de candidats"
        constraints = [
            models.CheckConstraint(
                name="candidates_ready_video_has_a_film", condition=~Q(state="prete") | (~Q(film="") & ~Q(poster=""))
            ),
            models.CheckConstraint(
                name="candidates_approved_video_is_ready", condition=Q(approved_at__isnull=True) | Q(state="prete")
            ),
            models.UniqueConstraint(
                fields=["profile"], condition=Q(approved_at__isnull=False), name="candidates_one_video_is_approved"
            ),
            models.UniqueConstraint(
                fields=["profile"],
                condition=Q(approved_at__isnull=True),
                name="candidates_one_video_is_to_approve",
                violation_error_message="Une autre vidéo vient d’être envoyée : rechargez la page.",
            ),
        ]

    def __str__(self) -> str:
        return f"vidéo de {self.profile.member}"

    @property
    def url(self) -> str:
        return reverse("private_file", args=["video", self.reference])

    @property
    def poster_url(self) -> str:
        return reverse("private_file", args=["affiche", self.reference])

    @property
    def captions_url(self) -> str:
        return reverse("private_file", args=["sous-titres", self.reference]) if self.captions else ""


class VideoHelpQuerySet(models.QuerySet["VideoHelp"]):
    def live(self, now: datetime | None = None) -> Self:
        moment = now or timezone.now()
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=moment), starts_at__lte=moment)


class VideoHelp(models.Model):
    """A volunteer prepares the video of one candidate, and sees nothing else of theirs."""

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="helps")
    volunteer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="bénévole")
    starts_at = models.DateTimeField("depuis", default=timezone.now)
    ends_at = models.DateTimeField("jusqu’à", null=True, blank=True)

    objects = VideoHelpQuerySet.as_manager()

    class Meta:
        verbose_name = "aide à la vidéo"
        verbose_name_plural = "aides à la vidéo"
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "volunteer"],
                condition=Q(ends_at__isnull=True),
                name="candidates_volunteer_helps_once",
                violation_error_message="Ce bénévole aide déjà cette personne.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} pour {self.profile.member}"
