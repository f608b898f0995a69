"""The page of an invitation's link."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import invitations
from accounts.models import Invitation, User
from accounts.roles import Role, roles_of
from notices.models import Notice
from tests.factories import make_admin, make_home, make_user
from tests.people import make_member, make_organisation

pytestmark = pytest.mark.django_db
ANSWER = {"first_name": "Awa", "last_name": "Diallo", "password": "only-for-a-newcomer-of-the-tests"}


@pytest.fixture(autouse=True)
def _site():
    make_home()


def invite(email="awa@example.org", invited_as="benevole", *, by=None, now=None, **about):
    """The address of its link."""
    invitations.invite(email, invited_as=invited_as, by=by or make_admin(), now=now, **about)
    return re.search(r"(/invitation/\S+)", Notice.objects.newest_first().first().text)[1]


def test_the_page_says_what_is_offered_and_a_form_takes_it(client):
    address = invite(invited_as="membre", member=make_member(account=False, first_name="Awa", last_name="Diallo"))

    page = client.get(address)

    assert page.status_code == 200
    assert "awa@example.org" in page.text
    assert 'value="Diallo"' in page.text
    accepted = client.post(address, ANSWER)
    assert (accepted.status_code, accepted.url) == (302, "/espace/")
    user = User.objects.get(email="awa@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert roles_of(user) == {Role.MEMBER}


@pytest.mark.parametrize(
    ("invited_as", "words"), [("organisme", "La Ressourcerie"), ("conseiller", "comme conseiller")]
)
def test_the_page_names_what_somebody_is_invited_as(client, invited_as, words):
    about = {"organisation": make_organisation(name="La Ressourcerie")} if invited_as == "organisme" else {}

    assert words in client.get(invite(invited_as=invited_as, **about)).text


def test_the_machines_that_look_at_links_use_nothing_up(client):
    address = invite()

    for _ in range(3):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200

    assert Invitation.objects.get().accepted_at is None
    assert client.post(address, ANSWER).status_code == 302


def test_the_address_is_told_to_no_other_site_and_to_no_cache(client):
    address = invite()
    for path in (address, "/invitation/rien/"):
        answer = client.get(path)

        assert answer["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer.text
    assert address not in client.get(address).text.replace(f"next={address}", "")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": ""}, "Choisissez un mot de passe."),
        ({"password": "only-for-it"}, "15"),
        ({"password": "only-for-awa@example.org"}, "adresse e-mail"),
        ({"first_name": ""}, "Donnez votre prénom."),
        ({"last_name": "x" * 151}, "150"),
        ({"last_name": "txt\u202eexe"}, "caractère invisible"),
    ],
)
def test_a_refusal_says_what_to_do_and_keeps_what_was_typed(client, changes, sentence):
    address = invite()

    answer = client.post(address, {"first_name": "Aïssatou", "last_name": "Diallo"} | ANSWER | changes)

    assert answer.status_code == 200
    assert sentence in answer.text
    assert ("Diallo" in answer.text) is ("last_name" not in changes)
    assert not User.objects.filter(email="awa@example.org").exists()
    assert ANSWER["password"] not in answer.text


def test_hidden_fields_give_nothing_more(client):
    client.post(
        invite(), ANSWER | {"is_superuser": "on", "is_staff": "on", "email": "x@example.org", "invited_as": "admin"}
    )

    user = User.objects.get(email="awa@example.org")
    assert roles_of(user) == {Role.VOLUNTEER}
    assert not user.is_superuser


def test_who_has_an_account_is_asked_to_log_in_then_only_to_accept(client):
    user = make_user(email="awa@example.org")
    address = invite()

    page = client.get(address)
    assert f"/compte/connexion/?next={address}" in page.text or f"?next={address}" in page.text
    assert client.post(address, ANSWER).status_code == 200
    assert roles_of(user) == frozenset()

    client.force_login(user)
    assert "Accepter l’invitation" in client.get(address).text
    assert client.post(address).url == "/espace/"
    assert roles_of(user) == {Role.VOLUNTEER}


def test_a_rule_that_refuses_says_so_on_the_page(client):
    address = invite(invited_as="membre", member=make_member(account=False))
    client.force_login(make_member(user=make_user(email="awa@example.org")).user)

    answer = client.post(address)

    assert answer.status_code == 200
    assert "ne peut plus servir" in answer.text


def test_every_dead_link_is_the_same_page_with_a_way_on(client):
    long_ago = timezone.now() - timedelta(days=8)
    expired, withdrawn, used = invite(now=long_ago), invite("b@example.org"), invite("c@example.org")
    invitations.revoke(Invitation.objects.get(email="b@example.org"), by=make_admin())
    client.post(used, ANSWER)
    client.logout()

    answers = [client.get(path) for path in ("/invitation/rien/", expired, withdrawn, used)]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "Demander une nouvelle invitation" in answers[0].text
    assert client.post(expired, ANSWER).status_code == 404


def test_somebody_else_s_link_is_a_dead_one_for_who_is_logged_in(client):
    address = invite()
    client.force_login(make_user())

    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 404
        assert "Changer de compte" in answer.text


def test_a_form_of_another_site_is_refused(client):
    client.handler.enforce_csrf_checks = True

    assert client.post(invite(), ANSWER).status_code == 403
