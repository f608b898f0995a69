from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.contact_details import check_mailbox, check_name, check_telephone
from accounts.models.users import User
from accounts.sirets import SiretField
from association.models import Departement
from private_files.names import new_reference


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of(self, user: User, on: date | None = None) -> Self:
        """Those for which this person acts on this day."""
        return self.filter(pk__in=Affiliation.objects.of(user).current(on).values("organisation"))

    def companies(self) -> Self:
        """Those that candidates may show their page to."""
        return self.filter(is_company=True, closed_on__isnull=True)

    def prescribers(self) -> Self:
        return self.filter(is_prescriber=True, closed_on__isnull=True)

    def by_name(self) -> Self:
        return self.order_by("name", "pk")


class Organisation(models.Model):
    """A body that sends people (prescriber), that hires them (company), or both."""

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    name = models.CharField("nom", max_length=160, validators=[check_name])
    is_prescriber = models.BooleanField("prescripteur", default=False)
    is_company = models.BooleanField("entreprise", default=False)
    siret = SiretField("SIRET")
    departement = models.ForeignKey(
        Departement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name="département",
    )
    address = models.CharField("adresse", max_length=200, blank=True, validators=[check_name])
    email = models.EmailField("adresse e-mail", blank=True, validators=[check_mailbox])
    telephone = models.CharField("téléphone", max_length=30, blank=True, validators=[check_telephone])
    website = models.URLField("site internet", blank=True)
    closed_on = models.DateField("fermée le", null=True, blank=True)
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisme"
        verbose_name_plural = "organismes"
        indexes = [models.Index(fields=["name", "id"], name="accounts_organisations_by_name")]
        constraints = [
            models.CheckConstraint(
                name="accounts_organisation_sends_or_hires",
                condition=Q(is_prescriber=True) | Q(is_company=True),
                violation_error_message="Un organisme est prescripteur, entreprise, ou les deux.",
            ),
            models.UniqueConstraint(
                "siret",
                name="accounts_organisation_has_its_own_siret",
                condition=~Q(siret=""),
                violation_error_message="Un organisme a déjà ce SIRET.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def current(self, on: date | None = None) -> Self:
        """Running on this day, in an organisation that is not closed."""
        day = on or timezone.localdate()
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, organisation__closed_on__isnull=True
        )


class Affiliation(models.Model):
    """Somebody acts for an organisation, from a day on and until another (both included)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="affiliations", verbose_name="personne")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations", verbose_name="organisme"
    )
    starts_on = models.DateField("depuis le", default=timezone.localdate)
    ends_on = models.DateField("jusqu’au", null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = "rattachement"
        verbose_name_plural = "rattachements"
        constraints = [
            models.CheckConstraint(
                name="accounts_affiliation_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin vient après le début.",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ends_on__isnull=True),
                name="accounts_affiliation_runs_once",
                violation_error_message="Cette personne est déjà rattachée à cet organisme.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"
