"""What a counsellor does with the people they accompany, and that nobody else can."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import relays
from accounts.models import Invitation, Member, Membership, Referent, Relay
from notices.models import Notice
from tests.accounts.test_admin_screens import make_invitation
from tests.candidates.factories import make_profile, make_version
from tests.factories import make_home
from tests.passport.factories import make_passport
from tests.people import make_counsellor, make_member, make_membership, make_referent

pytestmark = pytest.mark.django_db

LIST = "/espace/conseil/membres/"
DAY = timedelta(days=1)
ALL = ["", "fiche/", "relais/", "remplacement/", "invitation/", "adhesion/", "fin-d-adhesion/"]


@pytest.fixture
def counsellor(client):
    counsellor = make_counsellor()
    client.force_login(counsellor.user)
    return counsellor


def follow(counsellor, **fields):
    member = make_member(**fields)
    make_referent(member, counsellor)
    return member


def at(member, verb=""):
    return f"{LIST}{member.reference}/{verb}"


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("verb", [*ALL, "contact/"])
def test_somebody_elses_member_does_not_exist(client, counsellor, verb):
    others = follow(make_counsellor())

    assert client.get(at(others, verb)).status_code == (405 if verb == "contact/" else 404)
    assert client.post(at(others, verb), {}).status_code == (405 if verb == "" else 404)


@pytest.mark.parametrize("verb", ALL)
def test_every_page_of_a_record_opens(client, counsellor, verb):
    assert client.get(at(follow(counsellor), verb)).status_code == 200


def test_the_list_is_theirs_alone_and_in_order(client, counsellor):
    for last in ("Zola", "Évrard", "dupin"):
        follow(counsellor, first_name="", last_name=last)
    follow(make_counsellor(), last_name="Autre")

    page = read(client, LIST)

    assert page.index("dupin") < page.index("Évrard") < page.index("Zola")
    assert "Autre" not in page


@pytest.mark.parametrize(
    "asked", ["evr", "ÉVRARD", "elise evrard", "elise@example.org", "06 39 98 11 22", "0639981122"]
)
def test_a_member_is_found_by_name_address_or_telephone(client, counsellor, asked):
    follow(counsellor, first_name="Élise", last_name="Évrard", email="elise@example.org", telephone="06 39 98 11 22")
    follow(counsellor, last_name="Zola")

    page = client.get(LIST, {"q": asked}).content.decode()

    assert "Élise Évrard" in page
    assert "Zola" not in page


def test_nobody_found_says_what_to_do(client, counsellor):
    follow(counsellor)

    assert "Personne ne correspond" in client.get(LIST, {"q": "zwymbrax"}).content.decode()


def test_the_list_is_filtered_by_membership(client, counsellor):
    today = timezone.localdate()
    follow(counsellor, last_name="Court")
    make_membership(follow(counsellor, last_name="Finit", current=False), ends_on=today + 5 * DAY)
    follow(counsellor, last_name="Parti", current=False)

    found = {value: client.get(LIST, {"adhesion": value}).content.decode() for value in ("bientot", "aucune")}

    assert "Finit" in found["bientot"]
    assert "Court" not in found["bientot"]
    assert "Parti" in found["aucune"]
    assert "Finit" not in found["aucune"]


@pytest.mark.parametrize("query", ["adhesion=rien", "page=0", "page=99", "page=a"])
def test_a_list_that_does_not_exist_is_not_found(client, counsellor, query):
    assert client.get(f"{LIST}?{query}").status_code == 404


@pytest.mark.parametrize("members", [2, 30])
def test_the_list_costs_the_same_whatever_its_length(client, counsellor, members, django_assert_max_num_queries):
    make_home()
    for _ in range(members):
        follow(counsellor)
    client.get(LIST)

    with django_assert_max_num_queries(9):
        client.get(LIST)


def test_a_full_record_costs_few_queries(client, counsellor, django_assert_max_num_queries):
    make_home()
    member = follow(counsellor)
    make_passport(member=member, counsellor=counsellor)
    make_version(make_profile(member))
    make_invitation(member=member, invited_as="membre", invited_by=counsellor.user)
    assert "Passeport ouvert" in client.get(at(member)).text

    with django_assert_max_num_queries(15):
        client.get(at(member))


def test_somebody_is_added_with_a_membership_and_an_invitation_in_one_go(
    client, counsellor, django_capture_on_commit_callbacks
):
    typed = {"first_name": "Nour", "last_name": "Ben Saïd", "email": "nour@example.org", "belongs": "on"}

    answer = client.post(f"{LIST}ajouter/", typed | {"invites": "on"})

    member = Member.objects.get(last_name="Ben Saïd")
    assert answer.url == at(member)
    assert Referent.objects.live().get(member=member).counsellor == counsellor
    assert Membership.objects.running().filter(member=member).exists()
    assert Invitation.objects.open().get(member=member).email == "nour@example.org"
    assert Notice.objects.filter(recipient="nour@example.org").count() == 1
    assert "invitation envoyée" in read(client, at(member))


def test_somebody_without_an_address_is_added_without_an_invitation(client, counsellor):
    client.post(f"{LIST}ajouter/", {"last_name": "Sans"})

    member = Member.objects.get(last_name="Sans")
    assert not member.invitations.exists()
    assert not member.memberships.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Donnez un nom."),
        ({"last_name": "A", "invites": "on"}, "Donnez une adresse e-mail, ou"),
        ({"last_name": "A", "email": "pas une adresse"}, "pas complète"),
        ({"last_name": "A", "telephone": "zéro six"}, "pas celui d’un téléphone"),
        ({"last_name": "A", "born_on": "1800-01-01"}, "pas possible"),
        ({"last_name": "A" * 151}, "150"),
        ({"last_name": "A\u202eB"}, "invisible"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost_or_written(client, counsellor, typed, said):
    page = client.post(f"{LIST}ajouter/", {"first_name": "Gardé"} | typed).content.decode()

    assert said in page
    assert 'value="Gardé"' in page
    assert not Member.objects.exists()


def test_nothing_of_a_member_is_written_when_the_invitation_cannot_leave(client, counsellor):
    typed = {"last_name": "Soi", "email": counsellor.user.email, "belongs": "on", "invites": "on"}

    page = client.post(f"{LIST}ajouter/", typed).content.decode()

    assert "Personne ne s’invite soi-même." in page
    assert not Member.objects.exists()


def test_facts_are_corrected(client, counsellor):
    member = follow(counsellor)

    client.post(at(member, "fiche/"), {"last_name": "Nouveau", "telephone": "06 39 98 00 01"})

    member.refresh_from_db()
    assert (member.last_name, member.telephone) == ("Nouveau", "06 39 98 00 01")


def test_who_handed_a_member_over_reads_nothing_more_once_it_is_accepted(client, counsellor):
    member, colleague = follow(counsellor), make_counsellor()

    answer = client.post(at(member, "relais/"), {"counsellor": colleague.pk, "reason": "Départ"})

    assert answer.url == at(member)
    assert client.get(at(member)).status_code == 200
    relays.accept(Relay.objects.get(), by=colleague.user)
    assert client.get(at(member)).status_code == 404
    assert str(member) not in client.get(LIST).content.decode().split("<main")[1].split("<h1>")[1]
    client.force_login(colleague.user)
    assert client.get(at(member)).status_code == 200


def test_a_stand_in_does_what_the_referent_does_but_hands_nothing_over(client, counsellor):
    member, colleague = follow(counsellor), make_counsellor()
    until = timezone.localdate() + 7 * DAY

    client.post(at(member, "remplacement/"), {"counsellor": colleague.pk, "until": until, "reason": "Congés"})

    client.force_login(colleague.user)
    assert "Choisir un remplaçant" not in read(client, at(member))
    refused = client.post(at(member, "relais/"), {"counsellor": colleague.pk, "reason": "Pour moi"}, follow=True)
    assert "Seul le conseiller référent" in refused.content.decode()
    assert client.post(at(member, "remplacement/"), {}, follow=True).status_code == 200
    assert Referent.objects.live().filter(member=member, role="referent").get().counsellor == counsellor


def test_a_stand_in_ends_after_the_day_that_was_said(client, counsellor):
    member, colleague = follow(counsellor), make_counsellor()
    past = timezone.localdate() - DAY

    page = client.post(at(member, "remplacement/"), {"counsellor": colleague.pk, "until": past, "reason": "X"})

    assert "Ce jour est passé." in page.content.decode()
    assert Referent.objects.count() == 1


def test_a_member_is_never_offered_themselves_as_a_counsellor(client, counsellor):
    colleague = make_counsellor()
    member = follow(counsellor, user=colleague.user)

    page = client.post(at(member, "relais/"), {"counsellor": colleague.pk, "reason": "X"})

    assert page.status_code == 200
    assert Referent.objects.live().get(member=member).counsellor == counsellor


def test_an_invitation_leaves_again(client, counsellor):
    member = follow(counsellor, account=False)

    for _ in range(2):
        client.post(at(member, "invitation/"), {"email": "neuf@example.org"})

    assert Invitation.objects.open().filter(member=member).count() == 1
    assert Invitation.objects.filter(member=member).count() == 2


def test_a_member_with_an_account_is_not_invited(client, counsellor):
    page = client.post(at(follow(counsellor), "invitation/"), {"email": "a@example.org"})

    assert "a déjà un compte" in page.content.decode()


def test_a_membership_starts_is_renewed_and_ends(client, counsellor):
    member = follow(counsellor, current=False)

    for _ in range(2):
        assert client.post(at(member, "adhesion/"), {}).status_code == 302
    assert member.memberships.count() == 2
    assert client.post(at(member, "fin-d-adhesion/"), {}).status_code == 302

    assert not Membership.objects.running().filter(member=member).exists()
    assert "pas d’adhésion en cours" in client.post(at(member, "fin-d-adhesion/"), {}).content.decode()


def test_a_contact_is_noted(client, counsellor):
    member = follow(counsellor, last_contact_on=timezone.localdate() - 40 * DAY)

    client.post(at(member, "contact/"))

    member.refresh_from_db()
    assert member.last_contact_on == timezone.localdate()
