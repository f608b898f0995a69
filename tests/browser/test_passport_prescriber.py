"""The prescriber's page changes by itself while a visit is signed elsewhere; what it orders, answers and asks for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from passport import decisions, ledger
from passport.models import AuditFile, Order
from tests.accompaniment.paths import make_package
from tests.browser.following import follow
from tests.browser.looking import PHONE, findings, looks_right
from tests.factories import make_departements, make_home
from tests.logins import bring_in
from tests.passport.factories import counsellor_of, make_passport, make_proposal, make_signed
from tests.people import make_affiliation, make_organisation
from tests.turns import between_requests

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = timedelta(days=1)
SPACE = "/espace/prescripteur"


@pytest.fixture
def body(settings):
    settings.LIVE_PAGES_ASK_EVERY = "300ms"
    make_home()
    make_departements()
    return make_organisation(is_prescriber=True, name="La Passerelle de Saint-Aubin", siret="73282932000074")


@pytest.fixture
def passport(body):
    now = timezone.now()
    return make_passport(organisation=body, starts_on=timezone.localdate() - 20 * DAY, now=now - 20 * DAY)


def test_the_page_changes_by_itself_when_a_visit_is_signed(live_server, watched_page, context, axe, body, passport):
    page, other, today = watched_page, context.new_page(), timezone.localdate()
    make_signed(passport, day=today - 3 * DAY)
    cheque = make_proposal(passport, day=today - 2 * DAY, kind="candidature", hours=2)
    bring_in(context, live_server.url, make_affiliation(organisation=body).user)
    page.goto(f"{live_server.url}{SPACE}/passeports/")
    other.goto(f"{live_server.url}{SPACE}/passeports/{passport.reference}/")
    looks_right(page, axe)
    looks_right(other, axe)
    page.get_by_role("link", name=str(passport.member)).focus()

    with between_requests():
        ledger.sign(cheque, member=passport.member, means="pin", now=cheque.counsellor_signed_at)

    page.get_by_text("3 h utilisées sur 35, il en reste 32").wait_for()
    other.get_by_text("Signée par la personne sur le téléphone").wait_for()
    assert "Cette page a changé" in page.locator("#mise-a-jour[role=status]").text_content()
    assert page.evaluate("document.activeElement.id") == f"p-{passport.reference}"
    assert findings(page, axe) == findings(other, axe) == []


def test_a_page_does_not_ask_while_nobody_looks_and_asks_when_they_come_back(
    live_server, watched_page, context, body, passport
):
    page = watched_page
    bring_in(context, live_server.url, make_affiliation(organisation=body).user)
    page.goto(f"{live_server.url}{SPACE}/passeports/")
    page.evaluate("Object.defineProperty(document, 'hidden', {configurable: true, get: () => true})")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.wait_for_timeout(700)

    assert asked == []
    with page.expect_request("**/passeports/?vu=*"):
        page.evaluate("Object.defineProperty(document, 'hidden', {get: () => false})")
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_who_is_logged_out_meanwhile_is_brought_to_the_login(live_server, page, context, body, passport):
    bring_in(context, live_server.url, make_affiliation(organisation=body).user)
    page.goto(f"{live_server.url}{SPACE}/passeports/")

    context.clear_cookies()

    page.wait_for_url("**/compte/connexion/**")


def test_orders_answers_and_audits_on_a_telephone(live_server, watched_page, context, axe, body, passport):
    page = watched_page
    page.set_viewport_size(PHONE)
    make_package()
    make_signed(passport, day=timezone.localdate() - 3 * DAY)
    decisions.ask(passport, "suspend", reason="Une pause", by=counsellor_of(passport).user)
    bring_in(context, live_server.url, make_affiliation(organisation=body).user)

    page.goto(f"{live_server.url}{SPACE}/commandes/nouvelle/")
    follow(page.get_by_role("button", name="Relire ma commande"))
    page.get_by_role("alert").wait_for()
    looks_right(page, axe)
    page.get_by_label("Nombre de forfaits").fill("12")
    follow(page.get_by_role("button", name="Relire ma commande"))
    looks_right(page, axe)
    follow(page.get_by_role("button", name="Envoyer cette commande"))
    looks_right(page, axe)
    assert Order.objects.filter(quantity=12, state="demandee").count() == 1

    page.goto(f"{live_server.url}{SPACE}/")
    looks_right(page, axe)
    follow(page.get_by_role("link", name="Suspension du passeport"))
    looks_right(page, axe)
    page.get_by_label("J’accepte").check()
    follow(page.get_by_role("button", name="Envoyer ma réponse"))
    page.get_by_text("Votre réponse est enregistrée").wait_for()

    follow(page.get_by_role("button", name="Dossier de contrôle"))
    page.get_by_role("link", name="Télécharger le dossier").wait_for()
    looks_right(page, axe)


def test_how_far_an_audit_file_is_changes_by_itself(live_server, watched_page, context, axe, body, passport):
    page, scope = watched_page, {"passport": passport.reference}
    audit = AuditFile.objects.create(organisation=body, scope=scope, total=3, done=1)
    bring_in(context, live_server.url, make_affiliation(organisation=body).user)
    page.goto(f"{live_server.url}{SPACE}/controle/{audit.reference}/")
    looks_right(page, axe)

    with between_requests():
        AuditFile.objects.update(done=2)

    page.get_by_text("2 passeports prêts sur 3").first.wait_for()
