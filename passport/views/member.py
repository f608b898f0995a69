"""A member reads their passport, and takes it away."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accompaniment import path
from accompaniment.views.agreements import kept
from accounts.access import RoleRequest, for_role
from accounts.models import Member
from accounts.roles import Role
from pages.filters import read_page
from passport import checking, evaluations, exports, member_page, reading
from passport.forms.member import EvaluationForm
from passport.models import Cheque, Evaluation, Passport

LOOKS_A_PAGE = 30


@for_role(Role.MEMBER)
@require_safe
def my_passport(request: RoleRequest) -> HttpResponse:
    """The one in use, or the last one; without any, what comes first."""
    mine = member_page.passports_of(request.user)
    if mine:
        return _page(request, mine[0], mine)
    member = get_object_or_404(Member.objects.not_erased(), user=request.user)
    return render(request, "passport/member/none.html", {"steps": path.steps_of(member)})


@for_role(Role.MEMBER)
@require_safe
def my_passport_one(request: RoleRequest, reference: str) -> HttpResponse:
    mine = member_page.passports_of(request.user)
    found = get_object_or_404(reading.own(request.user), reference=reference)
    return _page(request, next(passport for passport in mine if passport == found), mine)


def _page(request: RoleRequest, found: Passport, mine: list[Passport]) -> HttpResponse:
    others = [passport for passport in mine if passport != found]
    number = read_page(request.GET)
    context = member_page.context(found, others=others, number=number, now=timezone.now())
    return render(request, "passport/member/passport.html", context)


@for_role(Role.MEMBER)
@require_safe
def my_passport_looks(request: RoleRequest, reference: str) -> HttpResponse:
    found = _mine(request, reference)
    page = Paginator(member_page.looks_of(found), LOOKS_A_PAGE).get_page(read_page(request.GET))
    return render(request, "passport/member/looks.html", {"passport": found, "page": page})


@for_role(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def my_passport_judge(request: RoleRequest, reference: str) -> HttpResponse:
    """What the member thinks of the whole."""
    found = _mine(request, reference)
    said = evaluations.latest(found, Evaluation.By.MEMBER)
    form = EvaluationForm.of(request.POST if request.method == "POST" else None, said, whole=True)
    if form.is_valid() and kept(form, lambda: judge(found, request.user, form.cleaned_data)):
        messages.success(request, "Votre avis est enregistré.")
        return redirect("my_passport_one", reference)
    return judge_page(request, found, None, form=form, said=said)


def judge_page(request: RoleRequest, found: Passport, cheque: Cheque | None, **context: Any) -> HttpResponse:
    context["evaluations"] = evaluations.all_of(found, cheque)
    context["can_change"] = evaluations.can_change(context["said"])
    return render(request, "passport/member/judge.html", {"passport": found, "cheque": cheque, **context})


def judge(passport: Passport, user: Any, said: dict[str, Any], **what: Any) -> Evaluation:
    return evaluations.judge(passport, by=Evaluation.By.MEMBER, user=user, **said, **what)


@for_role(Role.MEMBER)
@require_safe
def my_passport_check(request: RoleRequest, reference: str) -> HttpResponse:
    """How to check one’s own passport without the site."""
    found = _mine(request, reference)
    context = {"passport": found, "code": checking.spelled(found.code)}
    return render(request, "passport/member/check.html", context)


@for_role(Role.MEMBER)
@require_safe
def my_passport_export(request: RoleRequest, reference: str) -> HttpResponse:
    """Signed: `passport/verifying.py` checks it anywhere."""
    said = exports.export_of(_mine(request, reference))
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    answer["Content-Disposition"] = 'attachment; filename="passeport.json"'
    return answer


def _mine(request: RoleRequest, reference: str) -> Passport:
    return get_object_or_404(reading.own(request.user).select_related("member", "version"), reference=reference)
