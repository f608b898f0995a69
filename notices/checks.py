from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

NO_SUCH_SENDER = Error(
    "ACTESS_SMS does not name a function.",
    hint="Its dotted path, with its module on the PYTHONPATH; empty, no short message is sent.",
    id="notices.E001",
)


def sender_is_there(**_kwargs: Any) -> list[CheckMessage]:
    if not settings.ACTESS_SMS:
        return []
    try:
        sender = import_string(settings.ACTESS_SMS)
    except ImportError:
        return [NO_SUCH_SENDER]
    return [] if callable(sender) else [NO_SUCH_SENDER]
