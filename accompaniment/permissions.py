"""Who may do what with an appointment."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accompaniment.models import Appointment
from accounts.models import Counsellor, Member, Referent, User


def can_keep_agenda(user: User, *, appointment: Appointment) -> bool:
    """The counsellor who meets the member, while they are one."""
    return Counsellor.objects.active().filter(user=user, pk=appointment.counsellor_id).exists()


def can_fix_appointment(user: User, *, member: Member, now: datetime | None = None) -> bool:
    """Who accompanies the member now, and nobody with themselves."""
    followed = Member.objects.followed_by(user, now).not_erased().filter(pk=member.pk)
    return member.user_id != user.pk and followed.exists()


def known_to(user: User, now: datetime | None = None) -> QuerySet[Member]:
    """Whom this counsellor may call and name: those whom they accompany, and those whom nobody does.

    Of somebody who was handed over, a former appointment keeps the hour alone.
    """
    active = Counsellor.objects.active(timezone.localdate(now or timezone.now()))
    followers = Referent.objects.live(now).filter(member=OuterRef("pk"), counsellor__in=active.values("pk"))
    followed = Member.objects.followed_by(user, now).values("pk")
    return Member.objects.filter(Q(pk__in=followed) | ~Q(Exists(followers))).not_erased()
