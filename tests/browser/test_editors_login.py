import pytest

from tests.factories import make_admin, make_home

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_editor_logs_in_and_finds_the_dashboard(live_server, page):
    make_home()
    make_admin(email="redaction@example.org", password="only-for-this-test")

    page.goto(f"{live_server.url}/gestion/")
    page.locator("input[name=username]").fill("redaction@example.org")
    page.locator("input[type=password]").fill("only-for-this-test")
    page.locator("button[type=submit]").click()

    page.wait_for_url(f"{live_server.url}/gestion/")
    page.get_by_role("heading", level=1).wait_for()


def test_a_forgotten_password_has_a_way_out(live_server, page):
    make_home()

    page.goto(f"{live_server.url}/gestion/login/")
    page.get_by_role("link", name="oublié").click()

    assert page.url == f"{live_server.url}/gestion/password_reset/"
    page.locator("input[type=email]").wait_for()
