"""The frame of the members' areas: nothing of it is kept, nothing of it shows on the public site."""

import pytest

from accounts.roles import EDITORS, Role
from spaces.menu import SPACES, menu_at
from tests.factories import make_user
from tests.people import make_affiliation, make_counsellor, make_in_group, make_member, make_organisation

pytestmark = pytest.mark.django_db

PRIVATE = ["/espace/", "/espace/nulle-part/", "/compte/nulle-part/", "/fichiers/rien/abcdefgh/"]


def test_a_visitor_is_sent_to_the_login(client):
    answer = client.get("/espace/")

    assert answer.status_code == 302
    assert "next=/espace/" in answer.url


@pytest.mark.parametrize("path", PRIVATE)
@pytest.mark.parametrize("logged_in", [False, True])
def test_no_cache_keeps_what_is_private(client, path, logged_in):
    if logged_in:
        client.force_login(make_member().user)

    assert client.get(path).headers["Cache-Control"] == "private, no-store"


def test_a_member_goes_to_the_members_space(client):
    client.force_login(make_member().user)

    assert client.get("/espace/").url == "/espace/membre/"


def test_somebody_with_several_spaces_chooses(client):
    counsellor = make_counsellor()
    make_affiliation(user=counsellor.user, organisation=make_organisation())
    client.force_login(counsellor.user)

    page = client.get("/espace/").content.decode()

    assert page.index('href="/espace/conseil/"') < page.index('href="/espace/entreprise/"')


def test_an_editor_goes_to_the_editors_pages(client):
    client.force_login(make_in_group(EDITORS, is_staff=True))

    assert client.get("/espace/").url == "/gestion/"


def test_somebody_without_a_role_is_told_what_to_do(client):
    client.force_login(make_user(first_name="Zoé"))

    page = client.get("/espace/").content.decode()

    assert "Bonjour Zoé" in page
    assert "n’ouvre pas encore d’espace" in page


def test_the_public_site_shows_the_way_and_nothing_of_who_asks(client):
    stranger = client.get("/plan-du-site/")
    client.force_login(make_member().user)
    member = client.get("/plan-du-site/")

    assert '<a class="search-link" href="/espace/">' in stranger.content.decode()
    assert stranger.content == member.content
    assert not stranger.cookies


@pytest.mark.parametrize("path", ["passeports/", "passeports/abc/", "controle/", "decisions/abc/"])
def test_what_stands_near_an_entry_of_the_menu_marks_it(path):
    entries = menu_at(f"/espace/prescripteur/{path}", SPACES[Role.PRESCRIBER])

    assert [entry.title for entry in entries if entry.current] == ["Passeports"]
