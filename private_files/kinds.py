"""Which private files there are: each application says how one of its own is found, and for whom.

    register("deck", find)    in AppConfig.ready

`find(user, reference)` asks the permission through the asker's queryset, and
answers None alike for what is not theirs and for what does not exist.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import HttpRequest


@dataclass(frozen=True)
class PrivateFile:
    """A file that this person may read now. `name` is what their machine will call it.

    `on_sent` is called whenever bytes of it are sent, so for each part that a
    player asks for: what it counts, it counts once.
    """

    stored: FieldFile
    name: str
    mimetype: str
    attachment: bool = False
    on_sent: Callable[[HttpRequest], None] | None = None


# The first argument is a User, whom this layer does not know.
Find = Callable[[Any, str], PrivateFile | None]

_known: dict[str, Find] = {}


def register(kind: str, find: Find) -> None:
    _known[kind] = find


def registered() -> frozenset[str]:
    return frozenset(_known)


def find(user: Any, kind: str, reference: str) -> PrivateFile | None:
    """What this person asks for, if they may have it; nobody unknown may have anything."""
    if not user.is_authenticated or kind not in _known:
        return None
    return _known[kind](user, reference)
