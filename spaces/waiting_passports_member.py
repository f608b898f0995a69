"""What a member’s passport brings to their first page: its hours, and what waits to be signed."""

from typing import Any

from accounts.models import User
from passport import member_page
from spaces.waiting import Waiting


def context(user: User) -> dict[str, Any]:
    """`to_sign`, and the passport that they have, or had last, as `hours`; nothing where they had none."""
    mine = member_page.in_short(user)
    if mine is None:
        return {"to_sign": [], "hours": None}
    to_sign = [Waiting(**vars(thing)) for thing in member_page.all_to_sign(user)] if mine.proposed else []
    return {"to_sign": to_sign, "hours": mine}
