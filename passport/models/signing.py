from django.db import models
from django.db.models import Q
from django.utils import timezone

from accompaniment.models import LearningAgreement, SignedCopy
from accounts.models import Counsellor, Member, User
from passport.models.cheques import Cheque


class Pin(models.Model):
    """A member's secret code, to sign on a counsellor's telephone. Only the digest is kept."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="pin", verbose_name="membre")
    digest = models.CharField(max_length=160)
    set_at = models.DateTimeField("choisi le", default=timezone.now)
    # Wrong ones, one after the other; a right one puts it back to zero.
    tries = models.PositiveSmallIntegerField("essais manqués", default=0)
    locked_at = models.DateTimeField("bloqué le", null=True)

    class Meta:
        verbose_name = "code de signature"
        verbose_name_plural = "codes de signature"

    def __str__(self) -> str:
        return f"code du membre {self.member_id}"


class SigningLink(models.Model):
    """Opens one thing to sign, once, for some minutes: on the member's telephone, or on the counsellor's.

    There it asks for the member's code, without the counsellor's session. Only the digest of its token is kept.
    """

    class Means(models.TextChoices):
        QR = "qr", "QR code"
        PIN = "pin", "code"

    digest = models.CharField(max_length=64, unique=True)
    means = models.CharField("moyen", max_length=4, choices=Means)
    cheque = models.ForeignKey(
        Cheque, on_delete=models.CASCADE, null=True, related_name="signing_links", verbose_name="chèque"
    )
    agreement = models.ForeignKey(
        LearningAgreement, on_delete=models.CASCADE, null=True, related_name="signing_links", verbose_name="contrat"
    )
    made_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="fait par"
    )
    made_at = models.DateTimeField("fait le", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("jusqu’à")
    used_at = models.DateTimeField("utilisé le", null=True)

    class Meta:
        verbose_name = "lien de signature"
        verbose_name_plural = "liens de signature"
        constraints = [
            models.CheckConstraint(
                name="passport_link_opens_one_thing",
                condition=Q(cheque__isnull=False, agreement__isnull=True)
                | Q(cheque__isnull=True, agreement__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"lien de signature {self.pk}"


class PaperCheque(SignedCopy):
    """A blank cheque on paper, from a booklet, signed by hand; it counts once somebody else has seen its scan.

    `serial` is printed on it: `<booklet>-<leaf>`. Its number comes when it is
    recorded as a cheque.
    """

    serial = models.CharField("numéro de série", max_length=24, unique=True)
    counsellor = models.ForeignKey(
        Counsellor, on_delete=models.PROTECT, related_name="paper_cheques", verbose_name="remis à"
    )
    printed_at = models.DateTimeField("imprimé le", default=timezone.now, editable=False)
    cheque = models.OneToOneField(
        Cheque, on_delete=models.PROTECT, null=True, related_name="paper", verbose_name="chèque"
    )
    spoilt_because = models.CharField("annulé, parce que", max_length=200, blank=True)

    class Meta:
        verbose_name = "chèque papier"
        verbose_name_plural = "chèques papier"

    def __str__(self) -> str:
        return self.serial
