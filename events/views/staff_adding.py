"""What a counsellor adds to a meeting: somebody who is there, somebody who calls, seats for a prescriber."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import RoleRequest, for_role
from accounts.models import Organisation
from accounts.roles import Role
from events import attendance, bookings, hosting, kept_seats
from events.forms.staff import KeepSeatsForm, LateBookingForm, MemberPlaceForm, WalkInForm
from events.models import Booking, KeptSeats, Meeting
from events.views.staff import back_to_sheet, meeting, refused
from events.views.staff_people import row_of

WALK_IN = {
    "title": "Quelqu’un est là sans réserver",
    "action": "Noter cette personne",
    "why": "Un nom suffit. Avec une adresse e-mail, la personne reçoit après la réunion de quoi prendre rendez-vous.",
}
BOOK = {
    "title": "Inscrire quelqu’un",
    "action": "Inscrire",
    "why": "La place est confirmée aussitôt. S’il n’en reste plus, la personne entre dans la liste d’attente.",
}
KEEP = {
    "title": "Garder des places",
    "action": "Garder ces places",
    "why": "Elles ne sont plus proposées à tous : seul ce prescripteur y inscrit des personnes.",
}


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_walk_in(request: RoleRequest, reference: str) -> HttpResponse:
    """Noted as present at once."""
    session = meeting(reference, now=timezone.now())
    form = WalkInForm(_sent(request), initial=_said_elsewhere(request))

    def walk_in() -> Booking:
        with transaction.atomic():
            booking = bookings.walk_in(session, form.asked(), by=request.user, form_token=form.token(session))
            return attendance.mark(booking, Booking.Attendance.CAME, by=request.user)

    return _entered(request, session, form, walk_in) or _form(request, session, form, WALK_IN)


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_book(request: RoleRequest, reference: str) -> HttpResponse:
    """In a members' event, one of the members whom this counsellor accompanies."""
    session = meeting(reference, now=timezone.now())
    if not session.is_for_all:
        return _book_member(request, session)
    form = LateBookingForm(_sent(request))

    def book() -> Booking:
        return bookings.book_for(session, form.asked(), by=request.user, form_token=form.token(session))

    return _entered(request, session, form, book) or _form(request, session, form, BOOK)


def _book_member(request: RoleRequest, session: Meeting) -> HttpResponse:
    form = MemberPlaceForm(_sent(request), user=request.user)

    def book() -> Booking:
        return bookings.book_member(session, form.cleaned_data["member"], by=request.user)

    return _entered(request, session, form, book) or _form(request, session, form, BOOK)


def _said_elsewhere(request: RoleRequest) -> dict[str, Any]:
    """What somebody said who booked another meeting, and came to this one."""
    known = Booking.objects.filter(session__in=hosting.known(timezone.now()), anonymised_at=None)
    booking = known.select_related("member__user").filter(reference=request.GET.get("de", "")).first()
    if booking is None:
        return {}
    person = booking.member or booking
    names = {"first_name": person.first_name, "last_name": person.last_name, "departement": person.departement_id}
    return names | {"email": booking.mailbox, "telephone": booking.phone}


def _entered(
    request: RoleRequest, session: Meeting, form: forms.Form, act: Callable[[], Booking]
) -> HttpResponse | None:
    """Back to the sheet, at the row of the person; None where the form is to be shown."""
    if not form.is_valid():
        return None
    try:
        booking = act()
    except bookings.AlreadyBookedError as error:
        messages.info(request, f"{error.booking.name} est déjà sur la feuille : voici sa ligne.")
        return redirect(row_of(session, error.booking))
    except ValidationError as error:
        _refuse(form, error)
        return None
    messages.success(request, f"{booking.name} {_became(booking)}.")
    return redirect(row_of(session, booking))


def _became(booking: Booking) -> str:
    if booking.attendance:
        return "est sur la feuille, présence notée"
    waits = booking.state == Booking.State.WAITING
    return "est en liste d’attente : il ne reste plus de place" if waits else "a une place"


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_keep(request: RoleRequest, reference: str) -> HttpResponse:
    session = meeting(reference, now=timezone.now())
    form = KeepSeatsForm(_sent(request), session=session)
    if form.is_valid():
        try:
            kept = _keep(request, session, form)
        except ValidationError as error:
            _refuse(form, error)
        else:
            messages.success(request, f"Places gardées : {kept}.")
            return back_to_sheet(session, anchor="gardees")
    return _form(request, session, form, KEEP)


def _keep(request: RoleRequest, session: Meeting, form: KeepSeatsForm) -> KeptSeats:
    data = form.cleaned_data
    return kept_seats.keep(
        session, organisation=data["organisation"], number=data["seats"], until=data["until"], by=request.user
    )


@for_role(Role.COUNSELLOR)
@require_POST
def sheet_release(request: RoleRequest, reference: str) -> HttpResponse:
    session = meeting(reference, now=timezone.now())
    chosen = request.POST.get("organisation", "").replace("\0", "")
    body = get_object_or_404(Organisation, reference=chosen, kept_seats__session=session)
    refused(request, lambda: kept_seats.release(session, organisation=body, by=request.user))
    messages.success(request, f"Les places gardées pour {body} sont à tous.")
    return back_to_sheet(session, anchor="gardees")


def _sent(request: RoleRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _refuse(form: forms.Form, error: ValidationError) -> None:
    """Beside the field that it is about."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for name, said in by_field.items():
        form.add_error(name if name in form.fields else None, said)


def _form(request: RoleRequest, session: Meeting, form: forms.Form, words: dict[str, str]) -> HttpResponse:
    return render(request, "events/staff/form.html", {"session": session, "form": form, **words})
