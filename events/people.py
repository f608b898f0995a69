"""The member's record of somebody who booked, and their own space, of what they typed: nothing is typed twice."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import invitations, members, referents
from accounts.models import Counsellor, Invitation, InvitedAs, Member, Referent, User
from events.models import Booking
from pages.search.words import fold


class Outcome(StrEnum):
    """What became of « Créer son espace »."""

    INVITED = "invited"
    ALREADY_INVITED = "already_invited"
    HAS_ACCOUNT = "has_account"
    NO_ADDRESS = "no_address"
    ACCOMPANIED = "accompanied"


@dataclass(frozen=True)
class Opened:
    member: Member
    outcome: Outcome
    is_mine: bool


def member_of(booking: Booking, *, by: User | None = None, now: datetime | None = None) -> Member:
    """The record that this person has (the same e-mail and the same names), or a new one of what they typed."""
    moment = now or timezone.now()
    with transaction.atomic():
        locked = _locked(booking)
        member = locked.member or known(locked) or _recorded(locked, by=by, now=moment)
        if not locked.member:
            _link(locked, member)
    booking.member = locked.member
    return member


def open_space(booking: Booking, *, by: User, now: datetime | None = None) -> Opened:
    """A record, a referent if nobody is, and the invitation to an account: once, however often it is asked."""
    moment = now or timezone.now()
    counsellor = Counsellor.objects.active(timezone.localdate(moment)).filter(user=by).first()
    if counsellor is None:
        raise PermissionDenied
    with transaction.atomic():
        locked = _locked(booking)
        if locked.attendance != Booking.Attendance.CAME:
            raise ValidationError("Notez d’abord que cette personne est venue.", code="did_not_come")
        member = member_of(locked, by=by, now=moment)
        members.touch_contact(member, on=timezone.localdate(locked.session.starts_at))
        if member.user_id != by.pk and not _has_referent(member):
            referents.assign(member, counsellor=counsellor, by=by, now=moment)
        opened = _invited(member, member.mailbox or locked.email, by=by, now=moment)
    booking.member = locked.member
    return opened


def _locked(booking: Booking) -> Booking:
    """Of two who ask at once, the second finds what the first made."""
    rows = Booking.objects.select_for_update(of=("self",)).select_related("session", "member__user")
    locked = rows.get(pk=booking.pk)
    if locked.anonymised_at:
        raise ValidationError("Le nom de cette personne a été effacé.", code="anonymised")
    return locked


def known(booking: Booking) -> Member | None:
    """The record of the same e-mail and the same names, whatever their case and accents; maybe none."""
    if not booking.email:
        return None
    same = Q(email__iexact=booking.email) | Q(user__email__iexact=booking.email)
    found = Member.objects.not_erased().filter(same).select_related("user").order_by("created_at", "pk")
    alike = [member for member in found if _names(member) == _names(booking)]
    return next((member for member in alike if member.user_id), next(iter(alike), None))


def _names(person: Member | Booking) -> list[str]:
    """Blind to case, accents and spaces."""
    return fold(f"{person.first_name} {person.last_name}").replace("-", " ").split()


def _recorded(booking: Booking, *, by: User | None, now: datetime) -> Member:
    return members.record(
        by=by,
        now=now,
        # One name alone is the record's.
        first_name=booking.first_name if booking.last_name else "",
        last_name=booking.last_name or booking.first_name,
        email=booking.email,
        telephone=booking.telephone,
        departement=booking.departement,
    )


def _link(booking: Booking, member: Member) -> None:
    """A member has one live place in a meeting: a second one, under another address, stays as it was typed."""
    others = Booking.objects.live().filter(session=booking.session_id, member=member).exclude(pk=booking.pk)
    if booking.is_live and others.exists():
        return
    booking.member = member
    booking.save(update_fields=["member"])


def _has_referent(member: Member) -> bool:
    return Referent.objects.filter(member=member, role=Referent.Role.REFERENT, ends_at=None).exists()


def _invited(member: Member, email: str, *, by: User, now: datetime) -> Opened:
    is_mine = Member.objects.followed_by(by, now).filter(pk=member.pk).exists()
    if member.user_id:
        return Opened(member, Outcome.HAS_ACCOUNT, is_mine)
    if not is_mine:
        return Opened(member, Outcome.ACCOMPANIED, is_mine)
    if not email:
        return Opened(member, Outcome.NO_ADDRESS, is_mine)
    if Invitation.objects.open(now).filter(member=member, invited_as=InvitedAs.MEMBER).exists():
        return Opened(member, Outcome.ALREADY_INVITED, is_mine)
    invitations.invite(email, invited_as=InvitedAs.MEMBER, by=by, member=member, now=now)
    return Opened(member, Outcome.INVITED, is_mine)
