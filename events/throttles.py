"""How fast bookings may come: from one network, and for one person over all sessions."""

from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from events.asked import Asked, one_form_of

AN_HOUR = timedelta(hours=1)
# A job centre books for a whole group from one address.
FROM_A_NETWORK = 60
FOR_A_PERSON = 8
ONE_HOME = 64


class SlowDownError(Exception):
    """Its text is the sentence that the person reads."""


def check(request: HttpRequest, asked: Asked, now: datetime | None = None) -> None:
    """Count one more demand, or refuse it: what is refused is not counted."""
    moment = (now or timezone.now()).timestamp()
    limits = {f"network {network(request.META.get('REMOTE_ADDR', ''))}": FROM_A_NETWORK}
    if asked.email:
        limits[f"mailbox {asked.email.strip().lower()}"] = FOR_A_PERSON
    if asked.telephone:
        limits[f"telephone {one_form_of(asked.telephone)}"] = FOR_A_PERSON
    kept = {_key(who): limit for who, limit in limits.items()}
    before = cache.get_many(kept)
    recent = {key: [at for at in before.get(key, []) if at > moment - AN_HOUR.total_seconds()] for key in kept}
    waits = [times[-limit] for key, limit in kept.items() if len(times := recent[key]) >= limit]
    if waits:
        raise SlowDownError(_sentence(max(waits) + AN_HOUR.total_seconds() - moment))
    with transaction.atomic():  # where the cache is in the database, one write to its disk
        for key, times in recent.items():
            cache.set(key, [*times, moment], timeout=AN_HOUR.total_seconds())


def network(address: str) -> str:
    """An address of IPv4; of IPv6, the part that is one home's, which can change the rest at will."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped) if found.ipv4_mapped else str(IPv6Address(int(found) >> ONE_HOME << ONE_HOME))
    return str(found)


def _key(who: str) -> str:
    """Says of nobody that they booked."""
    return f"bookings:{salted_hmac('events.throttles', who, algorithm='sha256').hexdigest()}"


def _sentence(seconds: float) -> str:
    minutes = max(1, -int(-seconds // 60))
    many = "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"Trop de demandes en peu de temps. Réessayez dans {many}, ou appelez-nous : nous vous inscrirons."
