"""The page that the link of an appointment opens, and what it lets do. Reading changes nothing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accompaniment import appointments, picking
from accompaniment.calendars import for_member
from accompaniment.links import by_link, path_of, token_of
from accompaniment.models import Appointment
from accounts.models import User

OVER = "Ce rendez-vous ne se déplace plus et ne s’annule plus."


def _visitor(request: HttpRequest) -> User | None:
    """Whoever is logged in; nobody else is named by a link."""
    return request.user if isinstance(request.user, User) else None


def _is_open(appointment: Appointment) -> bool:
    return appointment.is_planned and appointment.starts_at > timezone.now()


@by_link
@require_safe
def appointment(request: HttpRequest, found: Appointment) -> HttpResponse:
    context = {
        "appointment": found,
        "token": token_of(found),
        "is_open": _is_open(found),
        "may_begin_again": appointments.may_begin_again(found),
    }
    return render(request, "accompaniment/appointment.html", context)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def appointment_move(request: HttpRequest, found: Appointment) -> HttpResponse:
    """Another time, among those that are free."""
    if not _is_open(found):
        return _closed(request, found)
    by = _visitor(request)
    choice = picking.pick(
        request.POST if request.method == "POST" else None,
        free=lambda: appointments.free_slots(found.member, besides=found),
        take=lambda slot: appointments.move(found, slot, by=by),
    )
    if choice.taken:
        messages.success(request, "Votre rendez-vous est déplacé.")
        return redirect(path_of(found))
    context = {"appointment": found, "token": token_of(found)} | choice.context(request.GET)
    return render(request, "accompaniment/appointment_move.html", context)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def appointment_cancel(request: HttpRequest, found: Appointment) -> HttpResponse:
    """Asks once before it is done."""
    if request.method != "POST":
        if not _is_open(found):
            return _closed(request, found)
        return render(
            request, "accompaniment/appointment_cancel.html", {"appointment": found, "token": token_of(found)}
        )
    try:
        appointments.cancel(found, by=_visitor(request))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, "Votre rendez-vous est annulé.")
    return redirect(path_of(found))


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def appointment_again(request: HttpRequest, found: Appointment) -> HttpResponse:
    """A new diagnostic appointment in the place of one that was cancelled; the one that there is already, if any."""
    if planned := appointments.diagnostic_of(found.member):
        return redirect(path_of(planned))
    if not appointments.may_begin_again(found):
        return redirect(path_of(found))
    choice = picking.pick(
        request.POST if request.method == "POST" else None,
        free=lambda: appointments.free_slots(found.member),
        take=lambda slot: appointments.book(found.member, slot),
    )
    if choice.taken:
        return redirect(path_of(choice.taken))
    context = {"appointment": found, "token": token_of(found)} | choice.context(request.GET)
    return render(request, "accompaniment/appointment_again.html", context)


def _closed(request: HttpRequest, found: Appointment) -> HttpResponse:
    if request.method == "POST":
        messages.warning(request, OVER)
    return redirect(path_of(found))


@by_link
@require_POST
def appointment_reminders(request: HttpRequest, found: Appointment) -> HttpResponse:
    refused = request.POST.get("rappels") == "non"
    appointments.set_reminders(found, refused=refused)
    told = "Vous ne recevrez pas de rappel." if refused else "Vous recevrez un rappel deux jours et trois heures avant."
    messages.success(request, told)
    return redirect(path_of(found))


@by_link
@require_safe
def appointment_calendar(_request: HttpRequest, found: Appointment) -> HttpResponse:
    response = HttpResponse(for_member(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="rendez-vous-{found.reference}.ics"'
    return response
