"""What is kept too long leaves: once a day, as long as the settings say, with a report that stays."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import AccountRequest, Invitation, Member, Membership
from accounts.roles import Role, roles_of
from association.clocks import months_earlier, months_later
from candidates.models import Look
from events import bookings
from notices import outbox
from notices.models import Notice
from passport import forgetting
from spaces import erasure
from spaces.models import Erasure, Retention, RetentionReport
from spaces.personal_data import Person

WARNED_BEFORE = timedelta(days=30)
A_YEAR = timedelta(days=365)


def silent_since(last: date) -> QuerySet[Member]:
    """Members of whom nothing was heard since this day, and whose membership is over."""
    silent = Member.objects.not_erased().filter(last_contact_on__lt=last)
    return silent.exclude(pk__in=Membership.objects.filter(ends_on__gte=last).values("member")).order_by("pk")


def warn_members(limits: Retention, now: datetime) -> int:
    """A month before, by e-mail: a word to the association is enough to stay."""
    today = timezone.localdate(now)
    soon = silent_since(months_later(today + WARNED_BEFORE, -limits.members_months))
    told = 0
    for member in soon.select_related("user").iterator():
        key = f"retention {member.reference} {member.last_contact_on}"
        if member.mailbox and not Notice.objects.filter(key=key).exists():
            outbox.put(kind="retention", to=member.mailbox, template="retention", person=member.user, key=key)
            told += 1
    return told


def erase_members(limits: Retention, now: datetime) -> int:
    """Those who were warned a month ago, or cannot be; one that must be kept stays until the day that was said."""
    today = timezone.localdate(now)
    erased = 0
    for member in silent_since(months_later(today, -limits.members_months)).select_related("user"):
        if member.mailbox and not _was_warned(member, now):
            continue
        try:
            erasure.erase(_silent(member), why=Erasure.Why.RETENTION, now=now)
        except ValidationError:
            continue
        erased += 1
    return erased


def _silent(member: Member) -> Person:
    """With their account, unless they do something else here with it: as a counsellor, for a company."""
    account = member.user if member.user and roles_of(member.user) <= {Role.MEMBER} else None
    return Person(account, member)


def delete_looks(limits: Retention, now: datetime) -> int:
    return Look.objects.filter(looked_at__lt=months_earlier(now, limits.looks_months)).delete()[0]


def delete_passport_looks(limits: Retention, now: datetime) -> int:
    return forgetting.delete_looks(months_earlier(now, limits.looks_months))


def delete_notices(limits: Retention, now: datetime) -> int:
    """Also those that never left: their text is still there."""
    return Notice.objects.filter(asked_at__lt=months_earlier(now, limits.looks_months)).delete()[0]


def empty_bookings(limits: Retention, now: datetime) -> int:
    """Of meetings that are over: what is left counts in the figures, and is nobody's."""
    return bookings.anonymise_old(now, limits.bookings_months)


def delete_invitations(_limits: Retention, now: datetime) -> int:
    return Invitation.objects.filter(expires_at__lt=now - A_YEAR).delete()[0]


def delete_account_requests(_limits: Retention, now: datetime) -> int:
    return AccountRequest.objects.filter(asked_at__lt=now - A_YEAR).delete()[0]


RULES: dict[str, Callable[[Retention, datetime], int]] = {
    "membres prévenus": warn_members,
    "membres effacés": erase_members,
    "consultations": delete_looks,
    "consultations de passeports": delete_passport_looks,
    "messages": delete_notices,
    "réservations": empty_bookings,
    "invitations": delete_invitations,
    "demandes de compte": delete_account_requests,
}


def apply(now: datetime) -> int:
    """All rules, once a day; how many things they touched, the rest of the day nothing."""
    today = timezone.localdate(now)
    if RetentionReport.objects.filter(ran_on=today).exists():
        return 0
    limits = Retention.load()
    counts = {thing: rule(limits, now) for thing, rule in RULES.items()}
    with transaction.atomic():
        RetentionReport.objects.get_or_create(ran_on=today, defaults={"counts": counts})
    return sum(counts.values())


def _was_warned(member: Member, now: datetime) -> bool:
    key = f"retention {member.reference} {member.last_contact_on}"
    return Notice.objects.filter(key=key, asked_at__lte=now - WARNED_BEFORE).exists()
