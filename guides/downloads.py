"""How often guides are downloaded: a number a day, and nothing about who asks."""

import logging
import re
from collections.abc import Iterable
from datetime import date, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, Sum
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from guides.models.downloads import GuideDownloads
from private_files import sendfile
from private_files.permissions import may_read

if TYPE_CHECKING:
    from guides.models import GuidePage

logger = logging.getLogger(__name__)

# Programs that say what they are.
ROBOT = re.compile(r"bot\b|crawl|spider|slurp|facebookexternalhit|preview|monitor", re.I)
FROM_THE_START = re.compile(r"bytes=0+-\d*", re.I)
SENT = {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}
RECENT = timedelta(days=30)


def is_download(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a person has just begun to receive the file.

    A web server that sends it for us answers conditions and ranges itself, so
    the request says them too.
    """
    headers = request.headers
    return (
        request.method == "GET"
        and response.status_code in SENT
        and "If-None-Match" not in headers
        and "If-Modified-Since" not in headers
        and ("Range" not in headers or FROM_THE_START.fullmatch(headers["Range"]) is not None)
        and "prefetch" not in headers.get("Sec-Purpose", "")
        and ROBOT.search(headers.get("User-Agent", "")) is None
    )


def send(request: HttpRequest, guide: "GuidePage", *, on: date) -> HttpResponseBase:
    """The guide's present file, counted when it is taken. Raises Http404 where its collection is not open."""
    document = guide.document
    if not may_read(request, document.collection):
        raise Http404
    response = sendfile.send(
        request,
        document.file,
        name=f"{guide.slug}.{guide.file_extension}",
        mimetype=document.content_type,
        attachment=document.content_disposition != "inline",
    )
    response["Cache-Control"] = "public, no-cache"
    if guide.live and is_download(request, response):
        count_one(guide, on=on)
    return response


def count_one(guide: "GuidePage", *, on: date) -> None:
    """One more for the day. A database that cannot write is no reason to refuse a file."""
    try:
        with transaction.atomic():
            _add_one(guide, on=on)
    except DatabaseError:
        logger.exception("A download of guide %s was not counted.", guide.pk)


def _add_one(guide: "GuidePage", *, on: date) -> None:
    today = GuideDownloads.objects.filter(guide=guide, day=on)
    if today.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            GuideDownloads.objects.create(guide=guide, day=on, count=1)
    except IntegrityError:  # somebody else's was the first of the day, meanwhile
        today.update(count=F("count") + 1)


def total(guide: "GuidePage", *, since: date | None = None) -> int:
    downloads = GuideDownloads.objects.filter(guide=guide)
    if since:
        downloads = downloads.filter(day__gte=since)
    return downloads.aggregate(total=Sum("count", default=0))["total"]


def totals(guides: Iterable["GuidePage"]) -> dict[int, int]:
    """The number of downloads of each guide, by its id."""
    rows = GuideDownloads.objects.filter(guide__in=guides).order_by().values_list("guide").annotate(Sum("count"))
    return dict(rows)
