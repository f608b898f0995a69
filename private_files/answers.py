"""Answers that hold a file or one part of it, with the headers that keep it inert."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, Self

from django.core.files.storage import Storage
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


@dataclass(frozen=True)
class Source:
    """Bytes that can be read from any of their positions, wherever they are."""

    size: int
    modified_ns: int
    open: Callable[[], IO[bytes]]

    @classmethod
    def of_path(cls, path: Path) -> Self:
        stat = path.stat()
        return cls(stat.st_size, stat.st_mtime_ns, lambda: path.open("rb"))

    @classmethod
    def of_storage(cls, storage: Storage, name: str) -> Self:
        """A file of a storage that has no paths: a bucket."""
        modified = int(storage.get_modified_time(name).timestamp())
        return cls(storage.size(name), modified * 10**9, lambda: storage.open(name, "rb"))


def answer_with(request: HttpRequest, source: Source, *, mimetype: str) -> HttpResponseBase:
    """The file as RFC 9110 wants it sent: validators, conditions, one range, HEAD."""
    size, etag = source.size, f'"{source.modified_ns:x}-{source.size:x}"'
    modified = source.modified_ns // 10**9
    validators = {"ETag": etag, "Last-Modified": http_date(modified), "Accept-Ranges": "bytes"}
    if unchanged := get_conditional_response(request, etag=etag, last_modified=modified):
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
    return FileAnswer(_pieces(source, part), status=status, content_type=mimetype, headers=headers)


def inert_headers(mimetype: str) -> dict[str, str]:
    """A file is never a page of the site, whatever it holds."""
    policy = INERT_PDF if mimetype == "application/pdf" else INERT
    return {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}


def _pieces(source: Source, part: range) -> Iterator[bytes]:
    left = len(part)
    with source.open() as opened:
        opened.seek(part.start)
        while left and (piece := opened.read(min(BLOCK, left))):
            left -= len(piece)
            yield piece
