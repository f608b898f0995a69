"""Who came: noted on the sheet of a meeting, which is closed once it is over and may be opened again."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from events import journal, messages, offers, reserving, seats
from events.models import Booking, Meeting
from events.openings import COME_BEFORE
from pages.templatetags.french import moment as in_words

Attendance = Booking.Attendance


def opens_at(session: Meeting) -> datetime:
    return session.starts_at - COME_BEFORE


def is_open(session: Meeting, now: datetime) -> bool:
    return not session.is_cancelled and session.sheet_closed_at is None and opens_at(session) <= now


def mark(booking: Booking, attendance: str, *, by: User, now: datetime | None = None) -> Booking:
    """Note that somebody came, is excused or is absent; an empty word takes it back.

    Who comes without a confirmed place is let in: in the seat that is held for
    them, else besides the seats.
    """
    moment = now or timezone.now()
    with seats.locked(booking.session) as [session]:
        _check_open(session, moment)
        locked = _locked_booking(booking)
        if attendance == Attendance.CAME and locked.state != Booking.State.CONFIRMED:
            _let_in(locked, moment)
            offers.settle(session, moment)
        _write(locked, attendance, by=by, now=moment)
    return locked


def close(session: Meeting, *, by: User, now: datetime | None = None) -> int:
    """Who is not noted is absent; those who came are invited to a diagnostic, each once. How many are, now."""
    moment = now or timezone.now()
    with seats.locked(session) as [locked]:
        _check_over(locked, moment)
        if locked.sheet_closed_at is None:
            _write_closed(locked, moment)
            journal.note(locked, "close_sheet", by=by)
        confirmed = locked.bookings.filter(state=Booking.State.CONFIRMED, anonymised_at=None)
        confirmed.filter(attendance=Attendance.UNKNOWN).update(
            attendance=Attendance.ABSENT, attended_by=by, attended_at=moment
        )
        return _invite(locked, moment)


def reopen(session: Meeting, *, by: User) -> None:
    """To correct it: what was noted stays, whoever was invited is not again."""
    with seats.locked(session) as [locked]:
        if locked.sheet_closed_at is not None:
            _write_closed(locked, None)
            journal.note(locked, "reopen_sheet", by=by)


def _check_open(session: Meeting, now: datetime) -> None:
    if session.is_cancelled:
        raise ValidationError("Cette réunion est annulée.", code="cancelled")
    if session.sheet_closed_at is not None:
        raise ValidationError("La feuille est close. Rouvrez-la pour la corriger.", code="closed")
    if now < opens_at(session):
        told = f"La feuille s’ouvre {in_words(opens_at(session))}, deux heures avant la réunion."
        raise ValidationError(told, code="too_early")


def _check_over(session: Meeting, now: datetime) -> None:
    if session.is_cancelled:
        raise ValidationError("Cette réunion est annulée : sa feuille reste vide.", code="cancelled")
    if not session.has_ended(now):
        told = f"La réunion finit {in_words(session.ends_at)}. Vous pourrez clore la feuille à partir de là."
        raise ValidationError(told, code="not_over")


def _let_in(booking: Booking, now: datetime) -> None:
    """A seat that is held for them is theirs; otherwise they take none."""
    booking.is_walk_in = not booking.holds_a_seat(now)
    booking.state = Booking.State.CONFIRMED
    booking.confirmed_at = now
    booking.ended_at = None
    try:
        with transaction.atomic():
            booking.save(update_fields=["is_walk_in", "state", "confirmed_at", "ended_at"])
    except IntegrityError:
        told = "Cette personne a une autre place dans cette réunion : notez-la sur celle-là."
        raise ValidationError(told, code="has_another") from None


def _write(booking: Booking, attendance: str, *, by: User, now: datetime) -> None:
    if attendance not in Attendance.values:
        raise ValidationError("Notez présent, excusé ou absent.", code="attendance")
    if attendance and booking.state != Booking.State.CONFIRMED:
        raise ValidationError("Cette personne n’a pas de place confirmée.", code="not_confirmed")
    if attendance == booking.attendance:
        return
    booking.attendance = attendance
    booking.attended_by = by if attendance else None
    booking.attended_at = now if attendance else None
    booking.save(update_fields=["attendance", "attended_by", "attended_at"])
    reserving.changed(booking)


def _invite(session: Meeting, now: datetime) -> int:
    """Members' events lead to no diagnostic."""
    if not session.is_for_all:
        return 0
    came = session.bookings.filter(attendance=Attendance.CAME, invited_at=None, anonymised_at=None)
    found = list(came.select_related("member__user").in_order())
    for booking in found:
        booking.session = session
        booking.invited_at = now
        booking.save(update_fields=["invited_at"])
        messages.came(booking)
    return len(found)


def _write_closed(session: Meeting, moment: datetime | None) -> None:
    session.sheet_closed_at = moment
    Meeting.objects.filter(pk=session.pk).update(sheet_closed_at=moment)


def _locked_booking(booking: Booking) -> Booking:
    locked = Booking.objects.select_for_update(of=("self",)).select_related("member__user").get(pk=booking.pk)
    if locked.anonymised_at:
        raise ValidationError("Le nom de cette personne a été effacé.", code="anonymised")
    return locked
