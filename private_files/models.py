from datetime import datetime
from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from private_files.names import new_reference


class UploadQuerySet(models.QuerySet["Upload"]):
    def running(self) -> Self:
        return self.filter(finished_at__isnull=True, dropped_at__isnull=True)

    def untouched_since(self, moment: datetime) -> Self:
        return self.filter(touched_at__lt=moment)


class Upload(models.Model):
    """A file that arrives in pieces: how much of it is here. `private_files.uploads` alone writes it.

    Its bytes are at `path`, on a disk that every process of the site shares,
    until the application that wanted the file has taken it. `mark` is how the
    sender knows the file again; `about` what the application is told of it.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=40)
    about = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    mark = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    # While the application takes the file: until then, nobody else begins to.
    taken_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    # Where its sender goes once it is finished.
    way_on = models.CharField(max_length=200, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "envoi de fichier"
        verbose_name_plural = "envois de fichiers"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "purpose"],
                condition=Q(finished_at__isnull=True, dropped_at__isnull=True),
                name="private_files_one_running_upload_per_purpose",
                violation_error_message="Un autre envoi est déjà en cours.",
            ),
            models.CheckConstraint(
                name="private_files_upload_is_within_its_size",
                condition=Q(offset__lte=F("size")) & Q(size__gt=0),
                violation_error_message="Le fichier est plus grand qu’annoncé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.purpose})"

    @property
    def path(self) -> Path:
        return Path(settings.UPLOADS_ROOT) / self.reference

    @property
    def arrived(self) -> int:
        """How many bytes are here for sure: of what was written, what the disk still has."""
        return min(self.offset, self.path.stat().st_size) if self.path.is_file() else 0

    @property
    def is_running(self) -> bool:
        return self.finished_at is None and self.dropped_at is None
