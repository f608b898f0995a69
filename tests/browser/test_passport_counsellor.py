"""A counsellor, somebody in front of them: a visit in three taps, and what surrounds it, on a telephone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from passport import disputes, paper
from passport.models import Cheque, PaperCheque
from tests.accounts.doors import PASSWORD
from tests.browser.following import follow
from tests.browser.looking import PHONE, looks_right
from tests.factories import make_home
from tests.logins import bring_in
from tests.passport.factories import at, counsellor_of, make_passport, make_signed
from tests.passport.signing import with_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def passport():
    make_home()
    first = timezone.localdate() - timedelta(days=12)
    return make_passport(starts_on=first, now=at(first, 8))


@pytest.fixture
def page(watched_page, context, live_server, passport):
    bring_in(context, live_server.url, with_password(counsellor_of(passport).user))
    watched_page.set_viewport_size(PHONE)
    return watched_page


def test_a_visit_is_written_in_three_taps(page, live_server, axe, passport):
    page.goto(f"{live_server.url}{reverse('visit_write', args=[passport.reference])}")
    looks_right(page, axe)
    follow(page.get_by_role("link", name="Rendez-vous individuels"))
    looks_right(page, axe)
    follow(page.get_by_role("button", name="Continuer"))
    page.get_by_text("il restera").wait_for()
    looks_right(page, axe)
    follow(page.get_by_role("button", name="Signer et proposer"))
    page.get_by_label("Mot de passe").fill(PASSWORD)
    follow(page.get_by_role("button", name="Continuer"))

    page.get_by_role("link", name="Faire signer maintenant").wait_for()
    looks_right(page, axe)
    assert Cheque.objects.get().hours == 1


def test_what_surrounds_a_visit_is_read_by_everybody(page, live_server, axe, passport):
    visit = make_signed(passport, day=timezone.localdate() - timedelta(days=2), what="Relire le CV", place="Au local")
    dispute = disputes.open_dispute(visit, "Je n’étais pas là", passport.member.user)
    paper.print_booklet(counsellor_of(passport), 6)
    leaf = PaperCheque.objects.first()

    for name, given in (
        ("passports", []),
        ("passport_staff", [passport.reference]),
        ("cheque_staff", [visit.reference]),
        ("dispute_settle", [dispute.reference]),
        ("decision_ask", [passport.reference]),
        ("papers", []),
        ("paper_record", [leaf.serial]),
    ):
        page.goto(f"{live_server.url}{reverse(name, args=given)}")
        looks_right(page, axe)
