"""People and what ties them: `make_member(current=False)`, `make_referent(member, counsellor)`.

Written like `tests.factories`: the smallest valid thing, saved, without chance.
"""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Affiliation, Counsellor, Member, Membership, Organisation, Referent, User
from accounts.roles import ADMINISTRATORS, TREASURERS, VOLUNTEERS
from tests.factories import make_user
from tests.logins import log_in as log_in

LONG_AGO = datetime(2020, 1, 6, 9, tzinfo=UTC)  # before any day that a test names

_numbers = count(1)


def make_member(*, account: bool = True, current: bool = True, **fields: Any) -> Member:
    """With an account and a membership that runs, unless told otherwise."""
    number = next(_numbers)
    defaults: dict[str, Any] = {"first_name": "Awa", "last_name": f"Membre {number}"}
    if account and "user" not in fields:
        defaults["user"] = make_user(first_name="Awa", last_name=f"Membre {number}")
    member = Member.objects.create(**defaults | fields)
    if current:
        make_membership(member)
    return member


def make_membership(member: Member, *, starts_on: date | None = None, ends_on: date | None = None) -> Membership:
    """Written on its first day, or now if that is to come."""
    today = timezone.localdate()
    first = starts_on or today - timedelta(days=30)
    membership = Membership.objects.create(
        member=member, starts_on=first, ends_on=ends_on or today + timedelta(days=335)
    )
    if first < today:
        membership.recorded_at = timezone.make_aware(datetime.combine(first, time()))
        membership.save(update_fields=["recorded_at"])
    return membership


def make_counsellor(*, user: User | None = None, **fields: Any) -> Counsellor:
    number = next(_numbers)
    defaults = {"number": number, "starts_on": LONG_AGO.date()}
    person = user or make_user(first_name="Léa", last_name=f"Conseil {number}")
    return Counsellor.objects.create(user=person, **defaults | fields)


def make_referent(
    member: Member, counsellor: Counsellor | None = None, *, starts_at: datetime | None = None, **fields: Any
) -> Referent:
    """The member's referent, or somebody who helps them: `role=Referent.Role.STAND_IN`."""
    since = starts_at or LONG_AGO
    return Referent.objects.create(member=member, counsellor=counsellor or make_counsellor(), starts_at=since, **fields)


def make_organisation(**fields: Any) -> Organisation:
    """A company, unless it is said to be a prescriber."""
    defaults = {"name": f"Organisme {next(_numbers)}", "is_company": not fields.get("is_prescriber")}
    return Organisation.objects.create(**defaults | fields)


def make_affiliation(
    *, organisation: Organisation | None = None, user: User | None = None, **fields: Any
) -> Affiliation:
    defaults = {"starts_on": timezone.localdate() - timedelta(days=30)}
    return Affiliation.objects.create(
        user=user or make_user(), organisation=organisation or make_organisation(), **defaults | fields
    )


def make_in_group(name: str, **fields: Any) -> User:
    """Somebody who is what they are by a group."""
    group, _created = Group.objects.get_or_create(name=name)
    user = make_user(**fields)
    user.groups.add(group)
    return user


def make_treasurer(**fields: Any) -> User:
    return make_in_group(TREASURERS, **fields)


def make_volunteer(**fields: Any) -> User:
    return make_in_group(VOLUNTEERS, **fields)


def make_administrator(**fields: Any) -> User:
    """By the group; whoever is above every permission is `factories.make_admin`."""
    return make_in_group(ADMINISTRATORS, **fields)
