"""After a workshop, one press on a telephone gives each who came their own visit, or says why not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Referent
from events.models import Booking
from passport.models import Cheque
from tests.accounts.doors import PASSWORD
from tests.browser.following import follow
from tests.browser.looking import PHONE, looks_right
from tests.events.factories import make_booking, make_event
from tests.factories import make_home
from tests.logins import bring_in
from tests.passport.factories import at, make_passport, make_signed
from tests.passport.signing import with_password
from tests.people import make_counsellor, make_referent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YESTERDAY = timezone.localdate() - timedelta(days=1)
FIRST = YESTERDAY - timedelta(days=6)


@pytest.fixture
def counsellor():
    make_home()
    return make_counsellor()


@pytest.fixture
def workshop(counsellor):
    """Three people came: one has used up this kind of hours."""
    times = {"starts_at": at(YESTERDAY, 14), "ends_at": at(YESTERDAY, 16), "sheet_closed_at": timezone.now()}
    event = make_event(title="Écrire sa lettre", activity="candidature", hours=2, seats=12, **times)
    for _person in range(3):
        passport = make_passport(starts_on=FIRST, now=at(FIRST, 8))
        make_referent(passport.member, counsellor, role=Referent.Role.STAND_IN)
        make_booking(event, member=passport.member, attendance=Booking.Attendance.CAME)
    for day in range(3):
        make_signed(passport, kind="candidature", hours=4, day=FIRST + timedelta(days=day))
    return event


def test_who_came_has_their_visit_and_who_has_no_hour_left_a_sentence(
    watched_page, context, live_server, axe, counsellor, workshop
):
    page, before = watched_page, Cheque.objects.count()
    bring_in(context, live_server.url, with_password(counsellor.user))
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + reverse("sheet", args=[workshop.reference]))
    follow(page.get_by_role("link", name="Proposer les visites"))
    assert page.get_by_text("à proposer").count() == 2
    assert "12 heures en tout" in page.locator(".badge.back").inner_text()
    looks_right(page, axe)

    follow(page.get_by_role("button", name="Signer et proposer 2"))
    page.get_by_label("Mot de passe").fill(PASSWORD)
    follow(page.get_by_role("button", name="Continuer"))

    page.get_by_text("2 personnes ont leur visite à signer. 1 personne sans visite").wait_for()
    assert page.get_by_role("link", name="à signer par le membre").count() == 2
    assert page.get_by_role("button", name="Signer et proposer").count() == 0
    looks_right(page, axe)
    assert Cheque.objects.count() == before + 2
