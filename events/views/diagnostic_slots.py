"""From an information session to a diagnostic: whoever came picks a free slot, or a counsellor does it for them."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accompaniment import appointments, picking
from accompaniment.links import path_of
from accompaniment.models import Appointment
from accompaniment.slots import NOTICE, Slot
from accounts.access import RoleRequest, for_role
from accounts.models import Member, User
from accounts.roles import Role
from events import people
from events.links import by_link, token_of
from events.models import Booking
from events.views.staff_people import booking_of


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def diagnostic_slots(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Whoever has one already sees it, with what moves and cancels it."""
    _check_came(booking)
    if planned := _planned(booking):
        return redirect(path_of(planned))
    choice = _pick(request, booking)
    if choice.taken:
        return redirect(path_of(choice.taken))
    context = {"booking": booking, "session": booking.session, "token": token_of(booking)}
    return render(request, "events/diagnostic_slots.html", context | choice.context(request.GET))


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def staff_diagnostic_slots(request: RoleRequest, reference: str, booking: str) -> HttpResponse:
    """For somebody in front of the counsellor, without an e-mail maybe: any slot to come."""
    found: Booking = booking_of(booking)
    if found.session.reference != reference:
        raise Http404
    _check_came(found)
    context: dict[str, Any] = {"booking": found, "session": found.session, "planned": _planned(found)}
    if context["planned"]:
        return render(request, "events/staff/diagnostic_slots.html", context)
    choice = _pick(request, found, by=request.user)
    if choice.taken:
        messages.success(request, f"Le rendez-vous de {found.name} est fixé.")
        return redirect("staff_diagnostic_slots", reference=reference, booking=booking)
    return render(request, "events/staff/diagnostic_slots.html", context | choice.context(request.GET))


def _check_came(booking: Booking) -> None:
    """Members' events lead to no diagnostic, nor does one where somebody was not."""
    if booking.attendance != Booking.Attendance.CAME or not booking.session.is_for_all:
        raise Http404


def _member(booking: Booking) -> Member | None:
    return booking.member or people.known(booking)


def _planned(booking: Booking) -> Appointment | None:
    member = _member(booking)
    return appointments.diagnostic_of(member) if member else None


def _pick(request: HttpRequest, booking: Booking, *, by: User | None = None) -> picking.Choice:
    notice = appointments.AT_ONCE if by else NOTICE

    def take(slot: Slot) -> Appointment:
        """Their record is made with the appointment, or not at all; nobody accompanies them yet."""
        now = timezone.now()
        with transaction.atomic():
            member = people.member_of(booking, now=now)
            return appointments.book(member, slot, by=by, now=now, notice=notice)

    return picking.pick(
        request.POST if request.method == "POST" else None,
        free=lambda: appointments.free_slots(_member(booking), notice=notice),
        take=take,
    )
