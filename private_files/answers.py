"""Answers that hold a file or one part of it, with the headers that keep it inert."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from private_files.ranges import NotSatisfiableError, asked_range

BLOCK = 64 * 1024
INERT = "default-src 'none'; sandbox"
# The readers of PDF built in browsers refuse a sandbox: without a script nor a resource is enough for them.
INERT_PDF = "default-src 'none'"


class _OwnLength:
    """Keeps the length of a part, where Wagtail afterwards announces that of the whole file.

    It also sets `Content-Encoding` to None, which would be sent as a word.
    """

    status_code: int

    def __setitem__(self, header: str, value: Any) -> None:
        announces_the_whole = header.lower() == "content-length" and self.status_code != HTTPStatus.OK
        if value is not None and not announces_the_whole:
            super().__setitem__(header, value)  # type: ignore[misc]  # of the answer it is mixed with


class BareAnswer(_OwnLength, HttpResponse):
    """An answer without a body of its own."""


class FileAnswer(_OwnLength, StreamingHttpResponse):
    """A file, or the part of it that was asked for."""


def answer_with(request: HttpRequest, file: Path, *, mimetype: str) -> HttpResponseBase:
    """The file as RFC 9110 wants it sent: validators, conditions, one range, HEAD."""
    stat = file.stat()
    size, etag = stat.st_size, f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'
    validators = {"ETag": etag, "Last-Modified": http_date(stat.st_mtime), "Accept-Ranges": "bytes"}
    if unchanged := get_conditional_response(request, etag=etag, last_modified=int(stat.st_mtime)):
        return BareAnswer(status=unchanged.status_code, headers=validators)
    part = range(size)
    status = HTTPStatus.OK
    if request.method == "GET" and request.headers.get("If-Range", etag) in validators.values():
        try:
            if (asked := asked_range(request.headers.get("Range", ""), size=size)) is not None:
                part, status = asked, HTTPStatus.PARTIAL_CONTENT
        except NotSatisfiableError:
            refused = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            return BareAnswer(status=refused, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    headers = validators | inert_headers(mimetype) | {"Content-Length": str(len(part))}
    if status == HTTPStatus.PARTIAL_CONTENT:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    if request.method == "HEAD":
        return BareAnswer(status=status, content_type=mimetype, headers=headers)
    return FileAnswer(_pieces(file, part), status=status, content_type=mimetype, headers=headers)


def inert_headers(mimetype: str) -> dict[str, str]:
    """A file is never a page of the site, whatever it holds."""
    policy = INERT_PDF if mimetype == "application/pdf" else INERT
    return {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}


def _pieces(file: Path, part: range) -> Iterator[bytes]:
    left = len(part)
    with file.open("rb") as opened:
        opened.seek(part.start)
        while left and (piece := opened.read(min(BLOCK, left))):
            left -= len(piece)
            yield piece
