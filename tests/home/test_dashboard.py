"""The first page of the editors' interface says what is due, to whom it can do it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from home import site_setup
from home.dashboard import due
from home.models import ContactMessage
from tests.databases import undone
from tests.factories import (
    make_admin,
    make_guide,
    make_news,
    make_session,
    make_user,
    make_video,
)

# Wagtail's own templates use variables that are not set.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture(autouse=True, scope="module")
def site(django_db_setup, django_db_blocker):
    """Set up once for the module: each test works in a transaction of its own."""
    with django_db_blocker.unblock(), undone():
        site_setup.setup_site()
        yield


def titles(user):
    return {kind.title: [line.text for line in kind.lines] for kind in due(user)}


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_nothing_is_said_of_what_is_not_due():
    make_guide(review_on=in_days(31))
    make_guide(review_on=None)
    make_guide(review_on=in_days(-1), live=False)
    make_news(expire_at=timezone.now() + timedelta(days=20))
    make_session()
    make_session(place=None, online_url="https://example.org/visio")
    make_session(place=None, publish_at=None)
    make_session(place=None, starts_in=timedelta(days=-7))
    make_session(place=None, cancelled_at=timezone.now())
    ContactMessage.objects.create(name="Ada", email="ada@example.org", handled_at=timezone.now())

    assert set(titles(make_admin())) == {"Mois sans entreprise"}


def test_what_is_due_leads_to_where_it_is_done(client):
    user = make_admin()
    client.force_login(user)
    make_guide(title="À relire", review_on=in_days(30))
    make_news(
        title="Lien mort", kind="link", source_name="Le Journal", source_url="https://example.org/", link_works=False
    )
    make_news(title="Bientôt finie", expire_at=timezone.now() + timedelta(days=3))
    make_session(title="Sans lieu", place=None)
    ContactMessage.objects.create(name="Ada", email="ada@example.org")

    found = due(user)

    assert {kind.title for kind in found} == {
        "Messages à traiter",
        "Mois sans entreprise",
        "Réunions sans lieu ni lien",
        "Liens qui ne répondent plus",
        "Actualités qui vont expirer",
        "Guides à relire",
    }
    for line in (line for kind in found for line in kind.lines):
        assert client.get(line.url).status_code == 200, line


def test_months_without_a_company_are_this_one_and_the_next_three():
    [kind] = due(make_admin())

    assert len(kind.lines) == 4

    make_video(month=timezone.localdate().replace(day=1))

    [kind] = due(make_admin())
    assert len(kind.lines) == 3


def test_messages_are_shown_only_to_those_who_answer():
    ContactMessage.objects.create(name="Ada", email="ada@example.org")

    assert "Messages à traiter" not in titles(make_user(groups=["Rédaction"]))
    assert "Messages à traiter" in titles(make_user(groups=["Modération"]))


def test_an_editor_is_told_of_pages_to_mend():
    make_guide(review_on=in_days(-2))

    assert list(titles(make_user(groups=["Rédaction"]))) == ["Guides à relire"]


def test_five_lines_are_shown_and_the_rest_counted():
    for _ in range(7):
        make_session(place=None)

    [kind] = [kind for kind in due(make_admin()) if kind.title == "Réunions sans lieu ni lien"]

    assert len(kind.lines) == 5
    assert (kind.total, kind.more) == (7, 2)


def test_the_first_page_shows_it(client):
    client.force_login(make_user(groups=["Modération"]))
    make_session(title="Sans lieu", place=None)

    content = client.get("/gestion/").content.decode()

    assert "À faire" in content
    assert "Sans lieu" in content


def test_it_costs_the_same_however_much_is_due():
    user = make_admin()
    costs = []
    for _ in range(2):
        for _ in range(6):
            make_session(place=None)
            make_guide(review_on=in_days(-2))
            make_news(kind="link", source_name="Le Journal", source_url="https://example.org/", link_works=False)
            ContactMessage.objects.create(name="Ada", email="ada@example.org")
        with CaptureQueriesContext(connection) as queries:
            due(user)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 30
