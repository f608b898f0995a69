"""The log of messages, as administrators read it: by whom to, what about, and what became of each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from errands.models import Errand
from home.site_setup import groups
from notices.models import ERRAND, Notice
from tests.factories import make_admin, make_home, make_user
from tests.people import make_administrator, make_counsellor, make_member, make_treasurer, make_volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
LOG = "messages-envoyes:index"


def make_notice(subject, **fields):
    return Notice.objects.create(**{"kind": "trial", "recipient": "ada@example.org", "subject": subject} | fields)


@pytest.fixture
def notices():
    make_notice("Parti", sent_at=timezone.now(), about="abcdefgh")
    waits = make_notice("Attendu", recipient="bob@example.org", text="https://secret.example/")
    refused = make_notice("Rendu", recipient="eve@example.org", channel="mail")
    make_notice("Court", recipient="", telephone="06 39 98 00 00", channel="sms", sent_at=timezone.now())
    Errand.objects.create(kind=ERRAND, about=refused.reference, given_up_at=timezone.now())
    Errand.objects.create(kind="film", about=waits.reference, given_up_at=timezone.now())


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ({}, {"Parti", "Attendu", "Rendu", "Court"}),
        ({"state": "envoi"}, {"Parti", "Court"}),
        ({"state": "attente"}, {"Attendu"}),
        ({"state": "abandon"}, {"Rendu"}),
        ({"channel": "sms"}, {"Court"}),
        ({"channel": "mail", "state": "envoi"}, {"Parti"}),
        ({"about": "abcdefgh"}, {"Parti"}),
        ({"q": "06 39"}, {"Court"}),
        ({"q": "eve@"}, {"Rendu"}),
        ({"state": "unheard-of"}, {"Parti", "Attendu", "Rendu", "Court"}),
    ],
)
def test_the_log_is_read_by_state_by_way_and_by_what_it_is_about(client, notices, asked, seen):
    client.force_login(make_admin())

    page = client.get(reverse(LOG), asked).text

    assert {subject for subject in ("Parti", "Attendu", "Rendu", "Court") if f"{subject}\n" in page} == seen


def test_each_line_says_by_which_way_to_whom_and_what_became_of_it(client, notices):
    client.force_login(make_admin())

    page = client.get(reverse(LOG)).text

    for said in ("SMS", "06 39 98 00 00", "ada@example.org", "abcdefgh", "abandonné", "en attente", "envoyé"):
        assert said in page
    assert "secret.example" not in page


@pytest.mark.parametrize(("subject", "state"), [("Parti", "envoyé"), ("Attendu", "en attente"), ("Rendu", "abandonné")])
def test_a_message_is_looked_at_without_its_text(client, notices, subject, state):
    client.force_login(make_admin())

    page = client.get(reverse("messages-envoyes:inspect", args=[Notice.objects.get(subject=subject).pk])).text

    assert state in page
    assert "secret.example" not in page


PEOPLE = {
    "administrateur": make_administrator,
    "conseiller": lambda: make_counsellor().user,
    "membre": lambda: make_member().user,
    "trésorier": make_treasurer,
    "bénévole": make_volunteer,
    "rédacteur": lambda: make_user(groups=["Rédaction"]),
    "modérateur": lambda: make_user(groups=["Modération"]),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_only_administrators_read_it(client, notices, who):
    groups.make_groups(make_home())
    client.force_login(PEOPLE[who]())

    answer = client.get(reverse(LOG))

    assert (answer.status_code == 200 and "ada@example.org" in answer.text) == (who == "administrateur")


@pytest.mark.parametrize("many", [3, 12])
def test_the_log_asks_as_much_for_few_as_for_many(client, many):
    for number in range(many):
        make_notice(f"Message {number}")
    client.force_login(make_admin())
    client.get(reverse(LOG))

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(LOG))

    assert sum("notices_notice" in query["sql"] for query in asked) <= 4
