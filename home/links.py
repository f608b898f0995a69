"""Whether the articles of other sites that news point to still answer.

Only public addresses are asked: an editor's link must not make the server
knock at the doors of its own network. The address that was judged is the one
that is connected to, so that a name cannot change its mind in between.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils import timezone

from news.models import NewsPage

SECONDS = 10
MOST_REDIRECTS = 5
AGENT = "Actess (link check)"
# Answers of a server that is there, but not for programs or not now.
NOT_A_BROKEN_LINK = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.TOO_MANY_REQUESTS,
}

Allowed = Callable[[str], bool]


class RefusedError(Exception):
    """An address that this server will not connect to."""


@dataclass(frozen=True)
class Verdict:
    page: NewsPage
    works: bool
    why: str


def is_public(address: str) -> bool:
    return ip_address(address).is_global and not ip_address(address).is_multicast


def check_links(*, allowed: Allowed = is_public) -> Iterator[Verdict]:
    """Ask for each published link and note the answer; `allowed` says which IP addresses may be connected to."""
    news = NewsPage.objects.live().filter(kind=NewsPage.Kind.LINK).exclude(source_url="").order_by("pk")
    for page in news:
        try:
            status = final_status(page.source_url, allowed=allowed)
            works, why = is_there(status), str(status)
        except (OSError, http.client.HTTPException, RefusedError, ValueError) as error:
            works, why = False, str(error) or type(error).__name__
        NewsPage.objects.filter(pk=page.pk).update(link_works=works, link_checked_on=timezone.localdate())
        yield Verdict(page, works, why)


def is_there(status: int) -> bool:
    return status < HTTPStatus.BAD_REQUEST or status in NOT_A_BROKEN_LINK


def final_status(url: str, *, allowed: Allowed) -> int:
    """The status at the end of the redirects; by GET where a server does not know HEAD."""
    for _hop in range(MOST_REDIRECTS + 1):
        status, location = _ask("HEAD", url, allowed)
        if status in (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.NOT_FOUND):
            status, location = _ask("GET", url, allowed)
        if not (HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST and location):
            return status
        url = urljoin(url, location)
    raise RefusedError("too many redirects")


def _ask(method: str, url: str, allowed: Allowed) -> tuple[int, str]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise RefusedError(f"not an address of the web: {url}")
    connection = _connect(parts, allowed)
    try:
        path = parts.path or "/"
        connection.request(method, f"{path}?{parts.query}" if parts.query else path, headers={"User-Agent": AGENT})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


def _connect(parts: SplitResult, allowed: Allowed) -> http.client.HTTPConnection:
    """A connection to the one address that was found allowed."""
    host = parts.hostname or ""
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
    if not allowed(address):
        raise RefusedError(f"{host} is not a public address")
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    connection.sock = socket.create_connection((address, port), SECONDS)
    if secure:
        connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
    return connection
