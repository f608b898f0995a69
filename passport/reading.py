"""Whose passports somebody reads: each question starts here, and what is not in its answer does not exist for them."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Counsellor, Member, Organisation, User
from passport.models import Cheque, Order, Passport


def own(user: User) -> QuerySet[Passport]:
    """The member’s, whatever became of their membership."""
    return Passport.objects.filter(member__user=user, member__erased_at=None)


def accompanied(user: User, now: datetime | None = None) -> QuerySet[Passport]:
    """Those in which a counsellor writes now: referent, stand-in, or help in an emergency. Never their own."""
    members = Member.objects.followed_by(user, now).not_erased().exclude(user=user)
    return Passport.objects.filter(member__in=members.values("pk"))


def of_member(member: Member) -> list[Passport]:
    """All of them, the newest first; asked once where they were fetched with the member."""
    return sorted(member.passports.all(), key=lambda row: (row.opened_at, row.pk), reverse=True)


def paid_by(user: User, now: datetime | None = None) -> QuerySet[Passport]:
    """Those that the prescribers for which somebody acts today ordered."""
    return Passport.objects.filter(sheet__order__organisation__in=prescribers_of(user, now).values("pk"))


def orders_of(user: User, now: datetime | None = None) -> QuerySet[Order]:
    return Order.objects.filter(organisation__in=prescribers_of(user, now).values("pk"))


def prescribers_of(user: User, now: datetime | None = None) -> QuerySet[Organisation]:
    today = timezone.localdate(now or timezone.now())
    return Organisation.objects.of(user, today).filter(is_prescriber=True)


def to_sign(user: User) -> QuerySet[Cheque]:
    """Cheques that wait for this member’s signature."""
    return Cheque.objects.proposed().filter(passport__in=own(user))


def counsellor_of(user: User) -> Counsellor:
    """The counsellor that this person is. Raises Counsellor.DoesNotExist for somebody who is none."""
    return Counsellor.objects.get(user=user)
