"""The members' areas with ten thousand members and five hundred companies."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Referent
from tests.decks.factories import make_deck
from tests.factories import make_home, make_session
from tests.people import make_affiliation, make_counsellor, make_organisation
from tests.volume import analyse, fill_pages, fill_people, slow

pytestmark = [pytest.mark.django_db, pytest.mark.trial]

LIST = reverse("members")
QUESTIONS = ["", "?q=Nom+42", "?q=06+39", "?q=personne", "?adhesion=bientot", "?page=3", "?page=19"]
LONG_QUESTIONS = ["", "?q=Nom+42", "?q=06+39", "?q=personne", "?adhesion=bientot", "?page=200", "?page=388"]


def make_overworked(members):
    """A counsellor who stands in for nearly everybody."""
    counsellor = make_counsellor()
    since = timezone.now() - timedelta(days=2)
    Referent.objects.bulk_create(
        Referent(member=member, counsellor=counsellor, role=Referent.Role.STAND_IN, starts_at=since)
        for member in members[:9700]
    )
    return counsellor


def read_by(client, user, addresses, tell):
    """The pages that are too slow for this person, once they came in."""
    client.force_login(user)
    assert client.get(addresses[0]).status_code == 200
    return slow(client, addresses, tell)


def test_members_areas_answer_quickly(client, tell):
    make_home()
    people = fill_people()
    fill_pages(people)
    overworked = make_overworked(people.members)
    for _ in range(4):
        make_session()
        make_deck()
    analyse()
    home, record = reverse("counsellor_space"), reverse("member_record", args=[people.members[0].reference])
    prescriber = make_affiliation(organisation=make_organisation(is_prescriber=True)).user
    company = make_affiliation(organisation=people.companies[0]).user

    late = [
        read_by(client, people.members[0].user, [reverse("member_space")], tell),
        read_by(client, people.counsellors[0].user, [home, record, *[LIST + asked for asked in QUESTIONS]], tell),
        read_by(client, overworked.user, [LIST + asked for asked in LONG_QUESTIONS], tell),
        read_by(client, prescriber, [reverse("prescriber_space")], tell),
        read_by(client, company, [reverse("company_space"), reverse("company_candidates")], tell),
    ]

    assert not any(late)
