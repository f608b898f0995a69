"""The link of a booking."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from events.models import Booking
from pages.addresses import absolute
from pages.signed_links import SignedLinks

LINKS = SignedLinks(salt="events.booking")


def token_of(booking: Booking) -> str:
    return LINKS.token_of(booking.reference)


def path_of(booking: Booking, name: str = "booking") -> str:
    """One of the pages that the link opens."""
    return reverse(name, args=[token_of(booking)])


def address_of(booking: Booking, name: str = "booking") -> str:
    """Its whole address, for a message."""
    return absolute(path_of(booking, name))


def find(token: str) -> Booking:
    """The booking that this link opens. Raises Http404, the same for a wrong one and for one that is nobody's now."""
    rows: Any = Booking.objects.filter(reference=LINKS.reference_of(token), anonymised_at=None)
    booking = rows.select_related("session__place", "session__departement", "member__user").first()
    if booking is None:
        raise Http404
    return booking
