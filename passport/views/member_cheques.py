"""A member reads one visit, and says what it was worth."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accompaniment.views.agreements import kept
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from passport import evaluations, means, member_page, reading
from passport.forms.member import EvaluationForm
from passport.models import Cheque, Evaluation, Note
from passport.views.member import judge, judge_page

State = Cheque.State


@for_role(Role.MEMBER)
@require_safe
def my_cheque(request: RoleRequest, reference: str) -> HttpResponse:
    """The three parts of a visit: for the accounts, for who pays, for what comes next."""
    found = mine(request, reference)
    follow_up, contested = member_page.follow_up(found), list(found.disputes.order_by("-opened_at"))
    words, drawing, look = member_page.shown(found)
    said = evaluations.all_of(found.passport, found)
    is_proposed, is_signed = found.state == State.PROPOSED, found.state == State.SIGNED
    context = {
        "cheque": found,
        "passport": found.passport,
        "kind": next(
            {"label": kind.label, "drawing": drawing} for kind, drawing, _used in follow_up if kind.code == found.kind
        ),
        "state_words": words,
        "state_icon": drawing,
        "state_look": look,
        "to_sign": member_page.to_sign(found) if is_proposed else None,
        "on_paper": hasattr(found, "paper"),
        "counsellor_how": means.in_words(found.counsellor_means),
        "member_how": means.in_words(found.member_means, to_them=True) if found.member_means else "",
        "cancelled_because": member_page.reason_of_cancelling(found) if found.state == State.CANCELLED else "",
        "is_kept": is_signed or found.state == State.CANCELLED,
        "is_signed": is_signed,
        "note": Note.objects.filter(cheque=found).select_related("author__user").first(),
        "follow_up": follow_up,
        "disputes": contested,
        "may_contest": is_signed and all(dispute.settled_at for dispute in contested),
        "evaluations": said,
        "mine": next((row for row, _words in said if row.by == Evaluation.By.MEMBER), None),
    }
    return render(request, "passport/member/cheque.html", context)


@for_role(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def my_cheque_judge(request: RoleRequest, reference: str) -> HttpResponse:
    found = mine(request, reference)
    said = evaluations.latest(found.passport, Evaluation.By.MEMBER, found)
    form = EvaluationForm.of(request.POST if request.method == "POST" else None, said)
    if form.is_valid() and kept(form, lambda: judge(found.passport, request.user, form.cleaned_data, cheque=found)):
        messages.success(request, "Votre avis est enregistré.")
        return redirect("my_cheque", reference)
    return judge_page(request, found.passport, found, form=form, said=said)


def mine(request: RoleRequest, reference: str) -> Cheque:
    rows = Cheque.objects.filter(passport__in=reading.own(request.user)).select_related(
        "passport__member",
        "passport__version",
        "passport__sheet__order__organisation",
        "counsellor__user",
        "entry",
        "paper",
    )
    return get_object_or_404(rows, reference=reference)
