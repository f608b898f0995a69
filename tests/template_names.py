"""A template of ours that uses a name nobody gave it fails the test; Wagtail's own templates do it at will."""

import sys
from types import FrameType
from typing import Any

from django.conf import settings

OURS = str(settings.ROOT / "templates")


class FailInOurTemplates(str):
    """What Django shows instead of a missing name: nothing, or the failure `strict` where the template is ours."""

    __slots__ = ("fail", "strict")

    def __new__(cls, strict: Any) -> "FailInOurTemplates":
        text = super().__new__(cls)
        text.strict = strict
        text.fail = True
        return text

    def __bool__(self) -> bool:
        return self.fail and _template_at(sys._getframe(1)).startswith(OURS)

    def __contains__(self, part: str) -> bool:
        return part == "%s"

    def __mod__(self, name: Any) -> str:
        return self.strict % name


def _template_at(frame: FrameType | None) -> str:
    """The file of the template being rendered."""
    while frame:
        if frame.f_code.co_name == "render":
            origin = getattr(frame.f_locals.get("self"), "origin", None)
            if origin:
                return str(origin)
        frame = frame.f_back
    return ""
