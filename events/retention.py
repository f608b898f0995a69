"""What bookings say of people leaves; that there was a booking stays, in the figures."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from association.clocks import months_earlier
from events.changes import give_back
from events.models import Arrangement, Booking, Meeting
from events.offers import settle_locked
from events.seats import locked, note_fullness
from notices import outbox

ARRANGEMENTS_ARE_KEPT = timedelta(days=30)


def anonymise(bookings: QuerySet[Booking], now: datetime) -> int:
    """Make them nobody's; those to come are cancelled first, and their seats offered. How many there were."""
    theirs = Booking.objects.filter(pk__in=list(bookings.values_list("pk", flat=True)), anonymised_at=None)
    with transaction.atomic():
        for session in Meeting.objects.filter(bookings__in=theirs.live(), ends_at__gt=now).distinct().order_by("pk"):
            _cancel(session, [booking.pk for booking in theirs.filter(session=session)], now)
        Arrangement.objects.filter(booking__in=theirs).delete()
        outbox.forget_about(theirs.values_list("reference", flat=True))
        nobody = {"member": None, "first_name": "", "last_name": "", "email": "", "telephone": "", "form_token": None}
        return theirs.update(anonymised_at=now, **nobody)


def _cancel(session: Meeting, theirs: list[int], now: datetime) -> None:
    with locked(session) as [meeting]:
        for booking in Booking.objects.filter(pk__in=theirs, attendance="").live():
            give_back(booking, now)
        _changed, room = settle_locked(meeting, now)
        note_fullness(meeting, room)


def anonymise_old(now: datetime, months: int) -> int:
    """Those of meetings that ended so many months ago."""
    before = months_earlier(now, months)
    return anonymise(Booking.objects.filter(session__ends_at__lt=before, anonymised_at=None), now)


def erase_arrangements(now: datetime) -> int:
    """Each minute: what people asked for to take part, a month after the meeting; how many there were."""
    over = Arrangement.objects.filter(booking__session__ends_at__lt=now - ARRANGEMENTS_ARE_KEPT)
    return over.delete()[0]
