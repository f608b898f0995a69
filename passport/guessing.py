"""How many unknown codes one network may try in an hour: a mistake is typed again, a guess is stopped."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

AN_HOUR = 3600
UNKNOWN_AN_HOUR = 20
ONE_HOME = 64


def has_guessed_enough(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= UNKNOWN_AN_HOUR


def note_unknown(request: HttpRequest) -> None:
    """Count one more code that is nobody's."""
    key = _key(request)
    cache.set(key, int(cache.get(key, 0)) + 1, timeout=AN_HOUR)


def _key(request: HttpRequest) -> str:
    """Keeps no address in clear."""
    network = _network(request.META.get("REMOTE_ADDR", ""))
    return f"passport-codes:{salted_hmac('passport.guessing', network, algorithm='sha256').hexdigest()}"


def _network(address: str) -> str:
    """An address of IPv4; of IPv6, the part that is one home's, which can change the rest at will."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Address(int(found) >> ONE_HOME << ONE_HOME))
