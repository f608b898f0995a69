"""A mailbox that a member is invited at, and that may be of somebody who works here, is said to be one."""

import pytest

from accounts import doubts, invitations
from accounts.models import InvitedAs
from tests.factories import make_admin, make_user
from tests.people import (
    log_in,
    make_counsellor,
    make_member,
    make_referent,
    make_treasurer,
)

# Wagtail's own templates use variables that are not set.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_an_address_of_the_team_is_doubtful():
    treasurer, counsellor = make_treasurer(), make_counsellor()

    assert doubts.doubt_of(treasurer.email.upper()) == doubts.doubt_of(counsellor.user.email) == doubts.OF_THE_TEAM
    assert doubts.doubt_of(make_member().user.email) == doubts.doubt_of("awa@gmail.com") == ""


def test_a_domain_of_the_team_is_doubtful_unless_anybody_may_have_it():
    make_counsellor(user=make_user(email="paule@laccueil.example"))
    by = make_admin()
    invitations.invite("tresor@maison.example", invited_as=InvitedAs.TREASURER, by=by)
    invitations.invite("equipe@gmail.com", invited_as=InvitedAs.EDITOR, by=by)

    for email in ("awa@LACCUEIL.example", "awa@maison.example"):
        assert doubts.doubt_of(email) == doubts.SAME_DOMAIN
    assert doubts.doubt_of("awa@gmail.com") == doubts.doubt_of("awa@ailleurs.example") == ""


@pytest.mark.parametrize(
    ("address", "invited"),
    [
        ("lea@laccueil.example", "Lea+membre@laccueil.example"),
        ("lea+equipe@laccueil.example", "lea@laccueil.example"),
        ("lea@free.fr", "lea+1@free.fr"),
        ("lea.petit@gmail.com", "l.e.a.petit+membre@googlemail.com"),
    ],
)
def test_another_spelling_of_a_mailbox_of_the_team_is_doubtful(address, invited):
    make_counsellor(user=make_user(email=address))

    assert doubts.doubt_of(invited) == doubts.OF_THE_TEAM


def test_a_dot_makes_another_mailbox_where_it_counts():
    make_counsellor(user=make_user(email="lea.petit@free.fr"))

    assert doubts.doubt_of("leapetit@free.fr") == ""
    assert doubts.same_mailbox("Lea.Petit+x@FREE.fr") == "lea.petit@free.fr"


@pytest.mark.parametrize("make", [make_admin, make_treasurer])
def test_the_domain_of_who_was_never_invited_is_doubtful_too(make):
    make(email="chef@bureau.example")

    assert doubts.doubt_of("awa@bureau.example") == doubts.SAME_DOMAIN


@pytest.mark.parametrize(("email", "most"), [("awa@gmail.com", 1), ("awa@ailleurs.example", 2)])
def test_a_doubt_costs_two_queries_at_most(email, most, django_assert_num_queries):
    for _number in range(3):
        make_counsellor()

    with django_assert_num_queries(most):
        doubts.doubt_of(email)


def test_who_invited_a_member_is_on_their_record_for_all_who_read_it(client):
    member, counsellor = make_member(account=False), make_counsellor(user=make_user(email="paule@laccueil.example"))
    make_referent(member, counsellor)
    log_in(client, counsellor.user)
    page = f"/espace/conseil/membres/{member.reference}/"

    answer = client.post(f"{page}invitation/", {"email": "autre@laccueil.example"}, follow=True)

    assert "même domaine que celles de l’équipe" in answer.text
    assert f"par {counsellor.user}" in client.get(page).text
    log_in(client, make_admin())
    record = client.get(f"/gestion/personnes/membres/inspect/{member.pk}/").text
    assert f"par {counsellor.user}, à autre@laccueil.example. Cette adresse a le même domaine" in record
