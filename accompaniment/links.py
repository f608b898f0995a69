"""The link of an appointment."""

from typing import Any

from django.http import Http404

from accompaniment.models import Appointment
from pages.signed_links import SignedLinks, opened_by

LINKS = SignedLinks[Appointment](salt="accompaniment.appointment", page="appointment")
token_of, path_of, address_of = LINKS.token_of, LINKS.path_of, LINKS.address_of


def find(token: str) -> Appointment:
    """What this link opens. Raises Http404, the same for a wrong one and for a member who was erased."""
    rows: Any = Appointment.objects.filter(reference=LINKS.reference_of(token), member__erased_at=None)
    appointment = rows.select_related("counsellor__user", "member__user").first()
    if appointment is None:
        raise Http404
    return appointment


by_link = opened_by(find)
