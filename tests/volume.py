"""Ten thousand members and five hundred companies, made at once, and how long a page of theirs takes."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from math import inf

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Affiliation, Counsellor, Invitation, Member, Membership, Organisation, Referent, User
from candidates.models import Consent, Experience, Look, Profile, Version, Video
from tests.candidates.factories import make_sector, make_structure
from tests.factories import make_departements
from tests.pace import quickest
from tests.people import make_counsellor

MEMBERS, COMPANIES, COUNSELLORS = 10_000, 500, 20
LONGEST = 0.150
MOST_QUERIES = 15


@dataclass
class People:
    members: list[Member]
    counsellors: list[Counsellor]
    companies: list[Organisation]


def fill_people() -> People:
    """Half of the members have an account; each has two memberships, and all but 500 a referent."""
    now = timezone.now()
    places = make_departements()
    counsellors = [make_counsellor() for _ in range(COUNSELLORS)]
    users = User.objects.bulk_create(User(email=f"m{number}@example.org") for number in range(MEMBERS // 2))
    members = Member.objects.bulk_create(
        Member(
            first_name=f"Prénom {number % 97}",
            last_name=f"Nom {number}",
            email=f"m{number}@example.org",
            telephone=f"06 39 98 {number // 100:02} {number % 100:02}",
            departement=places[number % len(places)],
            user=users[number] if number < len(users) else None,
        )
        for number in range(MEMBERS)
    )
    _fill_memberships(members)
    Referent.objects.bulk_create(
        Referent(member=member, counsellor=counsellors[number % COUNSELLORS], starts_at=now - timedelta(days=9))
        for number, member in enumerate(members[:-500])
    )
    companies = Organisation.objects.bulk_create(
        Organisation(name=f"Entreprise {number}", is_company=True) for number in range(COMPANIES)
    )
    Affiliation.objects.bulk_create(
        Affiliation(user=user, organisation=companies[number % COMPANIES]) for number, user in enumerate(users[:1500])
    )
    Invitation.objects.bulk_create(
        Invitation(
            email=member.email, invited_as="membre", member=member, digest=member.reference, expires_at=now, sent_at=now
        )
        for member in members
    )
    return People(members, counsellors, companies)


def _fill_memberships(members: list[Member]) -> None:
    """Nine in ten run, and a twelfth of these end in the coming month."""
    today = timezone.localdate()
    Membership.objects.bulk_create(
        Membership(
            member=member,
            starts_on=today - timedelta(days=365 * years + number % 365),
            ends_on=today - timedelta(days=365 * (years - 1) + number % 365 + 1),
        )
        for number, member in enumerate(members)
        for years in (0, 1)
        if years or number % 10
    )


def fill_pages(people: People) -> None:
    """Everybody has an approved page; two in three allow every company, the third one of them.

    One in twenty waits to be read, and one in twenty has a film that waits; each was looked at three times.
    """
    profiles = Profile.objects.bulk_create(Profile(member=member) for member in people.members)
    _fill_versions(profiles)
    _fill_looks(people)
    today, now = timezone.localdate(), timezone.now()
    Version.objects.bulk_create(
        Version(profile=profile, state=Version.State.SUBMITTED, submitted_at=now) for profile in profiles[::20]
    )
    Video.objects.bulk_create(
        Video(profile=profile, state=Video.State.READY, film=f"film-{profile.pk}", poster=f"affiche-{profile.pk}")
        for profile in profiles[10::20]
    )
    Consent.objects.bulk_create(
        Consent(
            member=member,
            organisation=None if number % 3 else people.companies[number % COMPANIES],
            ends_on=today + timedelta(days=30),
            text="Je permets.",
        )
        for number, member in enumerate(people.members)
    )


def _fill_versions(profiles: list[Profile]) -> None:
    sectors = [make_sector(f"Secteur {number}") for number in range(18)]
    kinds = [make_structure(f"Genre {number}") for number in range(10)]
    now, states = timezone.now(), list(Version.Availability.values)
    versions = Version.objects.bulk_create(
        Version(
            profile=profile,
            state=Version.State.APPROVED,
            headline="Bonjour",
            summary="mot " * 200,
            availability=states[number % 4],
            decided_at=now - timedelta(minutes=number),
        )
        for number, profile in enumerate(profiles)
    )
    for name, things in (("sectors", sectors), ("structures", kinds), ("departements", make_departements())):
        through = Version._meta.get_field(name).remote_field.through
        column = next(field.attname for field in through._meta.fields if field.name not in {"id", "version"})
        through.objects.bulk_create(
            through(**{"version_id": version.pk, column: things[(number + step) % len(things)].pk})
            for number, version in enumerate(versions)
            for step in (0, 3)
        )
    Experience.objects.bulk_create(
        Experience(version=version, position=1, title="Cuisinière", sector=sectors[number % 18], years=3)
        for number, version in enumerate(versions)
    )


def _fill_looks(people: People) -> None:
    now = timezone.now()
    Look.objects.bulk_create(
        Look(
            member=member,
            what=Look.What.PAGE,
            user=people.counsellors[0].user,
            organisation=people.companies[number % COMPANIES],
            looked_at=now - timedelta(hours=hours),
            hour=now - timedelta(hours=hours),
            objected_at=None if number % 100 or hours > 1 else now,
        )
        for number, member in enumerate(people.members)
        for hours in (1, 2, 3)
    )


def analyse() -> None:
    """What the database does by itself at night, to our tables: those of the server are locked until the test's end."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def slow(client, addresses, tell) -> dict[str, float]:
    """The pages that take too long on PostgreSQL, each with its time. A site with SQLite has no such volume.

    The quickest of several: what the page costs, not what else the machine does.
    """
    found, counts = {}, connection.vendor == "postgresql"
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
            asked = len(queries)
        assert answer.status_code == 200, address
        assert asked <= MOST_QUERIES, address
        seconds = quickest(partial(client.get, address), bound=LONGEST if counts else inf)
        tell(f"{connection.vendor}: {address} {seconds * 1000:.0f} ms, {asked} queries")
        if counts and seconds > LONGEST:
            found[address] = seconds
    return found
