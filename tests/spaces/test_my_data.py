import pytest

from association.models import Identity
from candidates.models import Consent
from notices.models import Notice
from tests.candidates.factories import make_consent
from tests.factories import make_user
from tests.people import make_member, make_organisation

pytestmark = pytest.mark.django_db

PAGE = "/espace/mes-donnees/"


@pytest.fixture
def member(client):
    member = make_member()
    client.force_login(member.user)
    return member


def test_the_page_says_what_is_kept_how_long_and_the_consents(client, member):
    make_consent(member, make_organisation(name="La Recyclerie du canal"))

    text = client.get(PAGE).text

    for words in ("24 mois après notre dernier contact", "La Recyclerie du canal", "CNIL", "Effacer mes données"):
        assert words in text


def test_somebody_who_is_no_member_has_the_page_too(client):
    client.force_login(make_user())

    response = client.get(PAGE)

    assert response.status_code == 200
    assert "Votre fiche de membre" not in response.text


@pytest.mark.parametrize("consents", [1, 5])
def test_the_page_costs_the_same_whatever_was_allowed(client, member, consents, django_assert_max_num_queries):
    for _ in range(consents):
        make_consent(member, make_organisation())
    client.get(PAGE)

    with django_assert_max_num_queries(15):
        client.get(PAGE)


def test_all_consents_are_withdrawn_in_one_click(client, member):
    make_consent(member)
    make_consent(member, make_organisation())

    client.post(f"{PAGE}accords/")

    assert not Consent.objects.live().exists()


def test_stopping_what_was_never_shared_is_no_error(client):
    client.force_login(make_user())

    assert client.post(f"{PAGE}accords/").status_code == 302


def test_a_complaint_goes_to_the_association(client, member):
    identity = Identity.load()
    identity.email = "contact@example.org"
    identity.save()

    response = client.post(f"{PAGE}demande/", {"text": "Mon nom est mal écrit."}, follow=True)

    notice = Notice.objects.get()
    assert notice.recipient == "contact@example.org"
    assert "Mon nom est mal écrit." in notice.text
    assert "dans le mois" in response.text


def test_a_complaint_that_cannot_leave_keeps_what_was_typed(client, member):
    response = client.post(f"{PAGE}demande/", {"text": "Mon nom est mal écrit."})

    assert "appelez l’association" in response.text
    assert "Mon nom est mal écrit." in response.text


def test_an_empty_complaint_says_what_to_do(client, member):
    assert "Écrivez votre demande." in client.post(f"{PAGE}demande/", {"text": " "}).text


def test_two_complaints_in_a_row_both_leave(client, member):
    Identity.objects.create(name="Actess", email="contact@example.org")

    for text in ("Ma date de naissance est fausse.", "Mon nom aussi.", "Mon nom aussi."):
        client.post(f"{PAGE}demande/", {"text": text})

    assert Notice.objects.filter(kind="complaint").count() == 2
