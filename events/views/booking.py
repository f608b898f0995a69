"""A visitor asks for a place in an information session; they need no account."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events import bookings, throttles
from events.forms import BookingForm
from events.models import HOME, SCHEDULE, Booking, InfoSession
from events.seats import call_back_by

BY_TELEPHONE, IN_THE_LIST = "telephone", "attente"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book_session(request: HttpRequest, reference: str) -> HttpResponse:
    """The form. What was typed stays in it when it is refused."""
    now = timezone.now()
    session = _session(reference, now)
    if request.method != "POST":
        is_open = not session.is_cancelled and session.starts_at > now
        return _form(request, session, BookingForm()) if is_open else redirect(session)
    form = BookingForm(request.POST)
    if not form.is_valid():
        return _form(request, session, form)
    if form.is_trapped:
        return _thanks(session, form)
    return _book(request, session, form)


@login_not_required
@never_cache
@require_safe
def book_session_done(request: HttpRequest, reference: str) -> HttpResponse:
    """What happens next. It says the same to all: nobody learns here who has a place."""
    now = timezone.now()
    session = _session(reference, now)
    context = _context(session, "Votre demande") | {
        "by_telephone": request.GET.get("par") == BY_TELEPHONE,
        "is_waiting": request.GET.get("liste") == IN_THE_LIST,
        "call_by": call_back_by(session, now) - timedelta(seconds=1),
    }
    return render(request, "events/book_done.html", context)


def _session(reference: str, now: datetime) -> InfoSession:
    sessions = InfoSession.objects.open_to_all(now).select_related("place", "departement")
    return get_object_or_404(sessions, reference=reference)


def _book(request: HttpRequest, session: InfoSession, form: BookingForm) -> HttpResponse:
    asked = form.asked()
    try:
        throttles.check(request, asked)
        booking = bookings.book(session, asked, form_token=form.token())
    except throttles.SlowDownError as refusal:
        form.add_error(None, str(refusal))
        return _form(request, session, form, status=429)
    except bookings.AlreadyBookedError:
        return _thanks(session, form, is_waiting=bookings.seats_left(session) == 0)
    except ValidationError as refusal:
        form.refuse(refusal)
        return _form(request, session, form)
    return _thanks(session, form, is_waiting=booking.state == Booking.State.WAITING)


def _thanks(session: InfoSession, form: BookingForm, *, is_waiting: bool = False) -> HttpResponse:
    by = {} if form.cleaned_data["email"] else {"par": BY_TELEPHONE}
    query = urlencode(by | ({"liste": IN_THE_LIST} if is_waiting else {}))
    return redirect(f"{reverse('book_session_done', args=[session.reference])}{'?' if query else ''}{query}")


def _form(request: HttpRequest, session: InfoSession, form: BookingForm, *, status: int = 200) -> HttpResponse:
    context = _context(session, "Réserver") | {"form": form, "seats_left": bookings.seats_left(session)}
    return render(request, "events/book.html", context, status=status)


def _context(session: InfoSession, here: str) -> dict[str, Any]:
    its_page = {"title": session.title, "url": session.get_absolute_url()}
    last = {"title": here, "url": reverse("book_session", args=[session.reference])}
    return {"session": session, "breadcrumbs": [HOME, SCHEDULE, its_page, last]}
