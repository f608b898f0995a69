"""The link of a booking."""

from typing import Any

from django.http import Http404

from events.models import Booking
from pages.signed_links import SignedLinks, opened_by

LINKS = SignedLinks[Booking](salt="events.booking", page="booking")
token_of, path_of, address_of = LINKS.token_of, LINKS.path_of, LINKS.address_of


def find(token: str) -> Booking:
    """The booking that this link opens. Raises Http404, the same for a wrong one and for one that is nobody's now."""
    rows: Any = Booking.objects.filter(reference=LINKS.reference_of(token), anonymised_at=None)
    booking = rows.select_related("session__place", "session__departement", "member__user").first()
    if booking is None:
        raise Http404
    return booking


by_link = opened_by(find)
