from django.db import models
from django.utils import timezone


class SigningKey(models.Model):
    """The public half of a key that signs heads and statements. The other half is in a file, outside the database.

    A key that succeeds another is signed by it: `endorsement` is the former
    one’s signature over the public half.
    """

    name = models.CharField("nom", max_length=32, unique=True)
    public = models.CharField("clé publique", max_length=44, unique=True)
    former = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="successor", verbose_name="succède à"
    )
    endorsement = models.CharField("signature de la précédente", max_length=88, blank=True)
    made_at = models.DateTimeField("depuis", default=timezone.now)

    class Meta:
        verbose_name = "clé de signature"
        verbose_name_plural = "clés de signature"

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """The head of every chain at the end of a day, signed, following the one before: what shows that an end was cut."""

    number = models.PositiveIntegerField("numéro", unique=True)
    day = models.DateField("jour", unique=True)
    body = models.TextField("contenu")
    digest = models.CharField("empreinte", max_length=64, unique=True)
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="statements", verbose_name="clé")
    signature = models.CharField(max_length=88)
    made_at = models.DateTimeField("fait le", default=timezone.now)

    class Meta:
        verbose_name = "relevé du jour"
        verbose_name_plural = "relevés du jour"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"relevé {self.number}, {self.day}"
