"""A company asks for an account, and waits for an answer."""

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts import requests
from accounts.models import AccountRequest, Invitation, Organisation
from association.models import Identity
from notices.models import Notice
from tests.factories import make_admin, make_home, make_user
from tests.people import make_counsellor, make_organisation

pytestmark = pytest.mark.django_db
ADDRESS = "/demande-de-compte/"
SIRET = "73282932000074"
DEMAND = {
    "organisation_name": "La Ressourcerie",
    "siret": "732 829 320 00074",
    "person_name": "Inès Martin",
    "email": "ines@example.org",
    "telephone": "01 99 00 12 34",
    "message": "Nous recrutons deux valoristes.",
}


@pytest.fixture(autouse=True)
def _site():
    cache.clear()
    make_home()
    identity = Identity.objects.first() or Identity()
    identity.email = "contact@example.org"
    identity.save()


def make_request(**fields):
    defaults = {"organisation_name": "La Ressourcerie", "person_name": "Inès Martin", "email": "ines@example.org"}
    return AccountRequest.objects.create(**defaults | fields)


def test_a_demand_is_kept_and_announced_without_saying_who_asks(client):
    response = client.post(ADDRESS, DEMAND)

    assert response.url == f"{ADDRESS}?merci=1"
    kept = AccountRequest.objects.waiting().get()
    assert (kept.siret, kept.person_name) == (SIRET, "Inès Martin")
    told = Notice.objects.get()
    assert told.recipient == "contact@example.org"
    for private in ("Ressourcerie", "Inès", "ines@example.org"):
        assert private not in told.text + told.subject
    assert "Demande envoyée" in client.get(response.url).text


def test_nobody_is_told_while_the_association_has_no_address(client):
    Identity.objects.update(email="")

    client.post(ADDRESS, DEMAND)

    assert AccountRequest.objects.count() == 1
    assert not Notice.objects.exists()


def test_the_answer_is_the_same_for_an_address_that_has_an_account(client):
    make_user(email="ines@example.org")
    make_organisation(siret=SIRET)

    known = client.post(ADDRESS, DEMAND)
    unknown = client.post(ADDRESS, DEMAND | {"email": "autre@example.org", "siret": ""})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert AccountRequest.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"organisation_name": ""}, "Donnez le nom de l’entreprise."),
        ({"person_name": ""}, "Dites-nous votre nom."),
        ({"email": ""}, "Donnez l’adresse e-mail"),
        ({"email": "a@b.fr,c@d.fr"}, "adresse"),
        ({"siret": "7328293200007"}, "celui-ci en a 13"),
        ({"siret": "732829320000745"}, "celui-ci en a 15"),
        ({"siret": "73282932000075"}, "Ce SIRET n’existe pas"),
        ({"telephone": "appelez"}, "Ce numéro n’est pas celui d’un téléphone"),
        ({"message": "x" * 2001}, "2000"),
        ({"organisation_name": "é" * 161}, "160"),
    ],
)
def test_a_refusal_says_what_to_do_and_keeps_what_was_typed(client, changes, sentence):
    response = client.post(ADDRESS, {"message": "Bonjour à vous."} | DEMAND | changes)

    assert response.status_code == 200
    assert sentence in response.text.replace("\u00a0", " ")
    assert "01 99 00 12 34" in response.text or "telephone" in changes
    assert not AccountRequest.objects.exists()


def test_a_robot_that_fills_the_trap_is_thanked_and_forgotten(client):
    response = client.post(ADDRESS, DEMAND | {"site_web": "https://example.org"})

    assert response.url == f"{ADDRESS}?merci=1"
    assert not AccountRequest.objects.exists()


def test_a_flood_is_slowed_down_without_losing_what_was_typed(client):
    answers = [client.post(ADDRESS, DEMAND) for _ in range(requests.HOURLY_LIMIT + 1)]

    assert answers[-1].status_code == 429
    assert "Inès Martin" in answers[-1].text
    assert AccountRequest.objects.count() == requests.HOURLY_LIMIT


def test_hidden_fields_answer_nothing(client):
    client.post(ADDRESS, DEMAND | {"answer": "acceptee", "organisation": "1", "answered_at": "2026-11-20"})

    assert AccountRequest.objects.waiting().count() == 1


def test_accepting_makes_the_company_and_invites_the_person():
    admin, demand = make_admin(), make_request(siret=SIRET, telephone="01 99 00 12 34")

    invitation = requests.accept(demand, by=admin)

    company = Organisation.objects.get()
    assert (company.name, company.siret, company.is_company, company.is_prescriber) == (
        *("La Ressourcerie", SIRET),
        *(True, False),
    )
    assert (invitation.email, invitation.organisation) == ("ines@example.org", company)
    demand.refresh_from_db()
    assert (demand.answer, demand.answered_by, demand.organisation) == ("acceptee", admin, company)
    assert not AccountRequest.objects.waiting().exists()


def test_writing_the_siret_of_a_company_does_not_make_one_of_its_people():
    """It is public: staff says that they belong to the company, by choosing it."""
    known = make_organisation(siret=SIRET, name="Le Relais", is_prescriber=True)
    demand = make_request(siret=SIRET)

    with pytest.raises(ValidationError, match="Ce SIRET est celui"):
        requests.accept(demand, by=make_admin())
    assert not Invitation.objects.exists()

    assert requests.accept(demand, organisation=known, by=make_admin()).organisation == known
    known.refresh_from_db()
    assert known.is_company
    assert Organisation.objects.count() == 1


def test_a_company_that_gave_no_siret_is_made_all_the_same():
    assert requests.accept(make_request(), by=make_admin()).organisation.siret == ""


def test_a_refusal_is_sent_and_makes_nothing():
    demand, admin = make_request(), make_admin()

    requests.refuse(demand, by=admin)

    demand.refresh_from_db()
    assert (demand.answer, demand.answered_by) == ("refusee", admin)
    assert Notice.objects.get().recipient == "ines@example.org"
    assert not Organisation.objects.exists()
    assert not Invitation.objects.exists()


def test_a_demand_is_answered_once():
    demand, admin = make_request(), make_admin()
    requests.refuse(demand, by=admin)

    for verb in (requests.accept, requests.refuse):
        with pytest.raises(ValidationError, match="déjà eu sa réponse"):
            verb(demand, by=admin)


@pytest.mark.parametrize("make", [make_user, lambda: make_counsellor().user])
def test_only_who_looks_after_people_answers(make):
    demand = make_request()

    for verb in (requests.accept, requests.refuse):
        with pytest.raises(PermissionDenied):
            verb(demand, by=make())


def test_the_database_refuses_an_answer_without_a_date():
    make_request()
    with (
        pytest.raises(IntegrityError, match="accounts_answered_request_says_how"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE accounts_accountrequest SET answer = 'refusee'")


def test_the_login_page_leads_companies_to_the_demand(client):
    page = client.get(reverse("account_login")).text

    assert f'<a href="{ADDRESS}">Demandez un compte</a>' in page
