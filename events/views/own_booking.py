"""The page that the link of a booking opens, and what it lets do. Reading changes nothing."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import qrcode  # type: ignore[import-untyped]  # it has no types
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]  # it has no types

from events import bookings, opinions
from events.calendars import booking_calendar
from events.forms import BookingChangeForm
from events.links import by_link, token_of
from events.models import Booking, InfoSession
from events.standing import standing
from pages.addresses import absolute

MOST_DATES = 50


@by_link
@require_safe
def booking(request: HttpRequest, booking: Booking) -> HttpResponse:
    now = timezone.now()
    stands = standing(booking, now)
    context = _context(booking) | {
        "stands": stands,
        "may_read_link": stands.name == "confirmed" and booking.session.is_online,
        "may_pick_diagnostic": stands.name == "came" and booking.session.is_for_all,
        "may_give_opinion": stands.name == "came" and opinions.may_give(booking) and not booking.opinion_at,
    }
    return render(request, "events/booking.html", context)


def _act(request: HttpRequest, booking: Booking, rule: Callable[[], object], told: str = "") -> HttpResponse:
    """Do it, or say why not; the page says where things stand after."""
    try:
        rule()
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        if told:
            messages.success(request, told)
    return _its_page(booking)


def _its_page(booking: Booking) -> HttpResponse:
    return redirect("booking", token=token_of(booking))


@by_link
@require_POST
def confirm(request: HttpRequest, booking: Booking) -> HttpResponse:
    return _act(request, booking, lambda: bookings.confirm(booking))


@by_link
@require_POST
def cancel(request: HttpRequest, booking: Booking) -> HttpResponse:
    return _act(request, booking, lambda: bookings.cancel(booking))


@by_link
@require_POST
def accept(request: HttpRequest, booking: Booking) -> HttpResponse:
    return _act(request, booking, lambda: bookings.accept(booking))


@by_link
@require_POST
def decline(request: HttpRequest, booking: Booking) -> HttpResponse:
    return _act(request, booking, lambda: bookings.decline(booking))


@by_link
@require_POST
def rejoin(request: HttpRequest, booking: Booking) -> HttpResponse:
    bookings.settle(booking.session)  # what is over may not have been put away yet
    return _act(request, booking, lambda: bookings.rejoin(booking))


@by_link
@require_POST
def reminders(request: HttpRequest, booking: Booking) -> HttpResponse:
    refuses = request.POST.get("rappels") == "non"
    told = "Nous ne vous enverrons pas de rappel." if refuses else "Nous vous rappellerons la réunion avant son début."
    return _act(request, booking, lambda: bookings.change(booking, refuses_reminders=refuses), told)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, booking: Booking) -> HttpResponse:
    if "change" not in standing(booking, timezone.now()).may:
        return _its_page(booking)
    form = BookingChangeForm(request.POST if request.method == "POST" else None, booking=booking)
    if request.method == "POST" and form.is_valid():
        try:
            bookings.change(booking, **form.details())
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "C’est enregistré.")
            return _its_page(booking)
    return render(request, "events/booking_change.html", _context(booking) | {"form": form})


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Another date: all or nothing, so that a place that is refused there is kept here."""
    now = timezone.now()
    if "move" not in standing(booking, now).may:
        return _its_page(booking)
    others: Any = InfoSession.objects.open_to_all(now).filter(starts_at__gt=now, cancelled_at=None, is_full=False)
    dates = others.exclude(pk=booking.session_id).select_related("place", "departement").soonest_first()
    told = ""
    if request.method == "POST":
        chosen = dates.filter(reference=request.POST.get("date", "").replace("\0", "")).first()
        told = "Choisissez une date." if chosen is None else ""
        if chosen:
            try:
                moved = bookings.move(booking, to=chosen)
            except bookings.AlreadyBookedError:
                told = "Vous avez déjà une place à cette date."
            except ValidationError as refusal:
                told = " ".join(refusal.messages)
            else:
                return _its_page(moved)
    return render(
        request, "events/booking_move.html", _context(booking) | {"dates": dates[:MOST_DATES], "refusal": told}
    )


@by_link
@require_safe
def calendar(_request: HttpRequest, booking: Booking) -> HttpResponse:
    """The place as a file for a calendar; one that was confirmed and is no more takes itself out."""
    if booking.confirmed_at is None:
        raise Http404
    response = HttpResponse(booking_calendar(booking), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="reunion-{booking.session.reference}.ics"'
    return response


@by_link
@require_safe
def code(_request: HttpRequest, booking: Booking) -> HttpResponse:
    """What the counsellor's telephone reads at the door: an address that says nothing to anybody else."""
    if booking.state != Booking.State.CONFIRMED:
        raise Http404
    drawing = BytesIO()
    address = absolute(reverse("presence", args=[booking.reference]))
    qrcode.make(address, image_factory=SvgPathFillImage, border=2).save(drawing)
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


def _context(booking: Booking) -> dict[str, Any]:
    return {"booking": booking, "session": booking.session, "token": token_of(booking)}
