"""The members' events, in the members' space; their guests, in the counsellors'."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import RoleRequest, for_current_members, for_role
from accounts.models import Member
from accounts.roles import Role, is_current_member
from events import bookings, member_events
from events.forms.guests import GuestForm
from events.models import Booking, Guest, MemberEvent

EVENTS = {"title": "Événements", "url": "/espace/evenements/"}


for_readers = for_current_members(closed="events/member/closed.html")


@for_readers
@require_safe
def events(request: RoleRequest) -> HttpResponse:
    found = member_events.context(_member(request), now=timezone.now())
    return render(request, "events/member/list.html", found | {"breadcrumbs": _breadcrumbs()})


@for_readers
@require_safe
def event(request: RoleRequest, reference: str) -> HttpResponse:
    found = _event(reference)
    context = member_events.one(found, _member(request), now=timezone.now())
    context |= {"may_book": is_current_member(request.user), "breadcrumbs": _breadcrumbs(found)}
    return render(request, "events/member/event.html", context)


@for_readers
@require_POST
def book(request: RoleRequest, reference: str) -> HttpResponse:
    """A seat, or a place in the waiting list; asked for twice, it is the same one."""
    found = _event(reference)
    member = _member(request)
    if member is None or not is_current_member(request.user):
        raise PermissionDenied
    try:
        place = bookings.book_member(found, member, by=request.user)
    except bookings.AlreadyBookedError:
        messages.info(request, "Vous avez déjà une place.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        waits = place.state == Booking.State.WAITING
        messages.success(request, "Vous êtes en liste d’attente." if waits else "Votre place est réservée.")
    return redirect("member_event", reference)


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def guests(request: RoleRequest, reference: str) -> HttpResponse:
    """Who is invited to an event: a counsellor adds them, and takes them away."""
    found = get_object_or_404(MemberEvent.objects.all(), reference=reference)
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            guest = member_events.invite_guest(found, form.save(commit=False))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{guest.name} a une place.")
            return redirect("meeting_guests", reference)
    context = {"event": found, "form": form, "guests": list(found.guests.all()), "breadcrumbs": _breadcrumbs(found)}
    return render(request, "events/member/guests.html", context)


@for_role(Role.COUNSELLOR)
@require_POST
def remove_guest(request: RoleRequest, reference: str, guest: int) -> HttpResponse:
    found = get_object_or_404(Guest, pk=guest, session__reference=reference)
    found.delete()
    messages.success(request, "La place est de nouveau libre.")
    return redirect("meeting_guests", reference)


def _event(reference: str) -> MemberEvent:
    shown = MemberEvent.objects.open_to_members().select_related("place", "departement")
    return get_object_or_404(shown.prefetch_related("guests"), reference=reference)


def _member(request: RoleRequest) -> Member | None:
    return Member.objects.not_erased().of(request.user).first()


def _breadcrumbs(found: MemberEvent | None = None) -> list[dict[str, str]]:
    steps = [{"title": "Mon espace", "url": "/espace/"}, EVENTS]
    return [*steps, {"title": found.title, "url": ""}] if found else steps
