"""Behind proxies, the visitor's address is the one that the outermost of ours wrote down."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ClientAddressMiddleware:
    """Put the visitor's own address in `REMOTE_ADDR`, for what counts by address.

    `TRUSTED_PROXY_COUNT` proxies of ours each add one address at the end of
    `X-Forwarded-For`; whatever a visitor wrote before them is not believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if address := visitor(request.headers.get("X-Forwarded-For", "")):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


def visitor(forwarded: str) -> str:
    """The address that the outermost trusted proxy saw; empty where there is none to believe."""
    addresses = [address.strip() for address in forwarded.split(",") if address.strip()]
    if not 0 < settings.TRUSTED_PROXY_COUNT <= len(addresses):
        return ""
    address = addresses[-settings.TRUSTED_PROXY_COUNT]
    try:
        return str(ip_address(address))
    except ValueError:
        return ""
