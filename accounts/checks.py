from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def second_factor_is_required(**_asked: Any) -> list[CheckMessage]:
    """Online, a password alone opens nobody's data but one's own."""
    if settings.SECOND_FACTOR_REQUIRED:
        return []
    return [Error("SECOND_FACTOR_REQUIRED is not True: staff would log in with a password alone.", id="accounts.E001")]
