"""How a file of the private storage leaves the site.

Wagtail's documents come here too (`SENDFILE_BACKEND`). Whoever calls has
already checked that the file may be read.
"""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from private_files.answers import BareAnswer, Source, answer_with, inert_headers


def sendfile(request: HttpRequest, filename: str, mimetype: str, **_options: Any) -> HttpResponseBase:
    """By the web server where there is one (`SENDFILE_URL`), else by this process."""
    file = Path(filename).resolve()
    root = Path(settings.PRIVATE_ROOT).resolve()
    response: HttpResponseBase
    if settings.SENDFILE_URL and file.is_relative_to(root):
        inside = quote(f"{settings.SENDFILE_URL.rstrip('/')}/{file.relative_to(root)}")
        response = BareAnswer(content_type=mimetype, headers={"X-Accel-Redirect": inside} | inert_headers(mimetype))
    else:
        response = answer_with(request, Source.of_path(file), mimetype=mimetype)
    # The next asker may not have this one's rights, and the file may be another one by then.
    response["Cache-Control"] = "private, no-cache"
    return response


def send(
    request: HttpRequest, stored: FieldFile, *, name: str, mimetype: str, attachment: bool = False
) -> HttpResponseBase:
    """The stored file under the name that the visitor's machine should give it.

    A storage without paths (a bucket) sends what is downloaded to an address of
    its own, which it signs for a minute; what a page shows goes through here,
    for the site's policy lets no page show what is elsewhere.
    """
    try:
        response = sendfile(request, stored.path, mimetype)
    except NotImplementedError:
        if attachment:
            return HttpResponseRedirect(stored.url)
        source = Source.of_storage(stored.storage, str(stored.name))
        response = answer_with(request, source, mimetype=mimetype)
        response["Cache-Control"] = "private, no-cache"
    if disposition := content_disposition_header(attachment, name):
        response["Content-Disposition"] = disposition
    return response
