from mimetypes import guess_file_type
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from private_files.answers import answer_with

# Originals of pictures and documents are in the same folder on some machines: they stay there.
PUBLIC_FOLDERS = {"images", "videos"}
LONGEST_NAME = 255


@login_not_required
@require_safe
def public_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """The sizes made from pictures, and the films, where no web server stands before the site."""
    if not settings.SERVE_MEDIA or (file := _public_file(path)) is None:
        raise Http404
    mimetype = guess_file_type(file)[0] or "application/octet-stream"
    response = answer_with(request, file, mimetype=mimetype)
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
