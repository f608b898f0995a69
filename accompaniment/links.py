"""The link of an appointment."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from accompaniment.models import Appointment
from pages.addresses import absolute
from pages.signed_links import SignedLinks

LINKS = SignedLinks(salt="accompaniment.appointment")


def token_of(appointment: Appointment) -> str:
    return LINKS.token_of(appointment.reference)


def path_of(appointment: Appointment, name: str = "appointment") -> str:
    """One of the pages that the link opens."""
    return reverse(name, args=[token_of(appointment)])


def address_of(appointment: Appointment, name: str = "appointment") -> str:
    """Its whole address, for a message."""
    return absolute(path_of(appointment, name))


def find(token: str) -> Appointment:
    """What this link opens. Raises Http404, the same for a wrong one and for a member who was erased."""
    rows: Any = Appointment.objects.filter(reference=LINKS.reference_of(token), member__erased_at=None)
    appointment = rows.select_related("counsellor__user", "member__user").first()
    if appointment is None:
        raise Http404
    return appointment
