"""SENDFILE_BACKEND for Wagtail documents and for private media: X-Accel-Redirect if SENDFILE_URL, else Python with Range."""

import os
import re
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date

RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


class Keep:
    """Wagtail 8.0.1's sendfile() afterwards sets Content-Length to the whole file's and Content-Encoding to None."""

    def __setitem__(self, header, value):
        if value is not None and not (header.lower() == "content-length" and self.status_code in (206, 304, 416)):
            super().__setitem__(header, value)


class FileAnswer(Keep, FileResponse): ...


class BareAnswer(Keep, HttpResponse): ...


class Slice:
    def __init__(self, fh, start, length):
        self.fh, self.left = fh, length
        fh.seek(start)

    def read(self, n=-1):
        data = self.fh.read(self.left if n < 0 else min(n, self.left))
        self.left -= len(data)
        return data

    def close(self):
        self.fh.close()


def sendfile(request, filename, mimetype=None, **kwargs):
    filename = os.path.abspath(filename)
    root = os.path.abspath(settings.PRIVATE_MEDIA_ROOT)
    if settings.SENDFILE_URL and os.path.commonpath([root, filename]) == root:
        target = quote(f"{settings.SENDFILE_URL.rstrip('/')}/{os.path.relpath(filename, root)}")
        return BareAnswer(content_type=mimetype, headers={"X-Accel-Redirect": target})
    stat = os.stat(filename)
    size, modified = stat.st_size, http_date(stat.st_mtime)
    etag = f'"{stat.st_mtime_ns:x}-{size:x}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    start, end, status = 0, size - 1, 200
    m = RANGE.fullmatch(request.headers.get("Range", ""))
    if m and m[1] and m[2] and int(m[1]) > int(m[2]):
        m = None  # RFC 9110: an invalid range is ignored
    if m and any(m.groups()) and request.headers.get("If-Range", etag) in (etag, modified):
        first, last = m.groups()
        start, end = (int(first), min(int(last or end), end)) if first else (max(size - int(last), 0), end)
        status = 206
        if start > end:
            return BareAnswer(status=416, headers={"Content-Range": f"bytes */{size}"})
    fh = open(filename, "rb")
    response = FileAnswer(Slice(fh, start, end - start + 1), status=status, content_type=mimetype)
    response.headers["Content-Length"] = str(end - start + 1)
    if status == 206:
        response.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    for header, value in {"Accept-Ranges": "bytes", "ETag": etag, "Last-Modified": modified}.items():
        response.headers[header] = value
    return response
