from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.contact_details import check_mailbox, check_name, check_telephone
from accounts.models.counsellors import Counsellor, Referent
from accounts.models.users import User
from association.models import Departement
from private_files.names import new_reference


class MemberQuerySet(models.QuerySet["Member"]):
    def of(self, user: User) -> Self:
        """The record of the person who logs in with this account."""
        return self.filter(user=user)

    def followed_by(self, user: User, now: datetime | None = None) -> Self:
        """Those whom this person accompanies now: as referent, stand-in, or for an emergency."""
        live = Referent.objects.live(now).filter(counsellor__in=Counsellor.objects.active().filter(user=user))
        return self.filter(pk__in=live.values("member"))

    def current(self, on: date | None = None) -> Self:
        """Those whose membership runs on this day."""
        return self.filter(Exists(Membership.objects.running(on).filter(member=OuterRef("pk"))))

    def not_erased(self) -> Self:
        return self.filter(erased_at__isnull=True)

    def by_name(self) -> Self:
        return self.order_by("last_name", "first_name", "pk")


class Member(models.Model):
    """A job seeker whom the association knows, apart from any account: both can be without an e-mail.

    `last_contact_on` starts the time after which what is kept is erased. Once
    `erased_at` is set no name, address or telephone is left.
    """

    reference = models.CharField("référence", max_length=16, unique=True, default=new_reference, editable=False)
    user = models.OneToOneField(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="member", verbose_name="compte"
    )
    first_name = models.CharField("prénom", max_length=150, blank=True, validators=[check_name])
    last_name = models.CharField("nom", max_length=150, blank=True, validators=[check_name])
    email = models.EmailField("adresse e-mail", blank=True, validators=[check_mailbox])
    telephone = models.CharField("téléphone", max_length=30, blank=True, validators=[check_telephone])
    born_on = models.DateField("date de naissance", null=True, blank=True)
    departement = models.ForeignKey(
        Departement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name="département",
    )
    last_contact_on = models.DateField("dernier contact", default=timezone.localdate)
    created_at = models.DateTimeField("connu depuis", auto_now_add=True)
    erased_at = models.DateTimeField("effacé le", null=True, blank=True, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "membre"
        verbose_name_plural = "membres"
        indexes = [models.Index(fields=["last_name", "first_name", "id"], name="accounts_members_by_name")]
        constraints = [
            models.CheckConstraint(
                name="accounts_member_has_a_name",
                condition=Q(erased_at__isnull=False) | ~Q(last_name=""),
                violation_error_message="Un membre a au moins un nom.",
            ),
            models.CheckConstraint(
                name="accounts_erased_member_is_nobody",
                condition=Q(erased_at__isnull=True)
                | Q(user=None, first_name="", last_name="", email="", telephone="", born_on=None),
                violation_error_message="Un membre effacé ne garde ni nom, ni adresse, ni téléphone.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or f"membre effacé {self.reference}"

    @property
    def mailbox(self) -> str:
        """Where they are written to: the account's address, which is verified, else the record's; maybe none."""
        return self.user.email if self.user else self.email


class MembershipQuerySet(models.QuerySet["Membership"]):
    def running(self, on: date | None = None) -> Self:
        day = on or timezone.localdate()
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def newest_first(self) -> Self:
        return self.order_by("-starts_on", "-pk")


class Membership(models.Model):
    """A member belongs to the association from a day to another, both included. A renewal is a row of its own."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships", verbose_name="membre")
    starts_on = models.DateField("du", default=timezone.localdate)
    ends_on = models.DateField("au")
    recorded_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="notée par"
    )
    recorded_at = models.DateTimeField("notée le", auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "adhésion"
        verbose_name_plural = "adhésions"
        indexes = [models.Index(fields=["-starts_on", "-id"], name="accounts_memberships_newest")]
        constraints = [
            models.CheckConstraint(
                name="accounts_membership_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="La fin vient après le début.",
            ),
            models.UniqueConstraint(
                fields=["member", "starts_on"],
                name="accounts_membership_starts_once",
                violation_error_message="Une adhésion commence déjà ce jour-là.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, du {self.starts_on} au {self.ends_on}"
