from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Counsellor, User
from passport.models.cheques import Cheque
from passport.models.passports import Passport
from private_files.names import new_reference


class Note(models.Model):
    """What a visit came to, in three parts, for the next one. Only the member and who accompanies them read it."""

    passport = models.ForeignKey(Passport, on_delete=models.PROTECT, related_name="notes", verbose_name="passeport")
    cheque = models.OneToOneField(
        Cheque, on_delete=models.PROTECT, null=True, related_name="note", verbose_name="visite"
    )
    author = models.ForeignKey(Counsellor, on_delete=models.PROTECT, related_name="+", verbose_name="conseiller")
    assessment = models.TextField("bilan", max_length=2000, blank=True)
    strategy = models.TextField("stratégie", max_length=2000, blank=True)
    next_steps = models.TextField("prochaines étapes", max_length=2000, blank=True)
    written_at = models.DateTimeField("écrite le", default=timezone.now, editable=False)
    changed_at = models.DateTimeField("modifiée le", auto_now=True)

    class Meta:
        verbose_name = "note de visite"
        verbose_name_plural = "notes de visites"
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return f"note {self.pk} du passeport {self.passport_id}"


class Dispute(models.Model):
    """The member contests a signed visit: until somebody answers, it is not billed."""

    class Outcome(models.TextChoices):
        KEPT = "maintenue", "la visite est maintenue"
        CANCELLED = "annulee", "la visite est annulée"
        WITHDRAWN = "retiree", "la contestation est retirée"

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    cheque = models.ForeignKey(Cheque, on_delete=models.PROTECT, related_name="disputes", verbose_name="visite")
    words = models.TextField("ce que dit le membre", max_length=1000)
    opened_at = models.DateTimeField("ouverte le", default=timezone.now, editable=False)
    outcome = models.CharField("issue", max_length=9, choices=Outcome, blank=True)
    answer = models.TextField("réponse", max_length=1000, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="réglée par"
    )
    settled_at = models.DateTimeField("réglée le", null=True, editable=False)

    class Meta:
        verbose_name = "contestation"
        verbose_name_plural = "contestations"
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cheque"],
                condition=Q(settled_at__isnull=True),
                name="passport_one_dispute_open",
                violation_error_message="Cette visite est déjà contestée.",
            ),
            models.CheckConstraint(
                name="passport_settled_dispute_has_its_outcome",
                condition=Q(settled_at__isnull=True, outcome="") | Q(settled_at__isnull=False) & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return f"contestation {self.reference}"


class StoppedSummary(models.Model):
    """Somebody who acts for prescribers asked not to be written the summary of each month any more."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="stopped_summary", verbose_name="personne")
    stopped_at = models.DateTimeField("arrêté le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "arrêt du résumé mensuel"
        verbose_name_plural = "arrêts du résumé mensuel"

    def __str__(self) -> str:
        return f"arrêt du résumé mensuel, {self.user_id}"


class Evaluation(models.Model):
    """What somebody thinks of a visit, or of the whole (`cheque` empty): one to four, and a few words.

    A member's words reach the prescriber only where they agree.
    """

    class By(models.TextChoices):
        MEMBER = "membre", "le membre"
        COUNSELLOR = "conseiller", "le conseiller"
        PRESCRIBER = "prescripteur", "le prescripteur"

    BEST = 4

    passport = models.ForeignKey(
        Passport, on_delete=models.PROTECT, related_name="evaluations", verbose_name="passeport"
    )
    cheque = models.ForeignKey(
        Cheque, on_delete=models.PROTECT, null=True, related_name="evaluations", verbose_name="visite"
    )
    by = models.CharField("par", max_length=12, choices=By)
    user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="personne"
    )
    score = models.PositiveSmallIntegerField("note", validators=[MinValueValidator(1), MaxValueValidator(BEST)])
    words = models.TextField("en quelques mots", max_length=600, blank=True)
    words_are_shared = models.BooleanField("le prescripteur peut lire ces mots", default=False)
    made_at = models.DateTimeField("faite le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "évaluation"
        verbose_name_plural = "évaluations"
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cheque", "by"], condition=Q(cheque__isnull=False), name="passport_visit_judged_once_by_each"
            ),
            models.UniqueConstraint(
                fields=["passport", "by"], condition=Q(cheque__isnull=True), name="passport_whole_judged_once_by_each"
            ),
            models.CheckConstraint(name="passport_score_is_on_the_scale", condition=Q(score__gte=1, score__lte=4)),
        ]

    def __str__(self) -> str:
        return f"{self.get_by_display()} : {self.score}"
