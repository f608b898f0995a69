from django.db import models
from django.utils import timezone

from accounts.models import Organisation, User
from private_files.names import new_reference, unguessable
from private_files.storage import private_storage


class AuditFile(models.Model):
    """Attestations, figures and the signed statement of what an organisation paid for, put together in the background.

    `scope` says of what: {"passport": reference}, {"order": reference}, or {"from": day, "to": day}.
    """

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="audit_files", verbose_name="prescripteur"
    )
    asked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="demandé par"
    )
    asked_at = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    scope = models.JSONField("de quoi", default=dict)
    total = models.PositiveIntegerField("passeports", default=0)
    done = models.PositiveIntegerField("prêts", default=0)
    file = models.FileField(upload_to=unguessable, storage=private_storage, max_length=100, blank=True)
    ready_at = models.DateTimeField("prêt le", null=True)
    failed_at = models.DateTimeField("échoué le", null=True)
    expires_at = models.DateTimeField("disponible jusqu’au", null=True)

    class Meta:
        verbose_name = "dossier de contrôle"
        verbose_name_plural = "dossiers de contrôle"
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"dossier de contrôle {self.reference}"
