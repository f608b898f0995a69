"""The people of the demonstration: counsellors, bodies, members at every stage, their pages, consents and looks.

Written as rows, with their dates in the past, so that nobody is sent a mail of it.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.utils.text import slugify

from accounts import roles
from accounts.models import (
    AccountRequest,
    Affiliation,
    Counsellor,
    Invitation,
    InvitedAs,
    Member,
    Membership,
    Organisation,
    Referent,
    Relay,
    User,
)
from association.models import Departement
from candidates.models import Profile, VideoHelp
from home.demo import candidate_films, candidate_pages, content
from home.demo.content import Item
from home.demo.dates import at

MORNING, NOON = time(10, 15), time(12)


def load(today: date) -> int:
    """Everybody, once: what counsellors and members changed since is left. How many members there are."""
    if Member.objects.exists():
        return 0
    said = content.read("people")
    counsellors = {item["key"]: _counsellor(item, number, today) for number, item in enumerate(said["counsellor"], 1)}
    bodies = {item["name"]: _organisation(item, today) for item in said["organisation"]}
    members = {item["key"]: _member(item, counsellors, today) for item in said["member"]}
    candidate_pages.load(said["member"], members, bodies, today)
    candidate_films.load(members)
    for item in said["volunteer"]:
        _volunteer(item, members, today)
    AccountRequest.objects.create(
        organisation_name="Conserverie du Faubourg",
        person_name="Édith Marcoux",
        email="edith.marcoux@example.org",
        message="Nous cherchons deux personnes pour la saison des confitures.",
        asked_at=day(today, -3),
    )
    return len(members)


def remove() -> None:
    """Everybody goes, the accounts of people included; what tells of them goes with them."""
    candidate_films.remove()
    for model in (
        Profile,
        *candidate_pages.MODELS,
        Invitation,
        AccountRequest,
        Relay,
        Referent,
        Membership,
        Affiliation,
    ):
        model._base_manager.all().delete()
    people = set(Member.objects.exclude(user=None).values_list("user", flat=True))
    people |= set(Counsellor.objects.values_list("user", flat=True))
    Member.objects.all().delete()
    # Elsewhere a number is never given twice; here everything starts again.
    QuerySet(Counsellor).delete()
    Organisation.objects.all().delete()
    said = content.read("people")
    emails = [_email(person) for body in said["organisation"] for person in body["people"]]
    emails += [_email(person) for person in said["volunteer"]]
    User.objects.filter(pk__in=people, is_superuser=False).delete()
    User.objects.filter(email__in=emails, is_superuser=False).delete()


def member_of(key: str) -> Member:
    """The member of this key in the file."""
    item = next(item for item in content.read("people")["member"] if item["key"] == key)
    if "account" in item:
        return Member.objects.get(user__email=item["account"])
    return Member.objects.get(first_name=item["first_name"], last_name=item["last_name"])


def day(today: date, days: int, moment: time = MORNING) -> datetime:
    return at(today + timedelta(days=days), moment)


def _email(item: Item) -> str:
    return item.get("account") or f"{slugify(item['first_name'])}.{slugify(item['last_name'])}@example.org"


def _user(item: Item) -> User:
    """One of the accounts of the demonstration, or one whose password nobody knows."""
    email = _email(item)
    if found := User.objects.filter(email=email).first():
        return found
    return User.objects.create_user(email, None, first_name=item["first_name"], last_name=item["last_name"])


def _counsellor(item: Item, number: int, today: date) -> Counsellor:
    since = today - timedelta(days=900)
    return Counsellor.objects.create(user=_user(item), number=number, starts_on=since)


def _organisation(item: Item, today: date) -> Organisation:
    facts: dict[str, Any] = {name: value for name, value in item.items() if name not in {"people", "departement"}}
    body = Organisation.objects.create(
        **facts,
        email=f"{slugify(item['name'])[:40]}@example.org",
        departement=Departement.objects.filter(code=item["departement"]).first(),
    )
    since = today - timedelta(days=420)
    Affiliation.objects.bulk_create(
        Affiliation(user=_user(person), organisation=body, starts_on=since) for person in item["people"]
    )
    return body


def _member(item: Item, counsellors: dict[str, Counsellor], today: date) -> Member:
    user = None if item.get("has_no_account") else _user(item)
    first = min((starts for starts, _ends in item["belongs"]), default=-2)
    member = Member.objects.create(
        user=user,
        first_name=user.first_name if user else item["first_name"],
        last_name=user.last_name if user else item["last_name"],
        email=user.email if user else _email(item),
        telephone=item.get("telephone", ""),
        born_on=date(item["born"], 1 + len(item["key"]) % 12, 14) if "born" in item else None,
        departement=Departement.objects.filter(code=item["departement"]).first(),
        last_contact_on=today - timedelta(days=len(item["key"]) * 3),
    )
    referent = counsellors[item["counsellor"]]
    for starts, ends in item["belongs"]:
        days = {"starts_on": today + timedelta(days=starts), "ends_on": today + timedelta(days=ends)}
        made = Membership.objects.create(member=member, recorded_by=referent.user, **days)
        # Written on its first day: what the member allowed since then was allowed under it.
        Membership.objects.filter(pk=made.pk).update(recorded_at=day(today, min(starts, -1), time()))
    since = day(today, min(first, -1), NOON)
    Referent.objects.create(member=member, counsellor=referent, starts_at=since, recorded_by=referent.user)
    if stand_in := item.get("stand_in"):
        _stand_in(member, referent, counsellors[stand_in], today)
    if user is None:
        _invite(member, referent, today)
    return member


def _stand_in(member: Member, referent: Counsellor, other: Counsellor, today: date) -> None:
    Referent.objects.create(
        member=member,
        counsellor=other,
        role=Referent.Role.STAND_IN,
        starts_at=day(today, -2),
        ends_at=day(today, 12),
        reason="Congés du référent",
        recorded_by=referent.user,
    )


def _invite(member: Member, referent: Counsellor, today: date) -> None:
    """Sent, and not answered yet. Its link is in no mail: sending it again makes one."""
    sent = day(today, -2)
    Invitation.objects.create(
        email=member.email,
        invited_as=InvitedAs.MEMBER,
        member=member,
        digest=f"demo-{member.reference}",
        invited_by=referent.user,
        created_at=sent,
        sent_at=sent,
        expires_at=sent + timedelta(days=7),
    )


def _volunteer(item: Item, members: dict[str, Member], today: date) -> None:
    user = _user(item)
    user.groups.add(Group.objects.get_or_create(name=roles.VOLUNTEERS)[0])
    for key in item["helps"]:
        profile = Profile.objects.get(member=members[key])
        VideoHelp.objects.create(profile=profile, volunteer=user, starts_at=day(today, -6), ends_at=day(today, 30))
