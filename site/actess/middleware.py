"""Headers on every answer, and a 400 for what no honest browser sends."""

import codecs
import re
from collections.abc import Callable
from http import HTTPMethod, HTTPStatus
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.template.loader import render_to_string

# What the site never asks a browser for.
NO_PERMISSION = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"
)
# Pictures, films and data that another site may show: the site is also read without its own pages.
FOR_OTHER_SITES = ("/media/", "/api/")
# What is somebody's own: neither a shared cache nor the browser's keeps it, whatever it answers.
PRIVATE = (
    "/espace/",
    "/compte/",
    "/fichiers/",
    "/envois/",
    "/invitation/",
    "/demande-de-compte/",
    "/reservation/",
    "/rendez-vous/",
    "/agenda/",
)

LONGEST_PATH = 2000
LONGEST_QUERY = 8 * 1024
MOST_PARAMETERS = 200
LONGEST_HEADER = 8 * 1024
# These are parsed by each request that reads a language or a type.
LONGEST_PARSED_HEADER = 1024
PARSED_HEADERS = {"CONTENT_TYPE", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_RANGE"}
PUBLIC_METHODS = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.POST, HTTPMethod.OPTIONS]
EDITORS_METHODS = [*PUBLIC_METHODS, HTTPMethod.PUT, HTTPMethod.PATCH, HTTPMethod.DELETE]
FORM = "application/x-www-form-urlencoded"

CONTROL = re.compile("[\x00-\x1f\x7f]")
# A text pasted from a word processor has tabs, ends of line and of page.
CONTROL_IN_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
UNDECODED = re.compile("%[89a-fA-F][0-9a-fA-F]")
LONE_PERCENT = re.compile("%(?![0-9a-fA-F]{2})")


class HeadersMiddleware(ContentSecurityPolicyMiddleware):
    """The site's content security policy, another for the editors' interface, and what else a browser must be told."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info.startswith(settings.ADMIN_PREFIX) and not hasattr(response, "_csp_config"):
            response._csp_config = settings.ADMIN_CSP  # type: ignore[attr-defined]  # what Django's decorator sets
        shared = request.path_info.startswith(FOR_OTHER_SITES)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if shared else "same-origin")
        response.headers.setdefault("Permissions-Policy", NO_PERMISSION)
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if request.path_info.startswith(PRIVATE) and "private" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "private, no-store"
        return super().process_response(request, response)


class SanityMiddleware:
    """Refuses what cannot be read, before anything tries: 400, or 405 for a method that no page has.

    Nothing of an upload is read here: a file goes to its form as it comes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(request.path_info) > LONGEST_PATH:
            raise Http404
        if reason := unreadable(request):
            raise BadRequest(reason)
        methods = EDITORS_METHODS if request.path_info.startswith(settings.ADMIN_PREFIX) else PUBLIC_METHODS
        if request.META["REQUEST_METHOD"] not in methods:
            return explained(HttpResponseNotAllowed(methods))
        return explained(self.get_response(request))


def explained(response: HttpResponse) -> HttpResponse:
    """A refused method comes with a page for whoever looks at it."""
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.streaming and not response.content:
        response.content = render_to_string("405.html").encode()
    return response


def unreadable(request: HttpRequest) -> str:
    """What cannot be read in the request, for the log; empty when all can."""
    checks = (has_bad_headers, has_bad_path, has_bad_query, has_bad_charset, has_bad_form)
    request.get_host()  # says itself what is wrong with it
    return next((check.__name__ for check in checks if check(request)), "")


def has_bad_headers(request: HttpRequest) -> bool:
    if getattr(request, "has_unreadable_type", False):
        return True
    for name, value in request.META.items():
        if name.startswith("HTTP_") or name == "CONTENT_TYPE":
            longest = LONGEST_PARSED_HEADER if name in PARSED_HEADERS else LONGEST_HEADER
            if len(value) > longest or CONTROL.search(value.replace("\t", " ")):
                return True
    return False


def has_bad_path(request: HttpRequest) -> bool:
    """Django quotes again the bytes that it could not decode: no address of ours holds any."""
    return bool(CONTROL.search(request.path_info) or UNDECODED.search(request.path_info))


def has_bad_query(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    return (
        len(query) > LONGEST_QUERY
        or query.count("&") >= MOST_PARAMETERS
        or is_bad_form(query.encode("latin-1", "replace"))
    )


def has_bad_charset(request: HttpRequest) -> bool:
    """Pages, questions and forms are in UTF-8; a file may say what it likes of itself."""
    charset = (request.content_params or {}).get("charset", "")
    try:
        return bool(charset) and codecs.lookup(charset).name not in {"utf-8", "ascii"}
    except (LookupError, ValueError):
        return True


def has_bad_form(request: HttpRequest) -> bool:
    if request.content_type != FORM or request.method in ("GET", "HEAD"):
        return False
    try:
        return is_bad_form(request.body)
    except (RequestDataTooBig, UnreadablePostError):
        return True


def is_bad_form(encoded: bytes) -> bool:
    return bool(LONE_PERCENT.search(encoded.decode("latin-1"))) or is_bad_text(
        unquote_to_bytes(encoded), CONTROL_IN_TEXT
    )


def is_bad_text(given: bytes, refused: re.Pattern[str]) -> bool:
    try:
        return bool(refused.search(given.decode()))
    except UnicodeDecodeError:
        return True
