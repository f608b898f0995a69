from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from events.calendars import calendar, subscription
from events.models import HOME, SCHEDULE, InfoSession
from events.schedule import Filters, found, read_filters, schedule
from events.seats import seats_left
from pages import freshness
from pages.addresses import absolute
from pages.filters import read_page

ARCHIVE = {"title": "Réunions passées", "url": "/reunions/archive/"}
DESCRIPTION = "Deux heures en groupe, gratuites, pour comprendre les métiers de l’économie sociale et solidaire."
ARCHIVE_DESCRIPTION = "Les réunions qui ont eu lieu : où elles se tenaient, pour qui, et leur programme."
CALENDAR_LENGTH = 200


@login_not_required
@require_safe
def info_sessions(request: HttpRequest) -> HttpResponse:
    """The sessions to come, by département, public and month."""
    return _schedule(request, past=False)


@login_not_required
@require_safe
def past_sessions(request: HttpRequest) -> HttpResponse:
    return _schedule(request, past=True)


def _schedule(request: HttpRequest, *, past: bool) -> HttpResponse:
    filters, number = read_filters(request.GET, past=past), read_page(request.GET)
    here = ARCHIVE if past else SCHEDULE
    file = reverse("schedule_calendar") + (f"?{urlencode(filters.active)}" if filters.active else "")
    context = {
        "filters": filters,
        "list_key": f"sessions:{filters}:{number}",
        "schedule": SimpleLazyObject(lambda: schedule(filters, number, timezone.now())),
        "heading": here["title"],
        "action": here["url"],
        "calendar": {"file": file, "subscription": subscription(file)},
        "breadcrumbs": [HOME, SCHEDULE, ARCHIVE] if past else [HOME, SCHEDULE],
        "description": ARCHIVE_DESCRIPTION if past else DESCRIPTION,
        "canonical_url": absolute(here["url"]),
    }
    return render(request, "events/schedule.html", context)


@login_not_required
@require_safe
def info_session(request: HttpRequest, reference: str) -> HttpResponse:
    """One session, its seats counted at this moment. The link of an online one is never given here."""
    now = timezone.now()
    sessions = InfoSession.objects.open_to_all(now).select_related("place", "departement")
    session = get_object_or_404(sessions, reference=reference)
    is_coming = session.starts_at > now and not session.is_cancelled
    seats = {"has_started": session.starts_at <= now, "seats_left": seats_left(session, now) if is_coming else None}
    return render(request, "events/info_session.html", session.get_context(now) | seats)


@login_not_required
@require_safe
def session_calendar(_request: HttpRequest, reference: str) -> HttpResponse:
    """The session as a file for a calendar."""
    sessions = InfoSession.objects.open_to_all().select_related("place", "departement")
    session = get_object_or_404(sessions, reference=reference)
    return _ics(calendar([session], name=session.title), f"reunion-{session.reference}.ics")


@login_not_required
@require_safe
def schedule_calendar(request: HttpRequest) -> HttpResponse:
    """A calendar to subscribe to, by the same filters as the schedule; the past year stays in it."""
    filters = read_filters(request.GET)
    content = freshness.keep(request, f"calendar:{filters}", lambda: _calendar(filters))
    return _ics(content, "reunions.ics")


def _calendar(filters: Filters) -> tuple[bytes, None]:
    sessions = found(filters, timezone.now(), since_days=366).select_related("place", "departement")
    return calendar(sessions.soonest_first()[:CALENDAR_LENGTH], name="Actess : réunions d’information"), None


def _ics(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
