"""What the people of a prescriber do with information sessions, and what they may read of the bookings."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.models.organisations import OrganisationQuerySet
from events import bookings
from events.bookings import AlreadyBookedError, Asked
from events.models import Booking, BookingQuerySet, InfoSession, Meeting, MeetingQuerySet

State = Booking.State
ALREADY_OURS = "Cette personne a déjà une place dans cette réunion, ou l’attend : elle est dans vos inscriptions."
# Of somebody else's booking nothing is told, not even that it exists.
NOT_FROM_HERE = (
    "Nous ne pouvons pas inscrire cette personne avec ces coordonnées. Vérifiez-les avec elle : "
    "elle peut aussi s’inscrire elle-même, ou nous appeler."
)
NOT_OURS = "Cette inscription n’est plus en cours : il n’y a rien à annuler."


def bodies(user: User, on: date | None = None) -> OrganisationQuerySet:
    """The prescribers for which this person acts on this day."""
    return Organisation.objects.of(user, on).prescribers()


def readable(organisations: OrganisationQuerySet) -> BookingQuerySet:
    """What they may read now: whom they booked, and whom they sent and who agreed. Nobody's are no longer read."""
    return Booking.objects.readable_by_prescribers(organisations).filter(anonymised_at=None)


def open_sessions(now: datetime) -> MeetingQuerySet:
    """Where a prescriber can still book somebody."""
    return InfoSession.objects.open_to_all(now).filter(starts_at__gt=now, cancelled_at=None)


def book(
    session: Meeting,
    asked: Asked,
    *,
    organisation: Organisation,
    by: User,
    form_token: UUID | None = None,
    now: datetime | None = None,
) -> Booking:
    """For one of their people. Raises ValidationError, which says nothing of what others booked."""
    try:
        return bookings.book_for(session, asked, organisation=organisation, by=by, form_token=form_token, now=now)
    except AlreadyBookedError as error:
        own = readable(Organisation.objects.filter(pk=organisation.pk)).filter(pk=error.booking.pk)
        told = (ALREADY_OURS, "ours") if own.exists() else (NOT_FROM_HERE, "not_from_here")
        raise ValidationError(told[0], code=told[1]) from error


def may_cancel(booking: Booking, organisations: Iterable[Organisation], now: datetime) -> bool:
    """Theirs, live, of a session that is not over."""
    ours = booking.booked_for_id in {organisation.pk for organisation in organisations}
    return ours and booking.is_live and not booking.session.has_ended(now)


def cancel(booking: Booking, *, by: User, now: datetime | None = None) -> None:
    """One that one of their bodies booked. The person is told by the engine."""
    moment = now or timezone.now()
    if not may_cancel(booking, bodies(by, timezone.localdate(moment)), moment):
        raise ValidationError(NOT_OURS, code="not_ours")
    bookings.cancel(booking, by=by, now=moment)


def ranks(shown: Iterable[Booking]) -> dict[int, int]:
    """Where each of those that wait stands in its list, by its key: in one query, whatever their number."""
    waiting = [booking for booking in shown if booking.state == State.WAITING]
    if not waiting:
        return {}
    queue = Booking.objects.waiting().filter(session__in={booking.session_id for booking in waiting})
    places: dict[int, list[int]] = {}
    for session, number in queue.order_by("session", "number").values_list("session", "number"):
        places.setdefault(session, []).append(number)
    return {booking.pk: places[booking.session_id].index(booking.number) + 1 for booking in waiting}
