"""One visit, three people at once: the counsellor proposes it, the member signs, the prescriber's page changes."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.authentication.addresses import mark_verified
from passport.models import Cheque
from tests.accounts.doors import PASSWORD
from tests.browser.conftest import watch
from tests.browser.following import follow
from tests.browser.looking import DESK, PHONE
from tests.factories import make_departements, make_home
from tests.logins import bring_in
from tests.passport.factories import at, counsellor_of, make_passport
from tests.passport.signing import with_password
from tests.people import make_affiliation, make_organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def passport(settings):
    settings.LIVE_PAGES_ASK_EVERY = "300ms"
    make_home()
    make_departements()
    first = timezone.localdate() - timedelta(days=12)
    return make_passport(
        organisation=make_organisation(is_prescriber=True, name="La Passerelle"), starts_on=first, now=at(first, 8)
    )


@contextmanager
def browser_of(user, browser, options, address, size):
    """Logged in, and watched: what its pages do wrong fails the test."""
    context = browser.new_context(**options, viewport=size)
    bring_in(context, address, user)
    page = context.new_page()
    with watch(page, address) as problems:
        yield page
        assert problems == []
    context.close()


def confirm(page):
    page.get_by_label("Mot de passe").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_label("Mot de passe").press("Enter")


def test_a_visit_is_proposed_signed_and_seen(live_server, browser, browser_context_args, passport):
    address, given = live_server.url, [passport.reference]
    payer = make_affiliation(organisation=passport.sheet.order.organisation).user
    member = with_password(passport.member.user)
    mark_verified(member)
    counsellor = with_password(counsellor_of(passport).user)

    with (
        browser_of(counsellor, browser, browser_context_args, address, PHONE) as staff,
        browser_of(member, browser, browser_context_args, address, PHONE) as mine,
        browser_of(payer, browser, browser_context_args, address, DESK) as desk,
    ):
        desk.goto(address + reverse("prescriber_passports"))
        staff.goto(address + reverse("visit_write", args=given))
        follow(staff.get_by_role("link", name="Rendez-vous individuels"))
        follow(staff.get_by_role("button", name="Continuer"))
        follow(staff.get_by_role("button", name="Signer et proposer"))
        confirm(staff)
        staff.get_by_role("link", name="Faire signer maintenant").wait_for()

        mine.goto(address + reverse("my_passport"))
        follow(mine.locator(".waiting a.cover-link"))
        follow(mine.get_by_role("button", name="Signer cette visite"))
        confirm(mine)
        mine.get_by_role("heading", name="C’est signé").wait_for()

        desk.get_by_text("sur 35, il en reste 34").wait_for()

    cheque = Cheque.objects.get()
    assert (cheque.state, cheque.hours, cheque.member_means) == (Cheque.State.SIGNED, 1, "session:password")
