"""What may become of an information session: its rules, and what editors do to it besides typing."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.log_actions import log

from accounts.models import User
from events import messages, offers, seats
from events.clock import weeks_later
from events.models import REFERENCE_ALPHABET, Booking, Meeting, Place
from pages.templatetags.french import count_of

LONGEST_SERIES = 52
# A year that was mistyped, beyond which clocks and calendars cannot count.
FURTHEST = timedelta(days=100 * 365)
REFERENCE_LENGTH = 10
# What people read to find a place.
WHERE = ("name", "address", "postcode", "city")
COPIED = [
    *("kind", "activity", "hours", "guest_seats", "host"),
    *("title", "summary", "programme", "audience", "departement", "place"),
    *("online_url", "seats", "organiser", "starts_at", "ends_at"),
]
# What people who booked are told of when it changes.
ANNOUNCED = ("starts_at", "ends_at", "place_id", "online_url")


def check(session: Meeting, *, now: datetime, before: Meeting | None = None) -> None:
    """Refuse, by field, what the database cannot say; `before` is the session as it was."""
    errors = {}
    if session.place and session.online_url:
        errors["online_url"] = "Choisissez un lieu ou un lien de connexion, pas les deux."
    if session.starts_at > now + FURTHEST:
        errors["starts_at"] = "Cette date est trop lointaine : vérifiez l’année."
    if session.ends_at <= session.starts_at:
        errors["ends_at"] = "La réunion doit finir après avoir commencé."
    if told := _refusal_to_publish(session, now=now, before=before):
        errors["publish_at"] = told
    if told := _refusal_of_seats(session, now=now):
        errors["seats"] = told
    if errors:
        raise ValidationError(errors)


def _refusal_to_publish(session: Meeting, *, now: datetime, before: Meeting | None) -> str:
    if session.is_cancelled and not session.is_published(now):
        return "Une réunion annulée reste visible. Pour la retirer du site, rétablissez-la d’abord."
    if not session.is_published(now) and session.pk and Booking.objects.filter(session=session.pk).live().exists():
        return "Des personnes ont réservé : annulez la réunion plutôt que de la retirer du site."
    if session.publish_at is None:
        return ""
    if session.publish_at >= session.starts_at and session.publish_at > now:
        return "La publication doit précéder le début de la réunion."
    already = before is not None and before.publish_at is not None and before.starts_at == session.starts_at
    if session.starts_at <= now and not already:
        return "Cette date est passée : gardez la réunion en brouillon, ou choisissez une date à venir."
    return ""


def _refusal_of_seats(session: Meeting, *, now: datetime) -> str:
    room = seats.room(session, now) if session.pk else None
    taken = room.taken + room.over if room else 0
    if session.seats >= taken:
        return ""
    return f"{count_of(taken, 'place est déjà prise,places sont déjà prises')} : gardez-en au moins {taken}."


@contextmanager
def alone(session: Meeting, now: datetime | None = None) -> Iterator[None]:
    """Nobody books while an editor's form is read, checked and saved; what is over takes no seat any more."""
    with seats.locked(session) as [locked]:
        if not locked.is_cancelled:
            offers.put_away(locked, now or timezone.now())
        yield


def place_corrected(place: Place, *, before: Place, now: datetime | None = None) -> None:
    """After an editor has changed an address: calendars of what is to come there change too, and people are told."""
    moment = now or timezone.now()
    coming = Meeting.objects.filter(place=place, cancelled_at=None, publish_at__lte=moment).upcoming(moment)
    if all(getattr(place, name) == getattr(before, name) for name in WHERE):
        return
    for session in coming.order_by("pk"):
        with seats.locked(session) as [locked]:
            locked.sequence += 1
            locked.save(update_fields=["sequence", "updated_at"])
            was = copy(locked)
            was.place = before
            messages.meeting_changed(locked, before=was, now=moment)


def saved(session: Meeting, *, before: Meeting | None, now: datetime | None = None) -> None:
    """After an editor has changed it: what is free is offered, and those who booked are told what changed for them."""
    if before is None:
        return
    moment = now or timezone.now()
    with seats.locked(session) as [locked]:
        offers.end_with_the_start(locked)
        offers.settle(locked, moment)
        moved = any(getattr(locked, name) != getattr(before, name) for name in ANNOUNCED)
        if moved and locked.is_published(moment) and not locked.is_cancelled and not locked.has_ended(moment):
            messages.meeting_changed(locked, before=before, now=moment)
    session.is_full = locked.is_full


def check_deletion(session: Meeting, *, now: datetime) -> None:
    if session.is_published(now):
        told = f"La réunion « {session} » est publiée : annulez-la plutôt que de la supprimer."
        raise ValidationError(told, code="published")
    if Booking.objects.filter(session=session.pk).exists():
        told = f"Des personnes ont réservé une place dans la réunion « {session} » : elle ne peut pas être supprimée."
        raise ValidationError(told, code="booked")


def check_place_deletion(place: Place) -> None:
    if place.sessions.exists():
        told = f"Des réunions ont lieu à l’adresse « {place} » : elle ne peut pas être supprimée."
        raise ValidationError(told, code="used")


def duplicate(source: Meeting, *, token: UUID, by: User, now: datetime | None = None) -> Meeting:
    """A draft like the source, one week later. The same `token` gives the same draft, however often it is sent."""
    with transaction.atomic():
        return _copy(_locked(source), weeks=1, token=token, publish_at=None, by=by, now=now or timezone.now())


def repeat_weekly(
    source: Meeting, *, weeks: int, token: UUID, visible: bool, by: User, now: datetime | None = None
) -> list[Meeting]:
    """The source again on each of the next weeks, at the same hour on the clock: all of them, or none.

    The copies are drafts or, where `visible`, published at the same moment as
    the source. The same `token` makes its copies once, however often it is sent.
    """
    if not 1 <= weeks <= LONGEST_SERIES:
        told = f"Répétez la réunion de 1 à {LONGEST_SERIES} semaines."
        raise ValidationError(told, code="too_long")
    with transaction.atomic():
        locked = _locked(source)
        publish_at = locked.publish_at if visible else None
        moment = now or timezone.now()
        return [
            _copy(locked, weeks=week, token=token, publish_at=publish_at, by=by, now=moment)
            for week in range(1, weeks + 1)
        ]


def weeks_until(source: Meeting, last_day: date) -> int:
    """How many weeks after the source's day, `last_day` included."""
    return (last_day - timezone.localdate(source.starts_at)) // timedelta(weeks=1)


def cancel(session: Meeting, *, because: str, by: User, now: datetime | None = None) -> Meeting:
    """Leave the session in sight, marked, with the reason that visitors read; those who booked are told."""
    moment = now or timezone.now()
    with transaction.atomic():
        locked = _locked(session)
        _check_cancellation(locked, because=because, now=moment)
        locked.cancelled_at = moment
        locked.cancelled_because = because.strip()
        locked.save()
        log(locked, "events.cancel", user=by, data={"because": locked.cancelled_because})
        messages.meeting_cancelled(locked)
    return locked


def _check_cancellation(session: Meeting, *, because: str, now: datetime) -> None:
    if session.is_cancelled:
        raise ValidationError("Cette réunion est déjà annulée.", code="already_cancelled")
    if not session.is_published(now):
        raise ValidationError("Personne ne voit encore cette réunion : supprimez-la.", code="not_published")
    if session.has_ended(now):
        raise ValidationError("Cette réunion a déjà eu lieu.", code="ended")
    if not because.strip():
        raise ValidationError("Dites pourquoi la réunion est annulée.", code="no_reason")


def restore(session: Meeting, *, by: User, now: datetime | None = None) -> Meeting:
    """Take a cancellation back: every place is what it was, and its person told."""
    moment = now or timezone.now()
    with transaction.atomic():
        locked = _locked(session)
        if not locked.is_cancelled:
            raise ValidationError("Cette réunion n’est pas annulée.", code="not_cancelled")
        if locked.has_ended(moment):
            raise ValidationError("La date de cette réunion est passée.", code="ended")
        locked.cancelled_at = None
        locked.cancelled_because = ""
        locked.save()
        log(locked, "events.restore", user=by)
        offers.begin_again(locked, moment)
        messages.meeting_restored(locked)
        offers.settle(locked, moment)
    return locked


def _locked(session: Meeting) -> Meeting:
    return type(session)._base_manager.select_for_update().get(pk=session.pk)


def _copy(source: Meeting, *, weeks: int, token: UUID, publish_at: datetime | None, by: User, now: datetime) -> Meeting:
    reference = _reference(source, token, weeks)
    if made := Meeting.objects.filter(reference=reference).first():
        return made
    copy = type(source)(reference=reference, publish_at=publish_at, **{name: getattr(source, name) for name in COPIED})
    copy.starts_at = weeks_later(source.starts_at, weeks)
    copy.ends_at = weeks_later(source.ends_at, weeks)
    check(copy, now=now)
    copy.full_clean()
    copy.save()
    log(copy, "events.copy", user=by, data={"source": source.reference})
    return copy


def _reference(source: Meeting, token: UUID, weeks: int) -> str:
    """Always the same for the same demand, which the database then refuses to keep twice; still not to be guessed."""
    demand = f"{source.reference}:{token}:{weeks}"
    octets = salted_hmac("events.sessions.copy", demand, algorithm="sha256").digest()
    return "".join(REFERENCE_ALPHABET[octet % len(REFERENCE_ALPHABET)] for octet in octets[:REFERENCE_LENGTH])
