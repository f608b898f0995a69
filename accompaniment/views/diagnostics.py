"""The first interview: begun and written by who follows the member, read by both. To anybody else it does not exist."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accompaniment import agreements, diagnostics, pdf, reading
from accompaniment.forms.interview import InterviewForm
from accompaniment.models import Diagnostic, Question, Roadmap
from accounts.access import RoleRequest, for_role
from accounts.roles import Role
from pages.templatetags.french import hour


@for_role(Role.COUNSELLOR)
@require_POST
def start(request: RoleRequest, reference: str) -> HttpResponse:
    """The first one: who asks again, from a page that was left open, finds the one that there is."""
    member = get_object_or_404(diagnostics.members_to_start(request.user), reference=reference)
    begun = diagnostics.latest_of(member)
    if begun is not None and begun.finished_at:
        return redirect("diagnostic", begun.reference)
    try:
        diagnostic = diagnostics.start(member, request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("counsellor_space")
    return redirect("diagnostic_write", diagnostic.reference)


@login_required
@require_safe
def diagnostic(request: Any, reference: str) -> HttpResponse:
    found = get_object_or_404(reading.diagnostics_read_by(request.user), reference=reference)
    roadmap = Roadmap.objects.filter(diagnostic=found).first()
    answers = {answer.question_id: answer.text for answer in found.answers.all()}
    context = {
        "diagnostic": found,
        "member": found.member,
        "is_mine": found.member.user_id == request.user.pk,
        "said": [(question, _words(question, answers)) for question in found.grid.questions.all()],
        "roadmap": roadmap,
        "is_proposed": roadmap is not None and agreements.is_proposed(roadmap),
    }
    return render(request, "accompaniment/diagnostic.html", context)


def _words(question: Question, answers: dict[int, str]) -> str:
    """Several sectors are read in one line."""
    text = answers.get(question.pk, "")
    return ", ".join(text.splitlines()) if question.kind == Question.Kind.SECTOR else text


@login_required
@require_safe
def diagnostic_pdf(request: Any, reference: str) -> HttpResponse:
    found = get_object_or_404(reading.diagnostics_read_by(request.user), reference=reference)
    return as_file(pdf.of_diagnostic(found), f"diagnostic-{found.reference}.pdf")


def as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _written(request: RoleRequest, reference: str) -> Diagnostic:
    return get_object_or_404(reading.diagnostics_written_by(request.user), reference=reference)


@for_role(Role.COUNSELLOR)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: RoleRequest, reference: str) -> HttpResponse:
    """The whole interview. What is refused stays in its field, with what another tab wrote beside it."""
    found, now = _written(request, reference), timezone.now()
    if request.method != "POST":
        if found.finished_at:
            return redirect("diagnostic", reference)
        return _page(request, found, InterviewForm(found))
    form = InterviewForm(found, request.POST)
    if _reopened(request, form) and form.save(now=now):
        if "finish" not in request.POST:
            messages.success(request, f"Enregistré à {hour(now)}.")
            return redirect("diagnostic_write", reference)
        try:
            diagnostics.finish(found, now=now)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Le diagnostic est terminé. La feuille de route peut commencer.")
            return redirect("diagnostic", reference)
    return _page(request, found, form)


def _reopened(request: RoleRequest, form: InterviewForm) -> bool:
    """What was typed on a diagnostic that another tab finished takes it up again, if its author says so."""
    if "reopen" not in request.POST:
        return True
    try:
        diagnostics.reopen(form.diagnostic)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _page(request: RoleRequest, found: Diagnostic, form: InterviewForm) -> HttpResponse:
    found.refresh_from_db(fields=["finished_at"])
    context = {"diagnostic": found, "member": found.member, "form": form, "entries": list(form.entries())}
    return render(request, "accompaniment/diagnostic_write.html", context)


@for_role(Role.COUNSELLOR)
@require_POST
def answer(request: RoleRequest, reference: str, code: str) -> HttpResponse:
    """One answer, as a page sends it while one types."""
    found, now = _written(request, reference), timezone.now()
    form = InterviewForm(found, request.POST, only=code)
    if not form.questions:
        raise Http404
    if form.save(now=now):
        return JsonResponse({"seen": form.data[f"v-{code}"], "saved": hour(now)})
    if other := form.others.get(code):
        told = {"text": other.text, "seen": diagnostics.seen_of(other), "saved": hour(other.saved_at)}
        return JsonResponse(told, status=409)
    return JsonResponse({"error": " ".join(str(said) for each in form.errors.values() for said in each)}, status=400)


@for_role(Role.COUNSELLOR)
@require_POST
def reopen(request: RoleRequest, reference: str) -> HttpResponse:
    found = _written(request, reference)
    try:
        diagnostics.reopen(found)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("diagnostic", reference)
    return redirect("diagnostic_write", reference)
