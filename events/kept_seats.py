"""Seats that are kept for the people whom a prescriber books, until the evening of a day; what is left is then free."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Organisation, User
from events import journal, offers, seats
from events.models import Booking, KeptSeats, Meeting
from pages.templatetags.french import count_of, short_date


def keep(
    session: Meeting, *, organisation: Organisation, number: int, until: date, by: User, now: datetime | None = None
) -> KeptSeats:
    """Or as many as this instead of what was kept for this prescriber; never more than what is free."""
    moment = now or timezone.now()
    with seats.locked(session) as [locked]:
        _check(locked, organisation, until, moment)
        offers.settle(locked, moment)
        _check_free(locked, organisation, number, moment)
        kept, _created = KeptSeats.objects.update_or_create(
            session=locked,
            organisation=organisation,
            defaults={"seats": number, "until": until, "recorded_by": by},
        )
        offers.settle(locked, moment)
        journal.note(locked, "keep_seats", by=by)
    return kept


def release(session: Meeting, *, organisation: Organisation, by: User, now: datetime | None = None) -> None:
    """Free for all, and offered at once to whoever waits; the prescriber's people keep the places they have."""
    with seats.locked(session) as [locked]:
        deleted, _models = KeptSeats.objects.filter(session=locked, organisation=organisation).delete()
        if deleted:
            offers.settle(locked, now)
            journal.note(locked, "release_seats", by=by)


def of(session: Meeting) -> list[KeptSeats]:
    """With how many of them are used."""
    taken = Booking.objects.filter(session=OuterRef("session"), booked_for=OuterRef("organisation")).taking_a_seat()
    used = taken.order_by().values("booked_for").annotate(number=Count("pk")).values("number")
    kept = session.kept_seats.select_related("organisation").order_by("organisation__name", "pk")
    return list(kept.annotate(used=Coalesce(Subquery(used), 0)))


def _check(session: Meeting, organisation: Organisation, until: date, now: datetime) -> None:
    if session.is_cancelled:
        raise ValidationError("Cette réunion est annulée.", code="cancelled")
    if session.starts_at <= now:
        raise ValidationError("Cette réunion a commencé : les places ne se gardent plus.", code="started")
    if not organisation.is_prescriber or organisation.closed_on:
        raise ValidationError({"organisation": "Choisissez un prescripteur de la liste."}, code="not_prescriber")
    last = timezone.localdate(session.starts_at)
    if not timezone.localdate(now) <= until <= last:
        told = f"Choisissez un jour entre aujourd’hui et celui de la réunion, le {short_date(last)}."
        raise ValidationError({"until": told}, code="until")


def _check_free(session: Meeting, organisation: Organisation, number: int, now: datetime) -> None:
    """What their people have already is counted in; where people wait, what is free is theirs."""
    room = seats.room(session, now)
    unused = min(room.empty, room.kept.get(organisation.pk, 0))
    used = session.bookings.filter(booked_for=organisation).taking_a_seat().count()
    most = used + unused + (0 if room.waiting else room.free)
    if number <= max(most, 0):
        return
    why = "Des personnes attendent une place. " if room.waiting else ""
    told = f"{why}Vous pouvez garder {count_of(most, 'place')} au plus pour ce prescripteur."
    raise ValidationError({"seats": told if most else f"{why}Aucune place n’est libre."}, code="not_free")
