import logging
from http import HTTPStatus
from mimetypes import guess_file_type
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from private_files import kinds, names, sendfile
from private_files.answers import Source, answer_with

logger = logging.getLogger(__name__)

# The last one sends to the address of a bucket.
SENT = {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.FOUND}
# Originals of pictures and documents are in the same folder on some machines: they stay there.
PUBLIC_FOLDERS = {"images", "videos"}
LONGEST_NAME = 255


# A stranger gets what a wrong address gets: the login would tell that there is something.
@login_not_required
@require_safe
def private_file(request: HttpRequest, kind: str, reference: str) -> HttpResponseBase:
    """The only way by which a private file leaves: asked at each request, for each of its parts."""
    found = kinds.find(request.user, kind, reference)
    if found is None:
        raise Http404
    if not found.stored or not found.stored.storage.exists(str(found.stored.name)):
        logger.error("A private file is missing: %s %s", kind, reference)
        return render(request, "private_files/missing.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
    response = sendfile.send(
        request,
        found.stored,
        name=names.readable(found.name),
        mimetype=found.mimetype,
        attachment=found.attachment,
    )
    response["Cache-Control"] = "private, no-store"
    # Each part counts: who leaves out the first byte, or asks with a condition, has the file all the same.
    if found.on_sent and request.method == "GET" and response.status_code in SENT:
        found.on_sent(request)
    return response


@login_not_required
@require_safe
def public_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The sizes made from pictures, and the films, where no web server stands before the site."""
    if not settings.SERVE_MEDIA or (file := _public_file(path)) is None:
        raise Http404
    mimetype = guess_file_type(file)[0] or "application/octet-stream"
    response = answer_with(request, Source.of_path(file), mimetype=mimetype)
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _public_file(path: str) -> Path | None:
    names = path.split("/")
    if names[0] not in PUBLIC_FOLDERS or not all(_is_plain(name) for name in names):
        return None
    root = Path(settings.MEDIA_ROOT).resolve()
    file = root.joinpath(*names)
    return file if file.is_file() and file.resolve().is_relative_to(root) else None


def _is_plain(name: str) -> bool:
    """A name that a file of ours can have: no way up, nothing that a file system refuses."""
    return (
        name.strip(".") != ""
        and name.isprintable()
        and "\\" not in name
        and len(name.encode(errors="replace")) <= LONGEST_NAME
    )
