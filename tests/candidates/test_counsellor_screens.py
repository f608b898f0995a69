"""The counsellor's screens: what waits, what changed, the answer."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Referent
from candidates import writing
from candidates.models import Look, Version
from tests.candidates.factories import make_approved, make_consent, make_look, make_profile, make_version
from tests.factories import make_admin
from tests.people import make_affiliation, make_counsellor, make_member, make_referent

pytestmark = pytest.mark.django_db

State = Version.State
ACTIONS = ["candidate_review_approve", "candidate_review_send_back", "candidate_review_message"]


@pytest.fixture
def version(client):
    """A page that waits; the browser is that of the counsellor who follows its author."""
    sent = make_version(state=State.SUBMITTED)
    client.force_login(make_referent(sent.profile.member).counsellor.user)
    return sent


def url(name, version):
    return reverse(name, args=[version.profile.reference])


def text_of(response):
    return " ".join(response.content.decode().split())


def test_pages_that_wait_come_first(client, version):
    counsellor = Referent.objects.get().counsellor
    other = make_profile()
    make_referent(other.member, counsellor)
    stranger = make_version(state=State.SUBMITTED)

    page = client.get(reverse("candidate_reviews"))

    assert page.context["waiting"] == [version]
    assert list(page.context["others"]) == [other]
    assert str(stranger.profile.member) not in text_of(page)


def test_the_list_costs_the_same_whatever_its_length(client, version, django_assert_max_num_queries):
    counsellor = Referent.objects.get().counsellor
    for _ in range(5):
        make_referent(make_version(state=State.SUBMITTED).profile.member, counsellor)
        make_referent(make_profile().member, counsellor)
    client.get(reverse("candidate_reviews"))  # fills what the process keeps of the site

    with django_assert_max_num_queries(15):
        client.get(reverse("candidate_reviews"))
    with django_assert_max_num_queries(15):
        client.get(url("candidate_review", version))


def test_a_page_is_read_beside_what_was_approved(client, version):
    make_approved(version.profile.member, headline="Avant")
    Version.objects.filter(pk=version.pk).update(headline="Maintenant")

    page = text_of(client.get(url("candidate_review", version)))

    assert '<del dir="auto">Avant</del>' in page
    assert '<ins dir="auto">Maintenant</ins>' in page


def test_a_page_is_approved(client, version):
    response = client.post(url("candidate_review_approve", version), {"seen": version.changed_at.isoformat()})

    version.refresh_from_db()
    assert (response.url, version.state) == (reverse("candidate_reviews"), State.APPROVED)
    again = client.post(url("candidate_review_approve", version), {"seen": version.changed_at.isoformat()})
    assert again.url == reverse("candidate_reviews")


def test_a_page_is_sent_back_with_a_message(client, version):
    seen = {"seen": version.changed_at.isoformat()}

    silent = client.post(url("candidate_review_send_back", version), seen)
    client.post(url("candidate_review_send_back", version), seen | {"comment": "Ajoutez une date."})

    version.refresh_from_db()
    assert "Dites au membre ce qu’il peut reprendre." in text_of(silent)
    assert version.state == State.RETURNED
    assert "Ajoutez une date." in text_of(client.get(url("candidate_review", version)))


def test_what_changed_meanwhile_is_not_answered_unread(client, version):
    response = client.post(
        url("candidate_review_send_back", version), {"seen": "2020-01-01T00:00:00+00:00", "comment": "Mon message"}
    )

    version.refresh_from_db()
    assert version.state == State.SUBMITTED
    assert "a changé depuis que vous l’avez ouverte" in text_of(response)
    assert "Mon message" in text_of(response)


def test_what_was_taken_back_is_not_answered(client, version):
    writing.take_back(version.profile, by=version.profile.member.user)

    response = client.post(url("candidate_review_approve", version), {"seen": version.changed_at.isoformat()})

    assert "n’attend plus de réponse" in text_of(response)


def test_a_draft_is_the_members_own_affair(client, version):
    Version.objects.update(state=State.DRAFT, headline="Brouillonsecret")

    page = client.get(url("candidate_review", version))

    assert "Brouillonsecret" not in text_of(page)
    assert "Rien à lire pour l’instant" in text_of(page)


def test_words_are_sent_to_the_member(client, version):
    refused = client.post(url("candidate_review_message", version), {"text": ""})
    client.post(url("candidate_review_message", version), {"text": "Bravo"})

    assert "Écrivez votre message." in text_of(refused)
    assert version.profile.comments.get().text == "Bravo"


def test_an_objection_is_read_by_the_counsellor(client, version):
    make_look(version.profile.member, objected_at=timezone.now(), objection="Je ne les connais pas.")

    assert "Je ne les connais pas." in text_of(client.get(url("candidate_review", version)))


def test_the_counsellors_look_is_kept_too(client, version):
    client.get(url("candidate_review", version))

    assert Look.objects.get().member == version.profile.member


@pytest.mark.parametrize("who", ["other counsellor", "former", "own"])
def test_pages_of_others_do_not_exist(client, version, who):
    if who == "other counsellor":
        client.force_login(make_counsellor().user)
    elif who == "former":
        Referent.objects.update(ends_at=timezone.now() - timedelta(minutes=1))
    else:
        member = make_member()
        make_referent(member, make_counsellor(user=member.user))
        version = make_version(make_profile(member), state=State.SUBMITTED)
        client.force_login(member.user)

    assert client.get(url("candidate_review", version)).status_code == HTTPStatus.NOT_FOUND
    for action in ACTIONS:
        assert client.post(url(action, version), {"text": "a"}).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("make", [lambda: make_affiliation().user, make_admin, lambda: make_member().user])
def test_nobody_but_counsellors_come_here(client, version, make):
    make_consent(version.profile.member)
    client.force_login(make())

    assert client.get(reverse("candidate_reviews")).status_code == HTTPStatus.FORBIDDEN
    assert client.get(url("candidate_review", version)).status_code == HTTPStatus.FORBIDDEN
