import pytest

from tests.accounts.doors import PASSWORD, make_account
from tests.browser.following import follow
from tests.factories import make_home
from tests.logins import code_of, protect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def type_password(page):
    page.get_by_label("Adresse e-mail").fill("redaction@example.org")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    follow(page.get_by_role("button", name="Me connecter"))


@pytest.fixture
def editor():
    make_home()
    return protect(make_account("redaction@example.org", is_superuser=True, is_staff=True))


def test_an_editor_logs_in_as_everybody_and_finds_the_dashboard(live_server, page, editor):
    page.goto(f"{live_server.url}/gestion/")
    type_password(page)
    page.get_by_label("Code").fill(code_of())
    follow(page.get_by_role("button", name="Me connecter"))
    follow(page.get_by_role("button", name="Non, demander chaque fois"))

    page.wait_for_url(f"{live_server.url}/gestion/")
    page.get_by_role("heading", level=1).wait_for()


def test_a_forgotten_password_has_a_way_out(live_server, page, editor):
    page.goto(f"{live_server.url}/gestion/login/")
    follow(page.get_by_role("link", name="Choisir un nouveau mot de passe"))

    assert page.url == f"{live_server.url}/compte/mot-de-passe/oublie/"
    page.locator("input[type=email]").wait_for()
