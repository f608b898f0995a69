import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("passport", "0006_summary_can_be_stopped"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InvoicedMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="mois")),
                ("number", models.CharField(max_length=40, verbose_name="numéro de facture")),
                ("dated_on", models.DateField(verbose_name="date de la facture")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="montant (€)")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="raison")),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="noté le"),
                ),
                (
                    "cancels",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="cancelled_by",
                        to="passport.invoicedmonth",
                        verbose_name="annule",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoiced",
                        to="passport.order",
                        verbose_name="commande",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noté par",
                    ),
                ),
            ],
            options={
                "verbose_name": "mois facturé",
                "verbose_name_plural": "mois facturés",
                "indexes": [models.Index(fields=["month", "order"], name="passport_invoiced_by_month")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancels__isnull", True), ("reason", "")),
                            models.Q(("cancels__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="passport_invoice_is_taken_back_with_a_reason",
                        violation_error_message="Dites pourquoi cette facture ne compte plus.",
                    )
                ],
            },
        ),
    ]
