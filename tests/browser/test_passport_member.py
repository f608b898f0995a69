"""A member reads their passport on a telephone: what waits, what was done; on a desk and in the dark."""

from datetime import timedelta

import pytest
from django.utils import timezone

from passport import decisions, ledger, looks, reservations
from passport.models import Note, Reservation
from tests.accompaniment.agendas import make_appointment
from tests.browser.following import follow
from tests.browser.looking import PHONE, looks_right
from tests.factories import make_home
from tests.logins import bring_in
from tests.passport.factories import at, counsellor_of, make_passport, make_proposal, make_signed
from tests.people import make_affiliation, make_member, make_referent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)
LONG = "Prénom-à-rallonge-de-Quelqu’un"


@pytest.fixture
def passport(page):
    """Half used, with all that can be on it."""
    page.set_viewport_size(PHONE)
    page.emulate_media(reduced_motion="reduce")
    make_home()
    member, today = make_member(first_name="Nour", last_name=LONG), timezone.localdate()
    counsellor = make_referent(member, starts_at=timezone.now() - 60 * DAY).counsellor
    found = make_passport(member=member, counsellor=counsellor, starts_on=today - 40 * DAY, now=at(today - 40 * DAY, 8))
    visits = [("rv", 1), ("candidature", 2), ("metiers", 3), ("rv", 1), ("rencontre", 4), ("candidature", 2), ("rv", 1)]
    for number, (kind, hours) in enumerate(visits):
        signed = make_signed(found, day=today - (38 - 5 * number) * DAY, kind=kind, hours=hours)
    Note.objects.create(passport=found, cheque=signed, author=counsellor, assessment="Le CV est prêt.")
    cancelled = make_signed(found, day=today - 4 * DAY, kind="entreprise", hours=4)
    ledger.cancel(cancelled, reason="La visite n’a pas eu lieu.", counsellor=counsellor)
    make_proposal(found, day=today - 2 * DAY, kind="candidature", hours=2)
    make_appointment(member, counsellor, kind="individuel")
    reservations.follow(member)
    day = at(today + 12 * DAY)
    Reservation.objects.create(passport=found, origin="event:jour", kind="rencontre", hours=3, starts_at=day)
    payer = make_affiliation(organisation=found.sheet.order.organisation).user
    asked = decisions.ask(
        found,
        "extend",
        reason="Arrêt de travail",
        motive="Arrêt maladie",
        until=found.ends_on + 9 * DAY,
        by=counsellor_of(found).user,
    )
    decisions.accept(asked, by=payer)
    looks.note(found, payer)
    return found


def test_a_member_reads_their_passport_and_a_visit(live_server, watched_page, context, axe, passport):
    page = watched_page
    bring_in(context, live_server.url, passport.member.user)

    page.goto(f"{live_server.url}/espace/membre/")
    looks_right(page, axe)
    follow(page.get_by_role("link", name="Ouvrir mon passeport"))
    page.get_by_text("21 h", exact=True).wait_for()
    looks_right(page, axe)
    follow(page.locator(".visits .cover-link").nth(2))
    page.get_by_role("heading", name="La souche").wait_for()
    looks_right(page, axe)


def test_a_member_contests_a_visit_and_says_what_it_was_worth(live_server, watched_page, context, axe, passport):
    page, visit = watched_page, passport.cheques.signed().order_by("-starts_at").first()
    bring_in(context, live_server.url, passport.member.user)

    page.goto(f"{live_server.url}/espace/passeport/cheques/{visit.reference}/")
    follow(page.get_by_role("link", name="Contester cette visite"))
    follow(page.get_by_role("button", name="Envoyer ma contestation"))
    page.get_by_role("alert").first.wait_for()
    looks_right(page, axe)
    page.get_by_label("Ce qui ne va pas").fill("Elle a duré deux heures.")
    follow(page.get_by_role("button", name="Envoyer ma contestation"))
    follow(page.get_by_role("link", name="Donner mon avis"))
    page.get_by_label("Très utile").check()
    looks_right(page, axe)
    follow(page.get_by_role("button", name="Enregistrer mon avis"))
    page.get_by_text("Elle a duré deux heures.").wait_for()

    assert visit.disputes.get().settled_at is None
    assert visit.evaluations.get().score == 4


def test_the_other_pages_of_a_passport_are_clean(live_server, watched_page, context, axe, passport):
    bring_in(context, live_server.url, passport.member.user)
    for path in ("consultations/", "verifier/", "avis/"):
        watched_page.goto(f"{live_server.url}/espace/passeport/{passport.reference}/{path}")
        looks_right(watched_page, axe)
    bring_in(context, live_server.url, make_member().user)
    watched_page.goto(f"{live_server.url}/espace/passeport/")
    looks_right(watched_page, axe)
