"""Who prints which paper. What is not in the answer does not exist for them: each question is asked of `reading`."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Counsellor, User
from accounts.roles import Role, roles_of
from passport import reading
from passport.models import Cheque, Order, PaperCheque, Passport, Sheet

State = Cheque.State


def passports_of(user: User, now: datetime | None = None) -> QuerySet[Passport]:
    """The member's own, those that a counsellor accompanies now, those that a prescriber paid."""
    return Passport.objects.filter(_near(user, now) | Q(pk__in=reading.paid_by(user, now).values("pk")))


def attested_for(user: User, now: datetime | None = None) -> QuerySet[Cheque]:
    """Visits that both signed, those that were cancelled since among them."""
    return Cheque.objects.filter(
        passport__in=passports_of(user, now).values("pk"), state__in=(State.SIGNED, State.CANCELLED)
    )


def certified_for(user: User, now: datetime | None = None) -> QuerySet[Cheque]:
    """Visits that count, for the member and for who accompanies them: a certificate is not the prescriber's."""
    return Cheque.objects.signed().filter(passport__in=Passport.objects.filter(_near(user, now)).values("pk"))


def sheets_of(user: User, now: datetime | None = None) -> QuerySet[Sheet]:
    """Of confirmed orders: to treasurers, to who pays, and to both sides of the passport that it fills."""
    confirmed = Sheet.objects.filter(order__state=Order.State.CONFIRMED)
    if Role.TREASURER in roles_of(user):
        return confirmed
    near = Passport.objects.filter(_near(user, now))
    return confirmed.filter(Q(order__in=reading.orders_of(user, now).values("pk")) | Q(passport__in=near.values("pk")))


def blanks_of(user: User, booklet: str) -> QuerySet[PaperCheque]:
    """The leaves of a counsellor's booklet that nobody has used or spoilt."""
    mine = PaperCheque.objects.filter(
        counsellor__in=Counsellor.objects.active().filter(user=user), serial__startswith=f"{booklet}-"
    )
    return mine.filter(cheque=None, scanned_at=None, spoilt_because="").order_by("serial")


def _near(user: User, now: datetime | None) -> Q:
    """The member, and who accompanies them."""
    return Q(pk__in=reading.own(user).values("pk")) | Q(pk__in=reading.accompanied(user, now).values("pk"))
