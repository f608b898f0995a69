from django.db import models
from django.utils import timezone

from accounts.models import User
from private_files.names import new_reference, unguessable
from private_files.storage import private_storage


class Export(models.Model):
    """Everything the site keeps about somebody, made in the background and downloadable until it expires."""

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="exports")
    file = models.FileField(upload_to=unguessable, storage=private_storage, max_length=200, blank=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now)
    ready_at = models.DateTimeField("prêt le", null=True)
    expires_at = models.DateTimeField("disponible jusqu’au", null=True)

    class Meta:
        verbose_name = "export de données"
        verbose_name_plural = "exports de données"

    def __str__(self) -> str:
        return f"{self.user}, {self.asked_at}"
