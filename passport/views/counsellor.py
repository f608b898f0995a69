"""The passports of those whom a counsellor accompanies, and what is decided of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accompaniment.views.agenda import kept
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from pages.filters import choice, read_choice, read_page
from pages.search.words import folded_lines, raw_words
from passport import decisions, due, looks, member_page, reading
from passport.forms.counsellor import DecisionForm, ProofForm
from passport.models import Decision, Evaluation, Passport
from passport.picture import picture

FORMS = ["GET", "HEAD", "POST"]
PER_PAGE = 30
LONGEST_QUESTION = 100


@for_role(Role.COUNSELLOR)
@require_safe
def passports(request: RoleRequest) -> HttpResponse:
    """My members’ passports with what is due; those in use first."""
    all_of_them = due.lines(request.user, timezone.now())
    code = read_choice(request.GET, "a_faire", due.LABELS)
    question = request.GET.get("q", "")[:LONGEST_QUESTION].strip()
    names = folded_lines([f"{line.passport.member} {line.passport.reference}" for line in all_of_them])
    searched = {line.passport.pk: f" {name}" for line, name in zip(all_of_them, names, strict=True)}
    said = due.chosen(all_of_them, code="", words=raw_words(question), searched=searched)
    counts = due.counts(said)
    options = [(value, label, counts[value]) for value, label in due.LABELS.items()]
    found = due.chosen(said, code=code, words=[], searched=searched)
    paginator, number = Paginator(found, PER_PAGE), read_page(request.GET)
    if number > paginator.num_pages:
        raise Http404
    context = {
        "page": paginator.page(number),
        "question": question,
        "choices": [choice("a_faire", "À faire", "Tous les passeports", options, code)],
        "active": {name: value for name, value in (("q", question), ("a_faire", code)) if value},
    }
    return render(request, "passport/counsellor/passports.html", context)


def accompanied(request: RoleRequest, reference: str) -> Passport:
    near = ("member__user", "version", "sheet__order__organisation", "agreement")
    rows = reading.accompanied(request.user).select_related(*near).prefetch_related("version__kinds")
    return get_object_or_404(rows, reference=reference)


@for_role(Role.COUNSELLOR)
@require_safe
def passport_staff(request: RoleRequest, reference: str) -> HttpResponse:
    found, now = accompanied(request, reference), timezone.now()
    looks.note(found, request.user, now=now)
    return _page(request, found)


def _page(request: RoleRequest, found: Passport, **more: Any) -> HttpResponse:
    now, drawn = timezone.now(), picture(found)
    context = {
        "passport": found,
        "member": found.member,
        "picture": drawn,
        "due": due.of_one(found, now),
        "is_open": found.state == Passport.State.OPEN,
        "is_live": drawn.is_live,
        "page": member_page.page_of(list(member_page.visits_of(found)), drawn, _number(request)),
        "coming": member_page.coming(drawn, list(found.reservations.filter(ended_at=None)), now),
        "decisions": list(found.decisions.select_related("asked_by").order_by("-asked_at", "-pk")),
        "waiting": Decision.State.ASKED,
        "judged": Evaluation.objects.filter(passport=found, cheque=None).order_by("made_at", "pk"),
        "proof_form": ProofForm(),
        **more,
    }
    return render(request, "passport/counsellor/passport.html", context)


def _number(request: RoleRequest) -> int:
    """Of the page of visits; a decision that is refused shows the first one."""
    return read_page(request.GET) if request.method != "POST" else 1


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def decision_ask(request: RoleRequest, reference: str) -> HttpResponse:
    found = accompanied(request, reference)
    form = DecisionForm(request.POST if request.method == "POST" else None, passport=found)
    if form.is_valid() and (made := kept(form, lambda: decisions.ask(found, by=request.user, **form.cleaned_data))):
        waits = made.state == Decision.State.ASKED
        told = "La demande est faite. Le prescripteur doit répondre." if waits else "C’est décidé et écrit."
        messages.success(request, told)
        return redirect("passport_staff", reference)
    return render(request, "passport/counsellor/decision.html", {"passport": found, "form": form})


def _asked(request: RoleRequest, reference: str) -> Decision:
    theirs = Decision.objects.filter(passport__in=reading.accompanied(request.user))
    return get_object_or_404(theirs.select_related("passport__member"), reference=reference)


@for_role(Role.COUNSELLOR)
@require_POST
def decision_withdraw(request: RoleRequest, reference: str) -> HttpResponse:
    found = _asked(request, reference)
    try:
        decisions.withdraw(found, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, "La demande est retirée.")
    return redirect("passport_staff", found.passport.reference)


@for_role(Role.COUNSELLOR)
@require_POST
def decision_agreed(request: RoleRequest, reference: str) -> HttpResponse:
    """The prescriber agreed elsewhere: the proof is said."""
    found, form = _asked(request, reference), ProofForm(request.POST)
    if form.is_valid() and kept(form, lambda: decisions.accept(found, by=request.user, **form.cleaned_data)):
        messages.success(request, "L’accord du prescripteur est noté : la décision tient.")
        return redirect("passport_staff", found.passport.reference)
    return _page(request, accompanied(request, found.passport.reference), proof_form=form, refused=found.pk)
