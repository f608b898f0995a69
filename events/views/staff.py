"""The counsellor's side of meetings: the list, the sheet of one, and what is done with it as a whole."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Case, Count, Q, Value, When
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import RoleRequest, for_role
from accounts.models import User
from accounts.roles import Role
from events import attendance, attendance_sheets, hosting, kept_seats, sheet_pdf
from events.models import Booking, Meeting
from pages.filters import choice, read_choice, read_page
from pages.templatetags.french import count_of

PER_PAGE = 20


class Which(models.TextChoices):
    COMING = "a_venir", "À venir"
    TO_CLOSE = "a_clore", "Feuilles à clore"
    PAST = "passees", "Passées"


def meeting(reference: str, *, now: datetime) -> Meeting:
    known = hosting.known(now).select_related("place", "departement", "host__user")
    return get_object_or_404(known, reference=reference)


def refused(request: RoleRequest, act: Callable[[], Any]) -> Any:
    """What the rule gives, or None once its refusal has been said."""
    try:
        return act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None


def back_to_sheet(session: Meeting, *, anchor: str = "") -> HttpResponseRedirect:
    return redirect(f"{redirect('sheet', reference=session.reference).url}{f'#{anchor}' if anchor else ''}")


@for_role(Role.COUNSELLOR)
@require_safe
def sheet_list(request: RoleRequest) -> HttpResponse:
    """Those to come unless another list is asked for; this counsellor's own come first."""
    now = timezone.now()
    lists = _lists(now)
    which = Which(read_choice(request.GET, "voir", Which.values) or Which.COMING)
    options = [(value, str(label), lists[Which(value)].count()) for value, label in Which.choices]
    filters = [choice("voir", "Réunions", "", options, which)]
    filters[0]["options"] = filters[0]["options"][1:]
    context = {
        "page": _page(_in_order(lists[which], which, request.user), request.GET),
        "which": which,
        "filters": filters,
        "active": {"voir": which} if which != Which.COMING else {},
    }
    return render(request, "events/staff/sheets.html", context)


def _lists(now: datetime) -> dict[Which, Any]:
    known, to_close = hosting.known(now), hosting.to_close(now)
    return {
        Which.COMING: known.upcoming(now),
        Which.TO_CLOSE: to_close,
        Which.PAST: known.past(now).exclude(pk__in=to_close.values("pk")),
    }


def _in_order(meetings: Any, which: Which, user: User) -> Any:
    """With what a line shows."""
    mine = Case(When(host__user=user, then=Value(0)), default=Value(1))
    when = "starts_at" if which == Which.COMING else "-starts_at"
    order = (when, "pk") if which == Which.PAST else ("others", when, "pk")
    return (
        meetings.select_related("place", "host__user")
        .annotate(
            others=mine,
            expected=hosting.expected(),
            waiting=Count("bookings", filter=Q(bookings__state=Booking.State.WAITING)),
            came=Count("bookings", filter=Q(bookings__attendance=Booking.Attendance.CAME)),
        )
        .order_by(*order)
    )


def _page(meetings: Any, query: Mapping[str, str]) -> Any:
    paginator, number = Paginator(meetings, PER_PAGE), read_page(query)
    if number > paginator.num_pages:
        raise Http404
    return paginator.page(number)


@for_role(Role.COUNSELLOR)
@require_safe
def sheet(request: RoleRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    session = meeting(reference, now=now)
    context = {
        "sheet": attendance_sheets.read(session, by=request.user, now=now, question=request.GET.get("q", "")),
        "session": session,
        "has_ended": session.has_ended(now),
        "has_started": session.starts_at <= now,
        "opens_at": attendance.opens_at(session),
        "kept": kept_seats.of(session),
        "today": timezone.localdate(now),
    }
    return render(request, "events/staff/sheet.html", context)


@for_role(Role.COUNSELLOR)
@require_safe
def sheet_print(_request: RoleRequest, reference: str) -> HttpResponse:
    """To be signed on paper, and noted later."""
    session = meeting(reference, now=timezone.now())
    response = HttpResponse(sheet_pdf.printed(session), content_type="application/pdf")
    day = timezone.localdate(session.starts_at)
    response["Content-Disposition"] = f'inline; filename="feuille-de-presence-{day:%Y-%m-%d}-{session.reference}.pdf"'
    return response


@for_role(Role.COUNSELLOR)
@require_POST
def sheet_host(request: RoleRequest, reference: str) -> HttpResponse:
    session = meeting(reference, now=timezone.now())
    hosting.take(session, by=request.user)
    messages.success(request, "Vous animez cette réunion. Vous lisez ce qu’il faut à chacun pour participer.")
    if clashes := hosting.appointments_during(session):
        many = count_of(clashes, "rendez-vous,rendez-vous")
        messages.warning(request, f"Vous avez {many} à ces heures-là : voyez votre agenda.")
    return back_to_sheet(session)


@for_role(Role.COUNSELLOR)
@require_POST
def sheet_close(request: RoleRequest, reference: str) -> HttpResponse:
    session = meeting(reference, now=timezone.now())
    invited = refused(request, lambda: attendance.close(session, by=request.user))
    if invited is not None:
        told = f"{count_of(invited, 'personne')} {'sont invitées' if invited > 1 else 'est invitée'} au diagnostic."
        messages.success(request, f"La feuille est close. {told if invited else ''}".strip())
    return back_to_sheet(session)


@for_role(Role.COUNSELLOR)
@require_POST
def sheet_reopen(request: RoleRequest, reference: str) -> HttpResponse:
    session = meeting(reference, now=timezone.now())
    attendance.reopen(session, by=request.user)
    messages.success(request, "La feuille est rouverte : corrigez, puis fermez-la de nouveau.")
    return back_to_sheet(session)
