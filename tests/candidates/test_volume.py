"""Ten thousand members, five hundred companies: what a company's person waits for."""

import pytest
from django.urls import reverse

from tests.people import make_affiliation
from tests.volume import analyse, fill_pages, fill_people, slow

pytestmark = [pytest.mark.django_db, pytest.mark.trial]

QUERIES = [
    "",
    "?page=40",
    "?secteur=secteur-4",
    "?departement=93&disponibilite=un_mois",
    "?secteur=secteur-4&structure=genre-2",
    "?secteur=secteur-4&structure=genre-2&departement=93&disponibilite=un_mois",
]


def test_the_candidates_of_a_company_come_quickly(client, tell):
    people = fill_people()
    fill_pages(people)
    analyse()
    client.force_login(make_affiliation(organisation=people.companies[0]).user)
    address = reverse("company_candidates")

    assert client.get(address).context["mini_cvs"]
    assert slow(client, [f"{address}{query}" for query in QUERIES], tell) == {}
