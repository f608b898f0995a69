"""Until when a meeting takes bookings, and from whom."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.memberships import current_membership
from accounts.models import Member, Membership
from events.models import Meeting
from pages.templatetags.french import short_date

COME_BEFORE = timedelta(hours=2)
COME_AFTER = timedelta(days=7)


def check_not_ended(session: Meeting, now: datetime) -> None:
    """Staff book until the end of a published meeting."""
    if session.is_cancelled:
        raise ValidationError("Cette réunion est annulée.", code="cancelled")
    if not session.is_published(now):
        raise ValidationError("Les réservations de cette réunion ne sont pas ouvertes.", code="not_open")
    if session.has_ended(now):
        raise ValidationError("Cette réunion est terminée.", code="ended")


def check_not_started(session: Meeting, now: datetime) -> None:
    """Everybody else books until the start."""
    check_not_ended(session, now)
    if session.starts_at <= now:
        raise ValidationError("Cette réunion a commencé : choisissez une autre date.", code="started")


def check_open_to_all(session: Meeting) -> None:
    if not session.is_for_all:
        raise ValidationError("Cet événement est réservé aux membres.", code="members_only")


def check_membership(session: Meeting, member: Member | None) -> None:
    if member and (told := closed_to(session, member)):
        raise ValidationError(told, code="not_a_member_then")


def closed_to(session: Meeting, member: Member) -> str:
    """Why a members' event is not for this one: nobody's membership runs out before its day. Empty where it is."""
    day = timezone.localdate(session.starts_at)
    if session.is_for_all or current_membership(member, day):
        return ""
    last = Membership.objects.filter(member=member, ends_on__lt=day).order_by("-ends_on").first()
    if last is None:
        return "L’adhésion ne court pas encore le jour de cet événement."
    return (
        f"L’adhésion finit le {short_date(last.ends_on)}, avant cet événement. "
        "Une fois qu’elle est renouvelée, la place peut être réservée."
    )


def check_day_of(session: Meeting, now: datetime) -> None:
    """Who comes without a booking is written down a little before, and until a week after, for the paper sheets."""
    if session.is_cancelled:
        raise ValidationError("Cette réunion est annulée.", code="cancelled")
    if not session.starts_at - COME_BEFORE <= now <= session.ends_at + COME_AFTER:
        told = "Une personne venue sans réservation se note de deux heures avant le début à sept jours après la fin."
        raise ValidationError(told, code="not_the_day")


def check_can_still_change(session: Meeting, now: datetime) -> None:
    """What people may do with their place, even in a cancelled meeting."""
    if session.has_ended(now):
        raise ValidationError("Cette réunion est terminée : votre réservation ne change plus.", code="ended")
