"""The prescriber's side: sessions to come, people to book, and what became of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import for_role
from accounts.models import Organisation
from accounts.roles import Role
from events import prescriber_lists, prescribing
from events.forms.prescribing import PersonForm
from events.models import Booking, InfoSession
from events.prescriber_lists import People
from pages.filters import read_choice, read_page
from pages.tables import FORMATS, download


@for_role(Role.PRESCRIBER)
@require_safe
def sessions(request: Any) -> HttpResponse:
    """The sessions to come, with the seats that are left for one's people."""
    bodies = list(prescribing.bodies(request.user).by_name())
    return render(
        request, "events/prescriber/sessions.html", prescriber_lists.sessions(request.GET, bodies, timezone.now())
    )


@for_role(Role.PRESCRIBER)
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: Any, reference: str) -> HttpResponse:
    """One session: its people whom these bodies booked, and a form for the next. It stays here, one after the other."""
    bodies = list(prescribing.bodies(request.user).by_name())
    found = get_object_or_404(
        InfoSession.objects.open_to_all().select_related("place", "departement"), reference=reference
    )
    chosen = prescriber_lists.chosen_body(request.GET, bodies)
    initial = {"organisme": chosen.reference}
    form = PersonForm(request.POST if request.method == "POST" else None, bodies=bodies, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            booking = prescribing.book(
                found, form.asked(), organisation=form.body, by=request.user, form_token=form.token
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, told_of(booking))
            return redirect(f"{request.path}?organisme={form.body.reference}#personnes")
    return _session(request, found, form, bodies, chosen)


def told_of(booking: Booking) -> str:
    """What to tell the person, where we cannot write to them."""
    name = f"{booking.first_name} {booking.last_name}".strip()
    if booking.state == Booking.State.WAITING:
        place = f"{name} est en liste d’attente, au rang {prescribing.ranks([booking])[booking.pk]}."
        said = (
            "Nous lui écrivons dès qu’une place se libère."
            if booking.email
            else "Nous l’appelons si une place se libère."
        )
    else:
        place = f"{name} a une place."
        said = "Un e-mail lui donne la date et le lieu." if booking.email else "Dites-lui la date, l’heure et le lieu."
    return f"{place} {said}"


def _session(
    request: Any, found: InfoSession, form: PersonForm, bodies: list[Organisation], chosen: Organisation
) -> HttpResponse:
    now = timezone.now()
    people = People({"reunion": ""}, prescribing.bodies(request.user))
    mine = people.found.filter(session=found, booked_for__in=bodies)
    context = {
        "session": found,
        "form": form,
        "seats": prescriber_lists.seats_for(chosen, [found], now)[found.pk],
        "body": chosen,
        "bodies": bodies,
        "people": people.rows(mine, now),
        "is_open": not found.is_cancelled and found.starts_at > now,
    }
    return render(request, "events/prescriber/session.html", context)


@for_role(Role.PRESCRIBER)
@require_safe
def people(request: Any) -> HttpResponse:
    """Those whom these bodies booked or sent, by session, month and state; as a file too."""
    found, now = People(request.GET, prescribing.bodies(request.user)), timezone.now()
    if file_format := read_choice(request.GET, "export", FORMATS):
        return download(found.sheet(now), file_format)
    page = prescriber_lists.page_of(found.found, read_page(request.GET))
    context = {
        "page": page,
        "people": found.rows(page.object_list, now),
        "choices": found.choices,
        "active": found.filters.active,
        "has_several": len(found.bodies) > 1,
    }
    return render(request, "events/prescriber/people.html", context)


@for_role(Role.PRESCRIBER)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Any, reference: str) -> HttpResponse:
    """One that these bodies booked; anybody else's is as if it were not there."""
    ours = prescribing.readable(prescribing.bodies(request.user)).filter(
        booked_for__in=prescribing.bodies(request.user)
    )
    booking = get_object_or_404(ours.select_related("session__place", "member"), reference=reference)
    if request.method == "POST":
        try:
            prescribing.cancel(booking, by=request.user)
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        else:
            messages.success(request, f"L’inscription de {booking.name} est annulée. Sa place est rendue.")
        return redirect("prescriber_session", reference=booking.session.reference)
    may = prescribing.may_cancel(booking, prescribing.bodies(request.user), timezone.now())
    return render(request, "events/prescriber/cancel.html", {"booking": booking, "may": may})
