from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from candidates.models.profiles import Profile
from private_files.names import new_reference, unguessable
from private_files.storage import private_storage


class Video(models.Model):
    """A candidate's film: as it was sent, then as browsers play it. Never in the site's libraries.

    It shows to companies once the counsellor approved it (`approved_at`).
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
    sent_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    approved_at = models.DateTimeField("validée le", null=True)
    approved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

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
        ]

    def __str__(self) -> str:
        return f"vidéo de {self.profile.member}"


class VideoHelpQuerySet(models.QuerySet["VideoHelp"]):
    def live(self, now: datetime | None = None) -> Self:
        moment = now or timezone.now()
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=moment), starts_at__lte=moment)


class VideoHelp(models.Model):
    """A volunteer prepares the video of one candidate, and sees nothing else of theirs."""

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
