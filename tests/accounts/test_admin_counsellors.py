"""Administrators open help in an emergency, and make counsellors of people who have an account already."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Counsellor, Referent
from accounts.models.counsellors import LONGEST_HELP
from home import site_setup
from notices.models import Notice
from tests.databases import undone
from tests.factories import make_user
from tests.people import log_in, make_administrator, make_counsellor, make_member, make_referent

# Wagtail's own templates use variables that are not set.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
ROOT = "/gestion/personnes"
NEW = f"{ROOT}/conseillers/new/"


@pytest.fixture(autouse=True, scope="module")
def set_up(django_db_setup, django_db_blocker):
    """The site, set up once for the module: each test works in a transaction of its own."""
    with django_db_blocker.unblock(), undone():
        site_setup.setup_site()
        yield


@pytest.fixture
def admin(client):
    user = make_administrator(is_staff=True)
    log_in(client, user)
    return user


def help_by(client, member, counsellor, **typed):
    path = f"{ROOT}/membres/{member.reference}/urgence/"
    assert client.get(path).status_code == 200
    return client.post(path, {"counsellor": counsellor.pk, "reason": "Entretien demain matin.", "hours": 24} | typed)


def test_help_is_opened_for_a_day_and_the_member_is_told(client, admin):
    member, helper = make_member(), make_counsellor()
    make_referent(member)
    assert "Ouvrir une aide d’urgence" in client.get(f"{ROOT}/membres/inspect/{member.pk}/").text

    assert help_by(client, member, helper).status_code == 302

    row = Referent.objects.get(role=Referent.Role.EXCEPTIONAL)
    assert (row.counsellor, row.recorded_by, row.ends_at - row.starts_at) == (helper, admin, LONGEST_HELP)
    assert Notice.objects.get(kind="emergency_help").recipient == member.user.email
    log_in(client, member.user)
    assert "Entretien demain matin." in client.get("/espace/membre/").text


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"hours": 25}, {"hours": 0}, {"hours": ""}])
def test_help_without_a_reason_or_too_long_is_refused(client, admin, wrong):
    answer = help_by(client, make_member(), make_counsellor(), **wrong)

    assert answer.status_code == 200
    assert not Referent.objects.exists()


def test_who_is_no_longer_counsellor_does_not_help(client, admin):
    gone = make_counsellor(ends_on=timezone.localdate())
    Counsellor.objects.update(ends_on=timezone.localdate() - timedelta(days=1))

    assert help_by(client, make_member(), gone).status_code == 200
    assert not Referent.objects.exists()


def test_an_account_becomes_a_counsellor_then_no_more(client, admin):
    person = make_user(email="lea@example.org")
    assert NEW in client.get(f"{ROOT}/conseillers/").text
    assert client.get(NEW).status_code == 200

    assert client.post(NEW, {"email": "LEA@example.org"}).status_code == 302

    counsellor = Counsellor.objects.active().get(user=person)
    client.post(f"{ROOT}/conseillers/{counsellor.number}/fin/")
    assert not Counsellor.objects.active().exists()
    client.post(NEW, {"email": "lea@example.org"})
    assert Counsellor.objects.active().get() == counsellor  # the same number again


def test_a_counsellor_whom_members_need_stays_until_they_are_entrusted(client, admin):
    row = make_referent(make_member())

    answer = client.post(f"{ROOT}/conseillers/{row.counsellor.number}/fin/")

    assert "Confiez d’abord" in answer.text
    assert Counsellor.objects.active().exists()


def test_nobody_is_appointed_without_an_account_twice_or_by_themselves(client, admin):
    make_counsellor(user=make_user(email="deja@example.org"))
    make_user(email="parti@example.org", is_active=False)

    for email, told in [
        ("inconnu@example.org", "invitez plutôt"),
        ("parti@example.org", "invitez plutôt"),
        ("deja@example.org", "déjà"),
        (admin.email, "soi-même"),
    ]:
        assert told in client.post(NEW, {"email": email}).text, email
    assert Counsellor.objects.count() == 1


def test_only_administrators_open_help_or_appoint(client):
    site_setup.setup_site()
    member, counsellor = make_member(), make_counsellor()
    for user in (make_user(groups=["Modération"], is_staff=True), counsellor.user):
        log_in(client, user)
        data = {"counsellor": counsellor.pk, "reason": "Vite.", "hours": 1}
        assert client.post(f"{ROOT}/membres/{member.reference}/urgence/", data).status_code in {302, 403}
        assert client.post(NEW, {"email": member.user.email}).status_code in {302, 403}

    assert not Referent.objects.exists()
    assert Counsellor.objects.count() == 1
