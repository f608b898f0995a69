"""A counsellor writes a visit in three taps: the activity, the rest already filled in, then words to sign."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accompaniment.views.agenda import kept, my_own
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import means, paper, reading, visits
from passport.forms.visit import VisitForm
from passport.models import Cheque, PaperCheque, Passport
from passport.views.counsellor import FORMS, accompanied
from passport.views.signing import shown


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def visit_write(request: RoleRequest, reference: str) -> HttpResponse:
    """?activite= or ?prevu= fill the form in; ?papier= is a leaf that both signed by hand."""
    found = accompanied(request, reference)
    if found.state != Passport.State.OPEN:
        return render(request, "passport/counsellor/visit_closed.html", {"passport": found})
    if request.method == "POST":
        return _sent(request, found)
    leaf = _leaf(request, request.GET.get("papier", ""))
    things = {thing.reservation.origin: thing for thing in visits.planned(found, timezone.now())}
    initial = _proposed(request, found, things)
    if initial is None:
        return _choose(request, found, things, leaf)
    initial["paper"] = leaf.serial if leaf else ""
    return _form(request, found, VisitForm(initial=initial, passport=found))


def _choose(request: RoleRequest, found: Passport, things: dict[str, Any], leaf: PaperCheque | None) -> HttpResponse:
    """The first tap."""
    context = {
        "passport": found,
        "offers": visits.offers(found),
        "planned": list(things.values()),
        "leaf": leaf,
        "more": f"&{urlencode({'papier': leaf.serial})}" if leaf else "",
    }
    return render(request, "passport/counsellor/visit_kinds.html", context)


def _proposed(request: RoleRequest, found: Passport, things: dict[str, Any]) -> dict[str, Any] | None:
    """What the form is filled in with: what was planned, else a usual visit that has just ended."""
    if thing := things.get(request.GET.get("prevu", "")):
        return VisitForm.shown(visits.of_planned(thing))
    asked = request.GET.get("activite", "")
    offer = next((offer for offer in visits.offers(found) if offer.kind.code == asked), None)
    if offer is None:
        return None
    now = timezone.now()
    begun = [one for one in things.values() if one.reservation.kind == asked and _is_today(one, now)]
    if len(begun) == 1:
        return VisitForm.shown(visits.of_planned(begun[0]))
    return VisitForm.shown(visits.usual(offer.kind, counsellor=my_own(request), open_hours=offer.open, now=now))


def _is_today(thing: visits.Planned, now: Any) -> bool:
    return bool(timezone.localdate(thing.reservation.starts_at) == timezone.localdate(now))


def _leaf(request: RoleRequest, serial: str) -> PaperCheque | None:
    if not serial:
        return None
    found = get_object_or_404(paper.given_to(request.user), serial=serial)
    return found if paper.is_blank(found) else None


def _sent(request: RoleRequest, found: Passport) -> HttpResponse:
    """The second tap shows in words what the third one signs."""
    form, counsellor = VisitForm(request.POST, passport=found), my_own(request)
    if not form.is_valid() or "change" in request.POST:
        return _form(request, found, form)
    leaf = (
        get_object_or_404(paper.given_to(request.user), serial=serial)
        if (serial := form.cleaned_data["paper"])
        else None
    )
    facts = {"counsellor": counsellor, "key": form.cleaned_data["key"], "paper": leaf}
    if "sign" in request.POST:
        how = means.session(shown(request))
        made = kept(form, lambda: visits.propose(found, form.said(), means=how, **facts))
        return _signed(request, found, made) if made else _form(request, found, form)
    rehearsed = kept(form, lambda: visits.rehearse(found, form.said(), **facts))
    if not rehearsed:
        return _form(request, found, form)
    cheques, left = rehearsed
    context = {
        "passport": found,
        "member": found.member,
        "form": form,
        "cheques": cheques,
        "left": left,
        "leaf": leaf,
        "asks_again": means.of_session(request) is None,
    }
    return render(request, "passport/counsellor/visit_sign.html", context)


def _form(request: RoleRequest, found: Passport, form: VisitForm) -> HttpResponse:
    if form.of_kind is None:
        if form.is_bound:
            messages.error(request, "Choisissez une activité de ce forfait.")
            return redirect("visit_write", found.reference)
        raise Http404
    offer = next(offer for offer in visits.offers(found) if offer.kind == form.of_kind)
    context = {"passport": found, "member": found.member, "form": form, "offer": offer}
    return render(request, "passport/counsellor/visit.html", context)


def _signed(request: RoleRequest, found: Passport, made: list[Cheque]) -> HttpResponse:
    if len(made) > 1:
        messages.success(request, "Deux visites sont proposées : faites signer chacune.")
        return redirect("passport_staff", found.reference)
    messages.success(request, "La visite est proposée : il reste à la faire signer.")
    return redirect(reverse("cheque_staff", args=[made[0].reference]))


def theirs(request: RoleRequest) -> Any:
    """The cheques of those whom this counsellor accompanies."""
    near = ("passport__member__user", "passport__version", "counsellor__user", "entry", "paper")
    return Cheque.objects.filter(passport__in=reading.accompanied(request.user)).select_related(*near)
