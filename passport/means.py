"""The means of signing, and whether the person of a session has just shown who they are."""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records

from accompaniment.means import PAPER_CONFIRMED, PAPER_SEEN, PIN, in_words, qr, session

__all__ = ["PAPER_CONFIRMED", "PAPER_SEEN", "PIN", "RECENT", "in_words", "of_session", "qr", "session"]

# Seconds for which what somebody showed stands.
RECENT = 10 * 60
HOW = {method: method for method in ("password", "code")} | {"mfa": "code"}


def of_session(request: Any) -> str | None:
    """What the person of this session showed less than ten minutes ago: password, code or passkey; nothing otherwise.

    At the login, or since. It is theirs: what another account showed in the same browser does not count.
    """
    now = time.time()
    for record in reversed(get_authentication_records(request, request.user)):
        how = "passkey" if record.get("type") == "webauthn" else HOW.get(record["method"])
        if how and 0 <= now - record["at"] < RECENT:
            return how
    return None
