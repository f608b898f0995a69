from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info

NO_SCANNER = Info(
    "No virus scanner is set: files are checked by their content only.",
    hint="Run ClamAV and give its socket in CLAMAV_SOCKET.",
    id="private_files.I001",
)
NOT_AN_ADDRESS = Error(
    "CLAMAV_SOCKET is neither a path nor host:port.",
    id="private_files.E001",
)


def scanner_is_set(**_kwargs: Any) -> list[CheckMessage]:
    address = settings.CLAMAV_SOCKET
    if not address:
        return [NO_SCANNER]
    host, _, port = address.rpartition(":")
    return [] if address.startswith("/") or (host and port.isdecimal()) else [NOT_AN_ADDRESS]
