from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from passport.models.orders import Order


class InvoicedMonthQuerySet(models.QuerySet["InvoicedMonth"]):
    def standing(self) -> "InvoicedMonthQuerySet":
        """Those that were not taken back."""
        return self.filter(cancels=None, cancelled_by=None)


class InvoicedMonth(models.Model):
    """The lines of an order’s month are on an invoice. Never changed: taken back by a row that names it and says why.

    `month` is its first day; `amount` is what its lines came to, in euros.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="invoiced", verbose_name="commande")
    month = models.DateField("mois")
    number = models.CharField("numéro de facture", max_length=40)
    dated_on = models.DateField("date de la facture")
    amount = models.DecimalField("montant (€)", max_digits=12, decimal_places=2)
    cancels = models.OneToOneField(
        "self", on_delete=models.RESTRICT, null=True, related_name="cancelled_by", verbose_name="annule"
    )
    reason = models.CharField("raison", max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="noté par"
    )
    recorded_at = models.DateTimeField("noté le", default=timezone.now, editable=False)

    objects = InvoicedMonthQuerySet.as_manager()

    class Meta:
        verbose_name = "mois facturé"
        verbose_name_plural = "mois facturés"
        indexes = [models.Index(fields=["month", "order"], name="passport_invoiced_by_month")]
        constraints = [
            models.CheckConstraint(
                name="passport_invoice_is_taken_back_with_a_reason",
                condition=Q(cancels__isnull=True, reason="") | Q(cancels__isnull=False) & ~Q(reason=""),
                violation_error_message="Dites pourquoi cette facture ne compte plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"facture {self.number}"
