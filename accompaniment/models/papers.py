from django.db import models
from django.db.models import F, Q

from accompaniment.models.agreements import LearningAgreement
from accounts.models import User
from private_files.names import new_reference, unguessable
from private_files.storage import private_storage


class SignedCopy(models.Model):
    """The copy of what was signed on paper: who sent it, and who of the staff, another person, has seen it."""

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    scan = models.FileField("copie", upload_to=unguessable, storage=private_storage, max_length=100, blank=True)
    scanned_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="copié par"
    )
    scanned_at = models.DateTimeField("copié le", null=True, editable=False)
    seen_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="vu par"
    )
    seen_at = models.DateTimeField("vu le", null=True, editable=False)

    class Meta:
        abstract = True


class PaperAgreement(SignedCopy):
    """A learning agreement that its member signed by hand, on the day that the counsellor typed with its copy."""

    agreement = models.OneToOneField(
        LearningAgreement, on_delete=models.PROTECT, related_name="paper", verbose_name="contrat pédagogique"
    )
    signed_on = models.DateField("signé à la main le")

    class Meta:
        verbose_name = "contrat papier"
        verbose_name_plural = "contrats papier"
        constraints = [
            models.CheckConstraint(
                name="accompaniment_paper_is_seen_by_another",
                condition=~Q(seen_by=F("scanned_by")),
                violation_error_message="Une autre personne que celle qui a envoyé la copie doit la voir.",
            ),
        ]

    def __str__(self) -> str:
        return f"contrat papier {self.reference}"
