"""The treasurer answers an order, gives a sheet, and reads what the accounts are made from."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from association.clocks import months_later
from passport import ledger, statements
from passport.models import Order, Passport
from tests.browser.following import follow
from tests.browser.looking import looks_right
from tests.factories import make_departements, make_home
from tests.logins import bring_in
from tests.passport.factories import at, counsellor_of, make_passport, make_signed, make_signed_agreement
from tests.passport.test_invoicing import contest
from tests.passport.test_orders import ask
from tests.people import make_organisation, make_treasurer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)
LONG = "Communauté d’agglomération du Val-de-Bièvre-et-des-Coteaux-de-la-Haute-Vallée"


@pytest.fixture
def order():
    """One that waits; another whose visits make lines, stubs and a statement."""
    make_home()
    make_departements()
    body = make_organisation(is_prescriber=True, name=LONG, siret="73282932000074")
    first = months_later(timezone.localdate().replace(day=1), -1)
    opened = at(first, 0)
    passport = make_passport(
        organisation=body, starts_on=first, now=opened, price=Decimal(1050), billing=Order.Billing.HOURS
    )
    for number in (2, 3, 4):
        cheque = make_signed(passport, day=first + number * DAY)
    contest(cheque, first + 9 * DAY)
    cancelled = make_signed(passport, day=first + 5 * DAY, kind="candidature", hours=4)
    ledger.cancel(cancelled, reason="Erreur", counsellor=counsellor_of(passport), now=opened + 9 * DAY)
    statements.make_due(timezone.now())
    return ask(organisation=body, quantity=2)


def test_an_order_is_confirmed_and_its_sheet_opens_a_passport(live_server, watched_page, context, axe, order):
    page, agreement = watched_page, make_signed_agreement()
    bring_in(context, live_server.url, make_treasurer())
    page.goto(f"{live_server.url}/espace/tresorerie/")
    looks_right(page, axe)
    follow(page.get_by_role("link", name=f"Commande {order} à confirmer"))
    follow(page.get_by_role("link", name="Confirmer la commande"))
    page.get_by_label("Prix d’un forfait").fill("-1")
    follow(page.get_by_role("button", name="Confirmer la commande"))
    assert "error-summary" in page.evaluate("document.activeElement.className")
    looks_right(page, axe)
    page.get_by_label("Prix d’un forfait").fill("999,50")
    follow(page.get_by_role("button", name="Confirmer la commande"))
    follow(page.get_by_role("link", name="Donner la planche 1"))
    page.get_by_label("À qui").select_option(agreement.member.reference)
    looks_right(page, axe)
    follow(page.get_by_role("button", name="Donner cette planche"))
    looks_right(page, axe)

    assert page.get_by_text("passeport ouvert").count() == 1
    assert Passport.objects.filter(member=agreement.member).exists()


def test_pages_of_the_accounts_are_clean(live_server, watched_page, context, axe, order):
    page = watched_page
    bring_in(context, live_server.url, make_treasurer())
    for path in ("commandes", "commandes/nouvelle", "souches", "lignes", "releves"):
        page.goto(f"{live_server.url}/espace/tresorerie/{path}/")
        looks_right(page, axe)
