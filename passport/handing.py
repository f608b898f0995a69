"""When a member has another counsellor: what the former one proposed and nobody signed is taken back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import Counsellor, Referent
from passport import ledger, messages
from passport.models import Cheque


def take_back_left(now: datetime) -> int:
    """Each minute: how many proposals were withdrawn; who accompanies the member now is told."""
    return sum(take_back(cheque) for cheque in left(now).order_by("passport_id", "pk"))


def take_back(cheque: Cheque) -> bool:
    """Whether it was still open."""
    try:
        messages.left_behind(ledger.take_back(cheque))
    except ValidationError:
        return False
    return True


def left(now: datetime) -> QuerySet[Cheque]:
    """Proposals of counsellors who accompany the member no more; not those of a help in an emergency, which is over."""
    rows = Referent.objects.filter(member=OuterRef("passport__member"), counsellor=OuterRef("counsellor"))
    active = Counsellor.objects.active(timezone.localdate(now)).values("pk")
    follows = rows.live(now).filter(counsellor__in=active)
    helped = rows.filter(
        ends_at__gt=OuterRef("counsellor_signed_at"),
        role=Referent.Role.EXCEPTIONAL,
        starts_at__lte=OuterRef("counsellor_signed_at"),
    )
    return Cheque.objects.proposed().filter(~Exists(follows), ~Exists(helped)).select_related("passport__member__user")
