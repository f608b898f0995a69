from typing import Self

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accompaniment.models import PackageVersion
from accounts.models import Member, Organisation, User
from accounts.sirets import SiretField
from private_files.names import new_reference


class OrderQuerySet(models.QuerySet["Order"]):
    def of(self, organisations: models.QuerySet[Organisation]) -> Self:
        """Those that one of these bodies pays for."""
        return self.filter(organisation__in=organisations)

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")


class Order(models.Model):
    """A prescriber buys packages: one sheet of stamps each. `price` is of one package, in euros."""

    class State(models.TextChoices):
        ASKED = "demandee", "demandée"
        CONFIRMED = "confirmee", "confirmée"
        CANCELLED = "annulee", "annulée"

    class Billing(models.TextChoices):
        WHOLE = "forfait", "le forfait entier, à l’ouverture"
        HOURS = "heures", "les heures utilisées"

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    number = models.CharField("numéro", max_length=20, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="orders", verbose_name="prescripteur"
    )
    version = models.ForeignKey(PackageVersion, on_delete=models.PROTECT, related_name="+", verbose_name="forfait")
    quantity = models.PositiveSmallIntegerField("nombre de forfaits", validators=[MinValueValidator(1)])
    price = models.DecimalField("prix d’un forfait (€)", max_digits=9, decimal_places=2, default=0)
    billing = models.CharField("facturation", max_length=8, choices=Billing, default=Billing.WHOLE)
    state = models.CharField("état", max_length=10, choices=State, default=State.ASKED)
    siret = SiretField("SIRET à facturer")
    service_code = models.CharField(
        "code service (Chorus Pro)", max_length=100, blank=True, validators=[RegexValidator(r"^[\w .\-/]*$")]
    )
    commitment_number = models.CharField(
        "numéro d’engagement (Chorus Pro)", max_length=50, blank=True, validators=[RegexValidator(r"^[\w .\-/]*$")]
    )
    asked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="demandée par"
    )
    asked_at = models.DateTimeField("demandée le", default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="décidée par"
    )
    decided_at = models.DateTimeField("décidée le", null=True, editable=False)
    cancelled_because = models.CharField("raison de l’annulation", max_length=200, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "commande"
        verbose_name_plural = "commandes"
        constraints = [
            models.CheckConstraint(
                name="passport_order_buys_something",
                condition=Q(quantity__gte=1, price__gte=0),
                violation_error_message="Une commande porte sur un forfait au moins.",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Sheet(models.Model):
    """The stamps of one package of an order. It is given to one member, and to another before its first cheque."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="sheets", verbose_name="commande")
    number = models.PositiveSmallIntegerField("planche")

    class Meta:
        verbose_name = "planche de vignettes"
        verbose_name_plural = "planches de vignettes"
        constraints = [models.UniqueConstraint(fields=["order", "number"], name="passport_sheet_once_in_order")]

    def __str__(self) -> str:
        return f"{self.order}/{self.number}"

    @property
    def in_words(self) -> str:
        """Of those that were ordered; one more stands in the place of a sheet that was taken back."""
        ordered = self.order.quantity
        rest = f" sur {ordered}" if self.number <= ordered else ", à la place d’une autre"
        return f"planche {self.number}{rest}"


class Gift(models.Model):
    """A sheet is meant for a member, from a moment on; who had it before stays written."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="gifts", verbose_name="planche")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="gifts", verbose_name="membre")
    given_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="donnée par"
    )
    given_at = models.DateTimeField("donnée le", default=timezone.now, editable=False)
    taken_back_at = models.DateTimeField("reprise le", null=True, editable=False)
    reason = models.CharField("raison", max_length=200, blank=True)

    class Meta:
        verbose_name = "attribution d’une planche"
        verbose_name_plural = "attributions de planches"
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(taken_back_at__isnull=True),
                name="passport_sheet_has_one_holder",
                violation_error_message="Cette planche est déjà donnée à un membre.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} à {self.member_id}"
