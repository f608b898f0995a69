"""What a company's people see, and the page at its own address."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates import consents, seeing
from candidates.models import Look, Version
from tests.candidates.factories import (
    give_portrait,
    make_approved,
    make_consent,
    make_experience,
    make_sector,
    make_structure,
    make_version,
)
from tests.factories import make_admin, make_departement, make_user
from tests.people import (
    make_affiliation,
    make_counsellor,
    make_member,
    make_organisation,
    make_referent,
    make_treasurer,
    make_volunteer,
)

pytestmark = pytest.mark.django_db

LIST = "/espace/entreprise/candidats/"


@pytest.fixture
def company(client):
    affiliation = make_affiliation()
    client.force_login(affiliation.user)
    return affiliation.organisation


def allowed(company, **fields):
    version = make_approved(**fields)
    make_consent(version.profile.member, company)
    return version


def references(response):
    return {found.reference for found in response.context["mini_cvs"]}


def test_the_list_holds_those_who_allow_this_company(client, company):
    mine, everybody = allowed(company), allowed(None)
    allowed(make_organisation())
    make_approved()

    assert references(client.get(LIST)) == {mine.profile.reference, everybody.profile.reference}


def test_the_list_and_the_pages_that_are_seen_agree(client, company):
    for version in (allowed(company), allowed(None), allowed(make_organisation()), make_approved(), make_version()):
        if version.state == Version.State.APPROVED:
            make_version(version.profile, state=Version.State.SUBMITTED)
    user = company.affiliations.get().user

    assert references(client.get(LIST)) == {profile.reference for profile in seeing.visible_to(user)}


@pytest.mark.parametrize(
    "query",
    ["secteur=velo", "structure=mutuelle", "departement=75", "disponibilite=un_mois", "secteur=velo&departement=75"],
)
def test_the_list_is_filtered(client, company, query):
    found = allowed(company, availability=Version.Availability.ONE_MONTH)
    allowed(company)
    found.sectors.set([make_sector("Vélo"), make_sector("Énergie")])
    found.structures.set([make_structure("Mutuelle")])
    found.departements.set([make_departement("75")])

    assert references(client.get(f"{LIST}?{query}")) == {found.profile.reference}


@pytest.mark.parametrize(
    "query", ["secteur=x", "departement=00", "disponibilite=x", "page=0", "page=x", "structure=%00"]
)
def test_a_filter_that_names_nothing_is_a_page_that_does_not_exist(client, company, query):
    assert client.get(f"{LIST}?{query}").status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}


def test_an_empty_list_says_what_to_do(client, company):
    assert "choisissent eux-mêmes" in client.get(LIST).content.decode()
    allowed(company)
    make_sector("Vélo")
    assert "Effacer les filtres" in client.get(f"{LIST}?secteur=velo").content.decode()


@pytest.mark.parametrize("people", [1, 25])
def test_the_list_costs_the_same_whatever_its_length(client, company, people, django_assert_max_num_queries):
    for _ in range(people):
        make_experience(allowed(company), sector=make_sector(), years=2)
    client.get(LIST)  # fills what the process keeps of the site

    with django_assert_max_num_queries(15):
        client.get(LIST)


def test_each_look_is_kept_for_the_member(client, company):
    version = allowed(company)

    client.get(reverse("company_candidate", args=[version.profile.reference]))
    client.head(reverse("candidate_page", args=[version.profile.reference]))
    assert list(Look.objects.values_list("what", "organisation")) == [("mini_cv", company.pk)]
    client.get(reverse("candidate_page", args=[version.profile.reference]))
    client.get(reverse("candidate_page", args=[version.profile.reference]))

    assert sorted(Look.objects.values_list("what", flat=True)) == ["mini_cv", "page"]


def test_a_withdrawal_bites_at_the_next_request(client, company):
    version = give_portrait(allowed(company))
    reference = version.profile.reference
    addresses = [
        reverse("company_candidate", args=[reference]),
        reverse("candidate_page", args=[reference]),
        reverse("candidate_pdf", args=[reference]),
        reverse("private_file", args=["portrait", version.portrait_reference]),
    ]
    assert {client.get(address).status_code for address in addresses} == {HTTPStatus.OK}

    consents.withdraw_all(version.profile.member, by=version.profile.member.user)

    assert {client.get(address).status_code for address in addresses} == {HTTPStatus.NOT_FOUND}
    assert references(client.get(LIST)) == set()


def test_a_company_reads_what_was_approved_and_nothing_else(client, company):
    version = allowed(company, headline="Titre validé")
    make_version(version.profile, headline="Titre en cours")

    page = client.get(reverse("candidate_page", args=[version.profile.reference])).content.decode()

    assert "Titre validé" in page
    assert "Titre en cours" not in page


def test_the_page_has_one_address_for_all_who_may_see_it(client, company):
    version = allowed(company)
    member = version.profile.member
    address = reverse("candidate_page", args=[version.profile.reference])
    counsellor = make_referent(member).counsellor.user
    strangers = [
        make_member().user,
        make_counsellor().user,
        make_affiliation().user,
        make_affiliation(organisation=make_organisation(is_prescriber=True)).user,
        make_affiliation(organisation=company, ends_on=timezone.localdate() - timedelta(days=1)).user,
        make_admin(),
        make_treasurer(),
        make_volunteer(),
        make_user(),
    ]

    for user in (member.user, counsellor):
        client.force_login(user)
        assert client.get(address).status_code == HTTPStatus.OK
    for user in strangers:
        client.force_login(user)
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND
        assert client.get(f"{address}pdf/").status_code == HTTPStatus.NOT_FOUND
    client.logout()
    assert client.get(address).status_code == HTTPStatus.FOUND


def test_what_is_not_approved_is_shown_to_its_author_and_once_sent_to_the_counsellor(client):
    version = make_version(headline="Pas encore")
    make_consent(version.profile.member)
    counsellor = make_referent(version.profile.member).counsellor.user
    address = reverse("candidate_page", args=[version.profile.reference])

    def answers(user):
        client.force_login(user)
        return client.get(address).status_code

    assert answers(version.profile.member.user) == HTTPStatus.OK
    assert answers(counsellor) == HTTPStatus.NOT_FOUND
    Version.objects.update(state=Version.State.SUBMITTED)
    assert answers(counsellor) == HTTPStatus.OK
    assert answers(make_affiliation().user) == HTTPStatus.NOT_FOUND


def test_nobody_but_companies_search_candidates(client):
    for user in (
        make_member().user,
        make_admin(),
        make_affiliation(organisation=make_organisation(is_prescriber=True)).user,
    ):
        client.force_login(user)
        assert client.get(LIST).status_code == HTTPStatus.FORBIDDEN


def test_no_cache_keeps_a_page(client, company):
    version = allowed(company)

    for name in ("candidate_page", "candidate_pdf", "company_candidate"):
        response = client.get(reverse(name, args=[version.profile.reference]))
        assert "no-store" in response["Cache-Control"]
