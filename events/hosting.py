"""Who receives people at a meeting, and what waits for them: their next ones, sheets to close, people to call."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accompaniment.models import Appointment
from accounts.models import Counsellor, User
from events import journal, seats
from events.models import Booking, Meeting, MeetingQuerySet
from events.openings import COME_BEFORE

NEXT_SHOWN = 5
# Older ones were never to be closed.
SHEETS_SINCE = timedelta(days=90)
WITHOUT_MAILBOX = Q(email="") & (Q(member=None) | (Q(member__email="") & Q(member__user=None)))


def take(session: Meeting, *, by: User, now: datetime | None = None) -> None:
    """This counsellor receives people from now on: they alone read what people need to take part."""
    counsellor = Counsellor.objects.active(timezone.localdate(now or timezone.now())).filter(user=by).first()
    if counsellor is None:
        raise PermissionDenied
    with seats.locked(session) as [locked]:
        if locked.host_id != counsellor.pk:
            Meeting.objects.filter(pk=locked.pk).update(host=counsellor)
            journal.note(locked, "host", by=by)
    session.host = counsellor


def appointments_during(session: Meeting) -> int:
    """How many are planned with whoever receives people at this meeting, at its hours."""
    planned = Appointment.objects.planned().filter(counsellor=session.host)
    return planned.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at).count()


def is_host(user: User, session: Meeting) -> bool:
    return session.host is not None and session.host.user_id == user.pk


def known(now: datetime) -> MeetingQuerySet:
    """What counsellors see: all that is published, cancelled ones included."""
    return Meeting.objects.filter(publish_at__lte=now)


def to_close(now: datetime) -> MeetingQuerySet:
    """Over, with people who had a place, and the sheet still open."""
    expected = Booking.objects.filter(session=OuterRef("pk"), state=Booking.State.CONFIRMED, anonymised_at=None)
    over = known(now).filter(ends_at__lte=now, starts_at__gt=now - SHEETS_SINCE, cancelled_at=None)
    return over.filter(Exists(expected), sheet_closed_at=None)


def coming(now: datetime) -> MeetingQuerySet:
    return known(now).upcoming(now)


def receiving(user: User, now: datetime, *, but: Meeting) -> Meeting | None:
    """The other meeting where this person receives people at this hour."""
    soon = now + COME_BEFORE
    theirs = known(now).filter(host__user=user, starts_at__lte=soon, ends_at__gt=now, cancelled_at=None)
    return theirs.exclude(pk=but.pk).soonest_first().first()


@dataclass(frozen=True)
class Coming:
    """`own`: those that somebody receives, with how many are `expected`. `calls`: theirs and nobody's where people
    wait for a call, with the number `to_call`. The soonest first."""

    own: list[Meeting]
    calls: list[Meeting]


def coming_of(user: User, now: datetime) -> Coming:
    held = Q(state=Booking.State.HELD, held_until__gt=now) | Q(state=Booking.State.OFFERED, offered_until__gt=now)
    people = Booking.objects.filter(held & WITHOUT_MAILBOX, session=OuterRef("pk"), anonymised_at=None)
    waiting = people.order_by().values("session")
    number = Coalesce(Subquery(waiting.annotate(number=Count("pk")).values("number")), 0)
    mine = Q(host__user=user)
    theirs = coming(now).filter(_of_nobody(now) | mine, cancelled_at=None).select_related("place", "host")
    rows = theirs.annotate(to_call=number, expected=expected()).filter(Q(to_call__gt=0) | mine)
    found = list(rows.soonest_first())
    return Coming([row for row in found if is_host(user, row)][:NEXT_SHOWN], [row for row in found if row.to_call])


def expected() -> Count:
    return Count("bookings", filter=Q(bookings__state__in=Booking.TAKING, bookings__is_walk_in=False))


def sheets_of(user: User, now: datetime) -> list[Meeting]:
    """Sheets that this person has to close, and those of nobody, the longest over first."""
    theirs = to_close(now).filter(_of_nobody(now) | Q(host__user=user))
    return list(theirs.select_related("place").order_by("ends_at", "pk"))


def _of_nobody(now: datetime) -> Q:
    """Where nobody receives people, or somebody who is a counsellor no more."""
    return Q(host=None) | Q(host__ends_on__lt=timezone.localdate(now))
