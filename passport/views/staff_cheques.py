"""All about one visit, for who accompanies the member; and the disputes to settle."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accompaniment.views.agenda import kept, my_own
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import disputes, evaluations, ledger, looks, means, member_page, notes, reading, rules
from passport.forms.counsellor import CancelForm, NoteForm, OpinionForm, SettleForm
from passport.models import Cheque, Dispute, Evaluation, Note
from passport.picture import picture
from passport.views.counsellor import FORMS
from passport.views.visits import theirs

State = Cheque.State
By = Evaluation.By


def found_for(request: RoleRequest, reference: str) -> Cheque:
    found: Cheque = get_object_or_404(theirs(request), reference=reference)
    return found


@for_role(Role.COUNSELLOR)
@require_safe
def cheque_staff(request: RoleRequest, reference: str) -> HttpResponse:
    found = found_for(request, reference)
    looks.note(found.passport, request.user)
    return _page(request, found)


def _page(request: RoleRequest, found: Cheque, **forms: Any) -> HttpResponse:
    drawn, counsellor = picture(found.passport), my_own(request)
    words, drawing, look = member_page.shown(found)
    note = Note.objects.filter(cheque=found).select_related("author__user").first()
    said = evaluations.latest(found.passport, By.COUNSELLOR, found)
    context = {
        "cheque": found,
        "passport": found.passport,
        "member": found.passport.member,
        "kind": next(kind for kind in drawn.kinds if kind.kind.code == found.kind),
        "state_words": words,
        "state_icon": drawing,
        "state_look": look,
        "is_proposed": found.state == State.PROPOSED,
        "is_signed": found.state == State.SIGNED,
        "last_day": rules.last_day_to_sign(found),
        "counsellor_how": means.in_words(found.counsellor_means),
        "member_how": means.in_words(found.member_means) if found.member_means else "",
        "cancelled_because": member_page.reason_of_cancelling(found),
        "paper": getattr(found, "paper", None),
        "note": note,
        "may_note": note is None or note.author_id == counsellor.pk,
        "note_form": NoteForm(initial={name: getattr(note, name) for name in notes.PARTS} if note else None),
        "disputes": found.disputes.order_by("-opened_at"),
        "judged": [(row, evaluations.told(row.score)) for row in found.evaluations.order_by("made_at", "pk")],
        "may_judge": found.state == State.SIGNED and evaluations.can_change(said),
        "opinion_form": OpinionForm(initial={"score": said.score, "words": said.words} if said else None),
        "cancel_form": CancelForm(),
        **forms,
    }
    return render(request, "passport/counsellor/cheque.html", context)


@for_role(Role.COUNSELLOR)
@require_POST
def cheque_withdraw(request: RoleRequest, reference: str) -> HttpResponse:
    found = found_for(request, reference)
    return _done(request, found, lambda: ledger.withdraw(found, counsellor=my_own(request)), "La visite est retirée.")


@for_role(Role.COUNSELLOR)
@require_POST
def cheque_cancel(request: RoleRequest, reference: str) -> HttpResponse:
    """A counter-entry, with its reason."""
    found, form = found_for(request, reference), CancelForm(request.POST)
    told = "La visite est annulée, ses heures sont rendues. Les deux écritures restent."
    rule = lambda: disputes.cancel_visit(found, counsellor=my_own(request), **form.cleaned_data)  # noqa: E731
    return _kept(request, found, form, rule, told, name="cancel_form")


@for_role(Role.COUNSELLOR)
@require_POST
def cheque_note(request: RoleRequest, reference: str) -> HttpResponse:
    found, form = found_for(request, reference), NoteForm(request.POST)

    def keep() -> bool:
        notes.keep(found, counsellor=my_own(request), **form.cleaned_data)
        return True

    return _kept(request, found, form, keep, "La note est enregistrée.", name="note_form")


@for_role(Role.COUNSELLOR)
@require_POST
def cheque_judge(request: RoleRequest, reference: str) -> HttpResponse:
    found, form = found_for(request, reference), OpinionForm(request.POST)

    def judge() -> Evaluation:
        facts: dict[str, Any] = {"by": By.COUNSELLOR, "user": request.user, "cheque": found}
        return evaluations.judge(found.passport, **facts, **form.cleaned_data)

    return _kept(request, found, form, judge, "Votre avis est enregistré.", name="opinion_form")


@for_role(Role.COUNSELLOR)
@require_http_methods(FORMS)
def dispute_settle(request: RoleRequest, reference: str) -> HttpResponse:
    mine = Dispute.objects.filter(cheque__passport__in=reading.accompanied(request.user))
    near = ("cheque__passport__member", "cheque__counsellor__user", "settled_by")
    found = get_object_or_404(mine.select_related(*near), reference=reference)
    form = SettleForm(request.POST if request.method == "POST" else None)

    def settle() -> Dispute:
        return disputes.settle(found, counsellor=my_own(request), **form.cleaned_data)

    if form.is_valid() and kept(form, settle):
        messages.success(request, "Votre réponse est envoyée. La contestation est réglée.")
        return redirect("cheque_staff", found.cheque.reference)
    passport = found.cheque.passport
    context = {
        "dispute": found,
        "cheque": found.cheque,
        "member": passport.member,
        "kind": passport.version.kinds.filter(code=found.cheque.kind).first(),
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "passport/counsellor/dispute.html", context)


def _kept(
    request: RoleRequest, found: Cheque, form: Any, rule: Callable[[], Any], told: str, *, name: str
) -> HttpResponse:
    if form.is_valid() and kept(form, rule):
        messages.success(request, told)
        return redirect("cheque_staff", found.reference)
    return _page(request, found, **{name: form})


def _done(request: RoleRequest, found: Cheque, rule: Callable[[], Any], told: str) -> HttpResponse:
    try:
        rule()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, told)
    return redirect("cheque_staff", found.reference)
