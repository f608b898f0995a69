"""The passports that a prescriber pays for, as they are now, and what it has to say of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accompaniment.views.agreements import kept
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import decisions, evaluations, looks, prescriber_lists, reading
from passport.forms.prescriber import AnswerForm, OpinionForm
from passport.models import Decision, Evaluation, Passport
from passport.picture import picture
from passport.presences import presences, words_of
from passport.views import live

By = Evaluation.By


@for_role(Role.PRESCRIBER)
@require_safe
def passports(request: RoleRequest) -> HttpResponse:
    context = prescriber_lists.passports(request.user, request.GET)
    template, part = "passport/prescriber/passports.html", "passport/prescriber/passports_live.html"
    return live.answer(request, template, part=part, context=context)


def _paid(request: RoleRequest, reference: str) -> Passport:
    theirs = reading.paid_by(request.user).select_related("member", "version", "sheet__order__organisation")
    return get_object_or_404(theirs.prefetch_related("version__kinds"), reference=reference)


@for_role(Role.PRESCRIBER)
@require_safe
def passport(request: RoleRequest, reference: str) -> HttpResponse:
    """The same picture as the member’s, and the presences. Who looks is noted, not the page that asks by itself."""
    found = _paid(request, reference)
    (looks.note_open if live.asks_again(request) else looks.note)(found, request.user)
    whole = {said.by: said for said in found.evaluations.filter(cheque=None)}
    decided = list(found.decisions.exclude(state=Decision.State.WITHDRAWN).order_by("-asked_at", "-pk"))
    context = {
        "passport": found,
        "picture": picture(found),
        "presences": presences(found),
        "decisions": decided,
        "waiting": [decision for decision in decided if decision.state == Decision.State.ASKED],
        "judged": whole.get(By.MEMBER),
        "judged_words": words_of(whole.get(By.MEMBER)),
        "opinion": whole.get(By.PRESCRIBER),
        "scores": evaluations.SCORES,
    }
    template, part = "passport/prescriber/passport.html", "passport/prescriber/passport_live.html"
    return live.answer(request, template, part=part, context=context)


@for_role(Role.PRESCRIBER)
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: RoleRequest, reference: str) -> HttpResponse:
    """A suspension or a prolongation that waits for who pays."""
    theirs = Decision.objects.filter(passport__in=reading.paid_by(request.user))
    found = get_object_or_404(theirs.select_related("passport__member", "passport__sheet__order"), reference=reference)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and kept(form, lambda: _answer(found, form.cleaned_data, request)):
        messages.success(request, "Votre réponse est enregistrée.")
        return redirect("prescriber_passport", found.passport.reference)
    waits = found.state == Decision.State.ASKED
    context = {"decision": found, "passport": found.passport, "form": form, "waits": waits}
    return render(request, "passport/prescriber/decision.html", context)


def _answer(found: Decision, said: dict[str, Any], request: RoleRequest) -> None:
    if said["answer"] == "oui":
        decisions.accept(found, by=request.user)
    else:
        decisions.refuse(found, by=request.user, answer=said["reason"])


@for_role(Role.PRESCRIBER)
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: RoleRequest, reference: str) -> HttpResponse:
    """What the prescriber thinks of the whole."""
    found = _paid(request, reference)
    said = evaluations.latest(found, By.PRESCRIBER)
    initial = {"score": str(said.score), "words": said.words} if said else {}
    form = OpinionForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and kept(form, lambda: _judge(found, form.cleaned_data, request)):
        messages.success(request, "Merci, votre avis est enregistré.")
        return redirect("prescriber_passport", reference)
    context = {"passport": found, "form": form, "can_change": evaluations.can_change(said)}
    return render(request, "passport/prescriber/opinion.html", context)


def _judge(found: Passport, said: dict[str, Any], request: RoleRequest) -> None:
    evaluations.judge(found, by=By.PRESCRIBER, user=request.user, score=said["score"], words=said["words"])
