"""What the member has done, in the order that they choose: a short list, written as a whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from candidates import writing
from candidates.models import Experience, Profile, Version

MOST = 12
SAID = ("title", "employer", "sector_id", "starts", "ends", "years", "text")


def add(profile: Profile, *, by: User, seen: datetime, fields: dict[str, Any]) -> Version:
    """One more, first in the list. The same sent twice is added once."""
    new = Experience(**fields)
    draft = profile.versions.in_progress().first()
    if draft and draft.changed_at != seen and any(_said(one) == _said(new) for one in draft.experiences.all()):
        return draft
    return _rewrite(profile, by=by, seen=seen, change=lambda before: [new, *before])


def replace(profile: Profile, position: int, *, by: User, seen: datetime, fields: dict[str, Any]) -> Version:
    new = Experience(**fields)
    return _rewrite(profile, by=by, seen=seen, change=lambda before: [*before[: position - 1], new, *before[position:]])


def remove(profile: Profile, position: int, *, by: User, seen: datetime) -> Version:
    return _rewrite(profile, by=by, seen=seen, change=lambda before: [*before[: position - 1], *before[position:]])


def move_up(profile: Profile, position: int, *, by: User, seen: datetime) -> Version:
    """One place nearer to the top; the first stays there."""

    def change(before: list[Experience]) -> list[Experience]:
        moved = before[position - 1 : position]
        rest = [*before[: position - 1], *before[position:]]
        place = max(position - 2, 0)
        return [*rest[:place], *moved, *rest[place:]]

    return _rewrite(profile, by=by, seen=seen, change=change)


def _rewrite(profile: Profile, *, by: User, seen: datetime, change: Any) -> Version:
    def apply(version: Version) -> None:
        before = list(version.experiences.order_by("position"))
        after: Sequence[Experience] = change(before)
        if len(after) > MOST:
            raise ValidationError(f"Une page a {MOST} expériences au plus : gardez celles qui comptent.", code="many")
        version.experiences.all().delete()
        for position, experience in enumerate(after, start=1):
            experience.pk, experience.version, experience.position = None, version, position
        Experience.objects.bulk_create(after)

    return writing.change(profile, by=by, seen=seen, apply=apply)


def _said(experience: Experience) -> tuple[Any, ...]:
    return tuple(getattr(experience, name) for name in SAID)
