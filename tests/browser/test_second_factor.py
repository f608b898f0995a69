"""A second factor chosen and used on a telephone: an application of codes, then a passkey."""

import pytest
from django.urls import reverse

from tests.accounts.doors import PASSWORD, make_account
from tests.browser.following import follow
from tests.factories import make_home
from tests.logins import code_of
from tests.people import make_counsellor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 780}
MINE = ["account", "mfa_index", "usersessions_list", "account_change_password", "account_email"]
AT_THE_DOOR = ["account_login", "account_request_login_code", "account_reset_password"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]


@pytest.fixture
def phone(watched_page, live_server):
    make_home()
    make_counsellor(user=make_account())
    watched_page.set_viewport_size(PHONE)
    watched_page.emulate_media(reduced_motion="reduce")
    watched_page.goto(live_server.url + reverse("account_login"))
    return watched_page


@pytest.fixture
def keys(phone):
    """A telephone that knows its owner's fingerprint."""
    devtools = phone.context.new_cdp_session(phone)
    devtools.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    known = {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device | known})
    return devtools


def type_password(page):
    page.get_by_label("Adresse e-mail").fill("awa@example.org")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    follow(page.get_by_role("button", name="Me connecter"))


def confirm(page):
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    follow(page.get_by_role("button", name="Continuer"))


def log_out(page, live_server):
    page.goto(live_server.url + reverse("account"))
    follow(page.locator("main").get_by_role("button", name="Me déconnecter"))
    page.wait_for_url(f"{live_server.url}/")
    page.goto(live_server.url + reverse("account_login"))


def heading(page, words):
    page.get_by_role("heading", level=1, name=words).wait_for()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_application_of_codes_is_chosen_and_used(phone, live_server):
    type_password(phone)
    heading(phone, "Protégez votre compte")
    follow(phone.get_by_role("link", name="Utiliser une application"))
    confirm(phone)
    heading(phone, "Utiliser une application de codes")
    assert phone.get_by_alt_text("Code QR").evaluate("image => image.naturalWidth") > 100
    assert fits(phone)
    secret = phone.locator(".secret").inner_text()
    phone.get_by_label("Code").fill(code_of(secret))
    follow(phone.get_by_role("button", name="Activer"))
    heading(phone, "Codes de secours")
    assert phone.locator(".secrets li").count() == 10
    assert fits(phone)

    log_out(phone, live_server)
    type_password(phone)
    heading(phone, "Double vérification")
    # The code of the next half minute: a code serves once.
    phone.get_by_label("Code").fill(code_of(secret, later=1))
    follow(phone.get_by_role("button", name="Me connecter"))
    heading(phone, "Faire confiance à ce navigateur")
    follow(phone.get_by_role("button", name="Faire confiance pendant 30 jours"))
    phone.wait_for_url("**/espace/**")

    log_out(phone, live_server)
    type_password(phone)
    phone.wait_for_url("**/espace/**")


def test_a_passkey_is_chosen_and_opens_the_account_alone(phone, live_server, keys):
    type_password(phone)
    heading(phone, "Protégez votre compte")
    follow(phone.get_by_role("link", name="Enregistrer une clé d’accès"))
    confirm(phone)
    heading(phone, "Enregistrer une clé d’accès")
    phone.get_by_label("Me connecter avec cette clé seule").check()
    phone.get_by_role("button", name="Enregistrer cette clé").click()
    heading(phone, "Codes de secours")

    log_out(phone, live_server)
    phone.get_by_role("button", name="Utiliser ma clé d’accès").click()
    phone.wait_for_url("**/espace/**")

    log_out(phone, live_server)
    type_password(phone)
    heading(phone, "Double vérification")
    phone.get_by_role("button", name="Utiliser ma clé d’accès").click()
    heading(phone, "Faire confiance à ce navigateur")


def test_a_device_without_a_key_says_so(phone, keys):
    phone.get_by_role("button", name="Utiliser ma clé d’accès").click()

    phone.get_by_text("Votre appareil n’a pas donné de clé d’accès").wait_for()


def findings(page, axe):
    found = [(page.url, *finding) for finding in axe(page)]
    page.emulate_media(color_scheme="dark")
    found += [(page.url, "dark", *finding) for finding in axe(page, COLOUR_RULES)]
    page.emulate_media(color_scheme="light")
    return found


def test_pages_of_the_login_have_no_accessibility_finding(phone, live_server, axe, keys):
    found = []
    for name in AT_THE_DOOR:
        phone.goto(live_server.url + reverse(name))
        assert fits(phone)
        found += findings(phone, axe)
    phone.goto(live_server.url + reverse("account_login"))
    follow(phone.get_by_role("button", name="Me connecter"))
    found += findings(phone, axe)
    phone.goto(live_server.url + reverse("account_request_login_code"))
    phone.get_by_label("Adresse e-mail").fill("awa@example.org")
    follow(phone.get_by_role("button", name="Envoyer le code"))
    heading(phone, "Saisissez le code de connexion")
    found += findings(phone, axe)
    follow(phone.get_by_role("button", name="Recommencer"))
    type_password(phone)
    heading(phone, "Protégez votre compte")
    found += findings(phone, axe)
    for name in MINE:
        phone.goto(live_server.url + reverse(name))
        assert fits(phone)
        found += findings(phone, axe)

    assert found == []
