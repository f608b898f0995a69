"""Uploads in pieces, spoken in JSON: each refusal is a sentence that the page shows."""

import re
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, JsonResponse, UnreadablePostError
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from private_files import uploads
from private_files.models import Upload
from private_files.virus import InfectedError, NotScannedError

LARGEST_NUMBER = 2**53
REFUSALS: dict[type[Exception], HTTPStatus] = {
    ValidationError: HTTPStatus.BAD_REQUEST,
    InfectedError: HTTPStatus.BAD_REQUEST,
    NotScannedError: HTTPStatus.SERVICE_UNAVAILABLE,
    uploads.NoRoomError: HTTPStatus.INSUFFICIENT_STORAGE,
}
CUT = "L’envoi a été coupé : il reprendra où il s’est arrêté."
BAD_PIECE = "Ce morceau de fichier ne se lit pas : recommencez."


class StartForm(forms.Form):
    purpose = forms.CharField(max_length=40)
    about = forms.CharField(max_length=40, required=False)
    name = forms.CharField(max_length=1000)
    mark = forms.CharField(max_length=64, required=False)
    size = forms.IntegerField(min_value=0, max_value=LARGEST_NUMBER)


@require_POST
def start(request: HttpRequest) -> JsonResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        return _refusal(ValidationError([error for errors in form.errors.as_data().values() for error in errors]))
    facts = form.cleaned_data
    purpose = facts.pop("purpose")
    if uploads.purpose_for(request.user, purpose) is None:
        raise Http404
    try:
        return _said(uploads.start(request.user, purpose, **facts))
    except tuple(REFUSALS) as refused:
        return _refusal(refused)


@require_http_methods(["GET", "HEAD", "POST"])
def piece(request: HttpRequest, reference: str) -> JsonResponse:
    """GET says how much is here; POST adds what follows, or finishes what is whole."""
    upload = _own(request, reference)
    try:
        return _said(_advanced(request, upload) if request.method == "POST" else upload)
    except uploads.WrongOffsetError as error:
        return JsonResponse({"offset": error.offset}, status=HTTPStatus.CONFLICT)
    except tuple(REFUSALS) as refused:
        return _refusal(refused)


def _advanced(request: HttpRequest, upload: Upload) -> Upload:
    if content := _content(request):
        upload = uploads.add(upload, content, offset=_offset(request))
    if upload.is_running and upload.arrived == upload.size:
        upload = uploads.finish(upload, request.user)
    return upload


@require_POST
def abandon(request: HttpRequest, reference: str) -> JsonResponse:
    upload = _own(request, reference)
    uploads.abandon(upload)
    return JsonResponse({})


def _own(request: HttpRequest, reference: str) -> Upload:
    """Their own upload, as long as they may still send such a file."""
    upload = get_object_or_404(Upload, owner=request.user, reference=reference)
    if uploads.purpose_for(request.user, upload.purpose) is None:
        raise Http404
    return upload


def _offset(request: HttpRequest) -> int:
    given = request.headers.get("Upload-Offset", "")
    if not re.fullmatch(r"[0-9]{1,16}", given):
        raise ValidationError(BAD_PIECE)
    return int(given)


def _content(request: HttpRequest) -> bytes:
    """The bytes as they come: what was cut on the way is asked for again."""
    if request.headers.get("Content-Length") in {None, "", "0"}:
        return b""
    if request.content_type != "application/octet-stream":
        raise ValidationError(BAD_PIECE)
    try:
        content = request.read(uploads.LARGEST_PIECE + 1)
    except UnreadablePostError as error:
        raise ValidationError(CUT) from error
    if len(content) > uploads.LARGEST_PIECE:
        raise ValidationError(BAD_PIECE)
    return content


def _said(upload: Upload) -> JsonResponse:
    if upload.dropped_at:
        return JsonResponse({"error": uploads.ENDED}, status=HTTPStatus.GONE)
    finished = upload.finished_at is not None
    said: dict[str, Any] = {"reference": upload.reference, "size": upload.size, "finished": finished}
    said["offset"] = upload.size if finished else upload.arrived
    if finished:
        said["next"] = upload.way_on
    return JsonResponse(said)


def _refusal(refused: Exception) -> JsonResponse:
    sentence = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
    status = HTTPStatus.TOO_MANY_REQUESTS if sentence == uploads.TOO_MANY else REFUSALS[type(refused)]
    return JsonResponse({"error": sentence}, status=status)
