"""What a counsellor does with one person of a meeting: on the sheet, or from the code that their telephone reads."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from events import attendance, attendance_sheets, bookings, hosting, people
from events.models import Booking, Meeting
from events.people import Outcome
from events.views.staff import refused
from notices.outbox import log_about

State, Attendance = Booking.State, Booking.Attendance
# Asked by the script of the sheet, which puts the answer in the place of the row.
IN_PLACE = "attendance"


def booking_of(reference: str) -> Any:
    """Of a meeting that counsellors see; a name that was erased is no longer there."""
    known = Booking.objects.filter(session__in=hosting.known(timezone.now()), anonymised_at=None)
    related = ("session__place", "session__host__user", "member__user", "departement", "booked_for", "sent_by")
    return get_object_or_404(known.select_related(*related), reference=reference)


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: RoleRequest, reference: str) -> HttpResponse:
    """Who this is and whether they are expected here and now; what was written to them. One button says they came."""
    booking = booking_of(reference)
    if request.method == "POST":
        if refused(request, lambda: attendance.mark(booking, Attendance.CAME, by=request.user)):
            messages.success(request, f"{booking.name} : présence notée.")
        return redirect("presence", reference=reference)
    now = timezone.now()
    session = booking.session
    context = {
        "booking": booking,
        "session": session,
        "line": attendance_sheets.line_of(booking, by=request.user),
        "rank": bookings.rank(booking),
        "is_open": attendance.is_open(session, now),
        "is_today": timezone.localdate(session.starts_at) == timezone.localdate(now),
        "opens_at": attendance.opens_at(session),
        "elsewhere": hosting.receiving(request.user, now, but=session),
        "has_ended": session.has_ended(now),
        "log": log_about(booking.reference),
    }
    return render(request, "events/staff/presence.html", context)


@for_role(Role.COUNSELLOR)
@require_POST
def presence_mark(request: RoleRequest, reference: str) -> HttpResponse:
    """One tap on the sheet: back to the same row, or the row itself for the script that asks for it."""
    booking = booking_of(reference)
    word = request.POST.get("attendance", "")
    if request.headers.get("X-Requested-With") == IN_PLACE:
        return _row(request, booking, word)
    refused(request, lambda: attendance.mark(booking, word, by=request.user))
    return _back(request, booking)


def _row(request: RoleRequest, booking: Booking, word: str) -> HttpResponse:
    if refused(request, lambda: attendance.mark(booking, word, by=request.user)) is None:
        # The script opens the sheet again, where the refusal is read.
        return HttpResponse(status=409)
    fresh, now = booking_of(booking.reference), timezone.now()
    context = {
        "line": attendance_sheets.line_of(fresh, by=request.user),
        "counts": attendance_sheets.read_counts(fresh.session, now),
        "is_open": attendance.is_open(fresh.session, now),
        "question": request.POST.get("q", ""),
    }
    return render(request, "events/staff/marked.html", context)


@for_role(Role.COUNSELLOR)
@require_POST
def presence_confirm(request: RoleRequest, reference: str) -> HttpResponse:
    """Somebody who was called back says that they come."""
    booking = booking_of(reference)
    if refused(request, lambda: (bookings.confirm(booking, by=request.user), True)):
        messages.success(request, f"{booking.name} : place confirmée.")
    return _back(request, booking)


@for_role(Role.COUNSELLOR)
@require_POST
def presence_cancel(request: RoleRequest, reference: str) -> HttpResponse:
    """Somebody said that they do not come: the seat is free, and offered."""
    booking = booking_of(reference)
    if refused(request, lambda: (bookings.cancel(booking, by=request.user), True)):
        messages.success(request, f"{booking.name} : réservation annulée.")
    return _back(request, booking)


@for_role(Role.COUNSELLOR)
@require_POST
def presence_space(request: RoleRequest, reference: str) -> HttpResponse:
    booking = booking_of(reference)
    if opened := refused(request, lambda: people.open_space(booking, by=request.user)):
        tell = messages.success if opened.is_mine else messages.info
        tell(request, SPACE[opened.outcome].format(name=booking.name))
    return _back(request, booking)


SPACE = {
    Outcome.INVITED: "{name} a une fiche, et reçoit par e-mail de quoi ouvrir son espace.",
    Outcome.ALREADY_INVITED: "{name} a déjà reçu de quoi ouvrir son espace.",
    Outcome.HAS_ACCOUNT: "{name} a déjà un compte.",
    Outcome.NO_ADDRESS: "{name} a une fiche. Sans adresse e-mail, pas de compte pour le moment.",
    Outcome.ACCOMPANIED: "{name} a déjà une fiche, chez un autre conseiller : c’est lui qui l’invite.",
}


def _back(request: RoleRequest, booking: Booking) -> HttpResponseRedirect:
    """To the row that was tapped, in the list as it was searched; or to the person's page, when it was there."""
    if request.POST.get("from") == "presence":
        return redirect("presence", reference=booking.reference)
    return redirect(row_of(booking.session, booking, question=request.POST.get("q", "")))


def row_of(session: Meeting, booking: Booking, *, question: str = "") -> str:
    query = f"?{urlencode({'q': question})}" if question else ""
    return f"{reverse('sheet', args=[session.reference])}{query}#p-{booking.reference}"
