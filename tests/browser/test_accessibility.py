"""What an automatic check of accessibility finds: nothing, on any type of page."""

import pytest

from tests.browser.following import follow
from tests.browser.looking import EVERY_LOOK, findings
from tests.browser.small_site import EACH_PAGE

pytestmark = pytest.mark.browser


@pytest.fixture
def page(tab):
    return tab


@pytest.mark.parametrize("name", EACH_PAGE)
def test_a_page_has_no_accessibility_finding(visit, axe, name):
    page = visit(name)

    assert findings(page, axe) == []


@pytest.mark.trial
@pytest.mark.parametrize("name", EACH_PAGE)
def test_a_page_has_none_in_any_look(visit, axe, name):
    page = visit(name)

    assert findings(page, axe, EVERY_LOOK) == []


def test_a_form_with_errors_has_no_accessibility_finding(visit, axe):
    page = visit("contact")

    follow(page.get_by_role("button", name="Envoyer"))

    assert page.locator(".error-summary").is_visible()
    assert findings(page, axe) == []
