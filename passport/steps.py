"""The passport, as the last step of a member’s way."""

from django.urls import reverse

from accompaniment import path
from accompaniment.path import Step
from accounts.models import Member
from pages.templatetags.french import long_date
from passport import reading
from passport.models import IN_USE, Passport, day_of


@path.followed_by
def passport(member: Member, for_counsellor: bool) -> Step | None:
    """The one in use, or the last one."""
    rows = reading.of_member(member)
    if not rows:
        return None
    found = next((row for row in rows if row.state in IN_USE), rows[0])
    opened = f"Ouvert le {long_date(day_of(found.opened_at))}"
    url = reverse("passport_staff", args=[found.reference]) if for_counsellor else reverse("my_passport")
    if found.state == Passport.State.OPEN:
        return Step("Passeport", "now", f"{opened}.", url)
    return Step("Passeport", "now" if found.state in IN_USE else "done", f"{opened}, {found.get_state_display()}.", url)
