"""A counsellor's agenda: their weeks, and what they do with their appointments. Somebody else's does not exist here."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accompaniment import agenda as agendas
from accompaniment import appointments, diagnostics
from accompaniment.forms.appointments import FixForm, TimeForm
from accompaniment.models import Appointment
from accompaniment.path import may_begin
from accompaniment.permissions import can_fix_appointment, can_keep_agenda, known_to
from accounts.access import RoleRequest, for_role
from accounts.models import Counsellor, Member
from accounts.roles import Role
from pages.templatetags.french import initials

WEEK = timedelta(weeks=1)
# Weeks further from today are nobody's.
FURTHEST = timedelta(weeks=104)


def my_own(request: RoleRequest) -> Counsellor:
    return get_object_or_404(Counsellor.objects.active().select_related("user"), user=request.user)


def sent(request: RoleRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def kept(form: Any, rule: Callable[[], Any]) -> Any:
    """What the rule gives; otherwise the form tells why, field by field where the rule says which."""
    try:
        return rule()
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for name, told in by_field.items():
            form.add_error(name if name in form.fields else None, told)
        return None


@for_role(Role.COUNSELLOR)
@require_safe
def agenda(request: RoleRequest) -> HttpResponse:
    counsellor, now = my_own(request), timezone.now()
    today = timezone.localdate(now)
    monday = _monday(request.GET.get("semaine", ""), today)
    context = {
        "days": agendas.week(counsellor, monday, now),
        "today": today,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - WEEK,
        "after": monday + WEEK,
        "is_this_week": monday == agendas.monday_of(today),
        "to_mark": agendas.to_mark(counsellor, now),
        "receives": counsellor.availabilities.exists(),
    }
    return render(request, "accompaniment/agenda.html", context)


def _monday(asked: str, today: date) -> date:
    """The week of the day asked for ("2027-03-01"), or this one."""
    if not asked:
        return agendas.monday_of(today)
    try:
        day = date.fromisoformat(asked)
    except ValueError as error:
        raise Http404 from error
    if abs(day - today) > FURTHEST:
        raise Http404
    return agendas.monday_of(day)


def mine(request: RoleRequest, reference: str) -> Appointment:
    rows = Appointment.objects.filter(member__erased_at=None).select_related("member__user", "counsellor__user")
    found = get_object_or_404(rows, reference=reference)
    if not can_keep_agenda(request.user, appointment=found):
        raise Http404
    return found


@for_role(Role.COUNSELLOR)
@require_safe
def agenda_appointment(request: RoleRequest, reference: str) -> HttpResponse:
    found, now = mine(request, reference), timezone.now()
    is_known = known_to(request.user, now).filter(pk=found.member_id).exists()
    name = str(found.member)
    context = {
        "appointment": found,
        "member": found.member,
        "name": name if is_known or found.is_planned else initials(name),
        "is_known": is_known,
        "can_start": _can_start(request, found, now),
        "has_begun": found.starts_at <= now,
        "is_open": found.is_planned and found.starts_at > now,
        "is_followed": can_fix_appointment(request.user, member=found.member, now=now),
    }
    return render(request, "accompaniment/agenda_appointment.html", context)


def _can_start(request: RoleRequest, found: Appointment, now: datetime) -> bool:
    """Whether the interview that this appointment is for may be begun by this counsellor."""
    if found.kind != Appointment.Kind.DIAGNOSTIC or found.state not in diagnostics.OPEN_STATES:
        return False
    may = diagnostics.members_to_start(request.user, now).filter(pk=found.member_id)
    return may.exists() and may_begin(found.member)


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_fix(request: RoleRequest) -> HttpResponse:
    """At any time, with one of their own members: their availabilities are for those who choose by themselves."""
    counsellor = my_own(request)
    given = {name: request.GET.get(name, "")[:20] for name in ("membre", "nature")}
    initial = {"member": given["membre"], "kind": given["nature"] or Appointment.Kind.INDIVIDUAL} | _usual(counsellor)
    form = FixForm(sent(request), initial=initial, user=request.user)
    if form.is_valid() and (made := kept(form, lambda: _fix(form, counsellor, request))):
        messages.success(request, _told("Le rendez-vous est fixé.", made.member))
        return redirect("agenda_appointment", reference=made.reference)
    return render(request, "accompaniment/agenda_fix.html", {"form": form})


def _fix(form: FixForm, counsellor: Counsellor, request: RoleRequest) -> Appointment:
    member: Member = form.cleaned_data["member"]
    if not can_fix_appointment(request.user, member=member):
        raise PermissionDenied
    return appointments.book(
        member, form.slot(counsellor), kind=form.cleaned_data["kind"], by=request.user, freely=True
    )


def _usual(counsellor: Counsellor) -> dict[str, str]:
    """Where this counsellor receives, as far as they said."""
    first = counsellor.availabilities.exclude(place="").first()
    return {"place": first.place} if first else {}


def _told(done: str, member: Member) -> str:
    if member.mailbox:
        return f"{done} {member} reçoit un e-mail."
    return f"{done} {member} n’a pas d’adresse e-mail : prévenez-le par téléphone."


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_move(request: RoleRequest, reference: str) -> HttpResponse:
    found = mine(request, reference)
    form = TimeForm(sent(request), initial=_times(found))
    if form.is_valid() and kept(form, lambda: _move(form, found, request)):
        messages.success(request, _told("Le rendez-vous est déplacé.", found.member))
        return redirect("agenda_appointment", reference=reference)
    return render(request, "accompaniment/agenda_move.html", {"form": form, "appointment": found})


def _move(form: TimeForm, found: Appointment, request: RoleRequest) -> Appointment:
    return appointments.move(found, form.slot(found.counsellor), by=request.user, freely=True)


def _times(found: Appointment) -> dict[str, Any]:
    local: datetime = timezone.localtime(found.starts_at)
    return {
        "day": local.date(),
        "hour": local.time(),
        "length": int((found.ends_at - found.starts_at).total_seconds() // 60),
        "place": found.place,
        "video_url": found.video_url,
    }


@for_role(Role.COUNSELLOR)
@require_POST
def agenda_cancel(request: RoleRequest, reference: str) -> HttpResponse:
    found = mine(request, reference)
    return _act(
        request,
        found,
        lambda: appointments.cancel(found, by=request.user),
        _told("Le rendez-vous est annulé.", found.member),
    )


@for_role(Role.COUNSELLOR)
@require_POST
def agenda_mark(request: RoleRequest, reference: str) -> HttpResponse:
    """Whether the member came."""
    found, said = mine(request, reference), request.POST.get("etat", "")
    if said not in appointments.MARKS:
        messages.warning(request, "Dites si la personne est venue ou non.")
        return redirect("agenda_appointment", reference=reference)
    told = "C’est noté : venu." if said == Appointment.State.DONE else "C’est noté : pas venu."
    return _act(request, found, lambda: appointments.mark(found, said), told)


def _act(request: RoleRequest, found: Appointment, rule: Callable[[], object], told: str) -> HttpResponse:
    """Do it, or say why not; the page says where things stand after."""
    try:
        rule()
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, told)
    return redirect("agenda_appointment", reference=found.reference)
