"""Ten thousand members, five hundred companies: what a company's person waits for."""

import time
from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import Member, Membership, Organisation
from candidates.models import Consent, Experience, Profile, Version
from tests.candidates.factories import make_sector, make_structure
from tests.factories import make_departements
from tests.people import make_affiliation

pytestmark = [pytest.mark.django_db, pytest.mark.trial]

MEMBERS, COMPANIES = 10_000, 500
LONGEST = 0.15
QUERIES = [
    "",
    "?page=40",
    "?secteur=secteur-4",
    "?departement=93&disponibilite=un_mois",
    "?secteur=secteur-4&structure=genre-2",
]


def fill():
    """Two in three allow every company, the third one of them; each has an approved page."""
    today, now = timezone.localdate(), timezone.now()
    sectors = [make_sector(f"Secteur {number}") for number in range(18)]
    kinds = [make_structure(f"Genre {number}") for number in range(10)]
    places = make_departements()
    companies = Organisation.objects.bulk_create(
        Organisation(name=f"Entreprise {number}", is_company=True) for number in range(COMPANIES)
    )
    members = Member.objects.bulk_create(Member(first_name="Awa", last_name=f"Nom {n}") for n in range(MEMBERS))
    Membership.objects.bulk_create(
        Membership(member=one, starts_on=date(2020, 1, 1), ends_on=today + timedelta(days=99)) for one in members
    )
    profiles = Profile.objects.bulk_create(Profile(member=one) for one in members)
    states = list(Version.Availability.values)
    versions = Version.objects.bulk_create(
        Version(
            profile=one,
            state=Version.State.APPROVED,
            headline="Bonjour",
            summary="mot " * 200,
            availability=states[number % 4],
            decided_at=now - timedelta(minutes=number),
        )
        for number, one in enumerate(profiles)
    )
    for name, things in (("sectors", sectors), ("structures", kinds), ("departements", places)):
        through = Version._meta.get_field(name).remote_field.through
        column = next(field.attname for field in through._meta.fields if field.name not in {"id", "version"})
        through.objects.bulk_create(
            through(**{"version_id": one.pk, column: things[(number + step) % len(things)].pk})
            for number, one in enumerate(versions)
            for step in (0, 3)
        )
    Experience.objects.bulk_create(
        Experience(version=one, position=1, title="Cuisinière", sector=sectors[number % 18], years=3)
        for number, one in enumerate(versions)
    )
    Consent.objects.bulk_create(
        Consent(
            member=one,
            organisation=None if number % 3 else companies[number % COMPANIES],
            ends_on=today + timedelta(days=30),
            text="Je permets.",
        )
        for number, one in enumerate(members)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return companies


def test_the_candidates_of_a_company_come_quickly(client, tell):
    companies = fill()
    client.force_login(make_affiliation(organisation=companies[0]).user)
    client.get(reverse("company_candidates"))

    slowest = {}
    for query in QUERIES:
        times = []
        for _ in range(10):
            start = time.perf_counter()
            response = client.get(f"{reverse('company_candidates')}{query}")
            times.append(time.perf_counter() - start)
            assert response.context["mini_cvs"]
        slowest[query] = min(times)

    said = ", ".join(f"{query or 'all'} {seconds * 1000:.0f} ms" for query, seconds in slowest.items())
    tell(f"candidates of a company, {MEMBERS} members, {connection.vendor}: {said}")
    assert connection.vendor == "sqlite" or max(slowest.values()) < LONGEST
