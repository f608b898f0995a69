"""Two counsellors, two telephones: one asks for a relay, the other accepts it."""

import pytest
from django.urls import reverse

from accounts import referents
from tests.browser.following import follow
from tests.browser.looking import PHONE, looks_right
from tests.browser.test_passport_signing import telephone
from tests.factories import make_home
from tests.logins import bring_in
from tests.people import make_counsellor, make_member, make_referent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def followed():
    make_home()
    return make_referent(make_member(first_name="Nour", last_name="Belkacem"))


def test_a_member_goes_from_one_to_the_other_once_both_agree(
    watched_page, context, browser, browser_context_args, live_server, axe, followed
):
    page, other, member = watched_page, make_counsellor(), followed.member
    page.set_viewport_size(PHONE)
    bring_in(context, live_server.url, followed.counsellor.user)
    page.goto(live_server.url + reverse("member_record", args=[member.reference]))
    follow(page.get_by_role("link", name="Confier à un autre conseiller"))
    page.get_by_label("Conseiller").select_option(label=str(other))
    follow(page.get_by_role("button", name="Demander ce relais"))
    assert page.locator(".error-summary").is_visible()
    assert page.get_by_label("Conseiller").input_value() == str(other.pk)
    looks_right(page, axe)
    page.get_by_label("Raison").fill("Congé de six mois")
    follow(page.get_by_role("button", name="Demander ce relais"))
    page.get_by_text("Sa réponse est attendue").wait_for()
    looks_right(page, axe)

    with telephone(browser, browser_context_args, live_server.url) as theirs:
        bring_in(theirs.context, live_server.url, other.user)
        theirs.goto(live_server.url + reverse("counsellor_space"))
        follow(theirs.get_by_role("link", name="vous propose un relais"))
        follow(theirs.get_by_role("button", name="Refuser ce relais"))
        assert "Dites pourquoi" in theirs.locator(".error-summary").inner_text()
        looks_right(theirs, axe)
        follow(theirs.get_by_role("button", name="Accepter ce relais"))
        theirs.get_by_text(f"Vous accompagnez maintenant {member}").wait_for()

    assert [row.counsellor for row in referents.who_follows(member)] == [other]
    follow(page.get_by_role("main").get_by_role("link", name="Mes membres"))
    assert page.get_by_text("Belkacem").count() == 0
