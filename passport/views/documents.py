"""The papers of passports, at one address each for all who may print them; for others they do not exist."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from passport import documents, looks, pdf
from passport.models import Cheque, Passport
from passport.pdf.record import with_all


@require_safe
def passport(request: Any, reference: str) -> HttpResponse:
    found = _passport(request, reference)
    return as_file(pdf.of_passport(found), f"passeport-{found.reference}.pdf")


@require_safe
def passport_attestation(request: Any, reference: str) -> HttpResponse:
    found = _passport(request, reference)
    return as_file(pdf.attestation_of_passport(found), f"attestation-{found.reference}.pdf")


@require_safe
def attestation(request: Any, reference: str) -> HttpResponse:
    found = _cheque(request, documents.attested_for(request.user), reference)
    return as_file(pdf.attestation_of_visit(found), f"attestation-{_number(found)}.pdf")


@require_safe
def certificate(request: Any, reference: str) -> HttpResponse:
    found = _cheque(request, documents.certified_for(request.user), reference)
    return as_file(pdf.certificate_of_visit(found), f"presence-{_number(found)}.pdf")


@require_safe
def sheet(request: Any, order: str, number: int) -> HttpResponse:
    sheets = documents.sheets_of(request.user).select_related("order__organisation", "order__version__package")
    found = get_object_or_404(sheets, order__reference=order, number=number)
    return as_file(pdf.of_sheet(found), f"planche-{found.order.number}-{found.number}.pdf")


@require_safe
def blanks(request: Any, booklet: str) -> HttpResponse:
    leaves = list(documents.blanks_of(request.user, booklet).select_related("counsellor__user"))
    if not leaves:
        raise Http404
    return as_file(pdf.blanks(leaves), f"cheques-{booklet}.pdf")


def as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _passport(request: Any, reference: str) -> Passport:
    found: Passport = get_object_or_404(with_all(documents.passports_of(request.user)), reference=reference)
    looks.note(found, request.user)
    return found


def _cheque(request: Any, cheques: Any, reference: str) -> Cheque:
    near = ("entry", "counsellor__user", "passport__member", "passport__version__package")
    rows = cheques.select_related(*near, "passport__sheet__order__organisation")
    found: Cheque = get_object_or_404(rows, reference=reference)
    looks.note(found.passport, request.user)
    return found


def _number(cheque: Cheque) -> str:
    """As a name of a file: « C3-09-11-2026-2 »."""
    return cheque.number.replace("/", "-")
