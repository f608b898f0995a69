"""The pages of the demonstration's members: what they say, how far they are, who may see them and who did."""

from datetime import date, datetime, time, timedelta

from accounts.models import Affiliation, Member, Organisation, Referent, User
from association.models import Departement, Sector, StructureKind
from candidates.consents import words
from candidates.models import Comment, Consent, Experience, Look, Profile, Version
from home.demo.content import Item
from home.demo.dates import at

State = Version.State
MODELS = (Look, Consent)
STATES = {
    "draft": State.DRAFT,
    "submitted": State.SUBMITTED,
    "returned": State.RETURNED,
    "approved": State.APPROVED,
}
AFTER = timedelta(days=2)


def load(items: list[Item], members: dict[str, Member], bodies: dict[str, Organisation], today: date) -> None:
    for item in items:
        if "page" in item:
            _page(item, members[item["key"]], today)
            _consents(item, members[item["key"]], bodies, today)


def _page(item: Item, member: Member, today: date) -> None:
    referent = Referent.objects.get(member=member, role=Referent.Role.REFERENT).counsellor.user
    sent = _moment(today, item.get("sent", -1))
    state = STATES[item["page"]]
    profile = Profile.objects.create(member=member, created_at=sent - 3 * AFTER)
    version = Version.objects.create(
        profile=profile,
        state=state,
        skills=item["skills"],
        languages=[{"name": name, "level": level} for name, level in item["languages"]],
        changed_at=sent,
        submitted_at=None if state == State.DRAFT else sent,
        decided_at=sent + AFTER if state in {State.RETURNED, State.APPROVED} else None,
        decided_by=referent if state in {State.RETURNED, State.APPROVED} else None,
        **{name: item[name] for name in ("headline", "summary", "availability")},
    )
    version.sectors.set([_sector(name) for name in item["sectors"]])
    version.structures.set([StructureKind.objects.get_or_create(name=name)[0] for name in item["structures"]])
    version.departements.set(Departement.objects.filter(code__in=item["departements"]))
    _experiences(item, version)
    for who, days, text in item.get("comments", []):
        author = referent if who == "counsellor" else member.user
        Comment.objects.create(profile=profile, author=author, text=text, said_at=_moment(today, days))


def _experiences(item: Item, version: Version) -> None:
    names = ("title", "employer", "sector", "starts", "ends", "years", "text")
    for position, said in enumerate(item.get("experiences", []), 1):
        facts = dict(zip(names, said, strict=True))
        facts["sector"] = _sector(facts["sector"]) if facts["sector"] else None
        Experience.objects.create(version=version, position=position, **facts)


def _sector(name: str) -> Sector:
    return Sector.objects.get_or_create(name=name)[0]


def _consents(item: Item, member: Member, bodies: dict[str, Organisation], today: date) -> None:
    for name, given, ends, with_video in item.get("consents", []):
        until, body = today + timedelta(days=ends), bodies[name] if name else None
        Consent.objects.create(
            member=member,
            organisation=body,
            with_video=with_video,
            text=words(body, until=until, with_video=with_video),
            given_at=_moment(today, given),
            ends_on=until,
        )
    for name, days, what in item.get("looks", []):
        person = _somebody_of(bodies[name])
        Look.objects.create(
            member=member, what=what, user=person, organisation=bodies[name], looked_at=_moment(today, days)
        )


def _somebody_of(body: Organisation) -> User:
    return Affiliation.objects.filter(organisation=body).order_by("pk")[0].user


def _moment(today: date, days: int) -> datetime:
    return at(today + timedelta(days=days), time(10, 15))
