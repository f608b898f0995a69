"""Two telephones at once: the counsellor shows a QR code, the member signs on theirs; then a code on the first one."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.authentication.addresses import mark_verified
from passport import pins, signing
from passport.models import Cheque
from tests.accounts.doors import PASSWORD
from tests.browser.conftest import watch
from tests.browser.following import follow
from tests.browser.looking import PHONE, looks_right
from tests.factories import make_home
from tests.logins import bring_in
from tests.passport.factories import at, counsellor_of, make_passport, make_proposal
from tests.passport.signing import with_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CODE = "480927"


@pytest.fixture
def passport():
    make_home()
    first = timezone.localdate() - timedelta(days=10)
    found = make_passport(starts_on=first, now=at(first, 8))
    mark_verified(with_password(found.member.user))
    return found


def propose(passport, hour):
    day = timezone.localdate() - timedelta(days=1)
    return make_proposal(passport, day=day, hour=hour, what="Relire le CV et préparer l’entretien", place="Au local")


@contextmanager
def telephone(browser, options, address):
    """Another browser, that nobody is logged in to."""
    context = browser.new_context(**options, viewport=PHONE)
    page = context.new_page()
    with watch(page, address) as problems:
        yield page
        assert problems == []
    context.close()


def test_the_member_signs_on_their_telephone_while_the_counsellor_waits(
    live_server, watched_page, context, browser, browser_context_args, axe, passport
):
    staff, cheque = watched_page, propose(passport, 10)
    bring_in(context, live_server.url, counsellor_of(passport).user)
    staff.goto(live_server.url + reverse("cheque_to_sign", args=[cheque.reference]))
    looks_right(staff, axe)
    follow(staff.get_by_role("button", name="Montrer le QR code"))
    staff.get_by_role("img", name="QR code").wait_for()
    looks_right(staff, axe)
    # What the camera would read is drawn, and written nowhere: a link of the same making stands for it.
    token = signing.make_link(cheque, way="qr", by=cheque.counsellor.user)

    with telephone(browser, browser_context_args, live_server.url) as page:
        page.goto(live_server.url + reverse("sign_by_link", args=[token]))
        page.get_by_label("Adresse e-mail").fill(passport.member.user.email)
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        follow(page.get_by_role("button", name="Me connecter"))
        looks_right(page, axe)
        assert "il reste 5\N{NO-BREAK SPACE}h sur 6" in page.get_by_role("main").inner_text()
        follow(page.get_by_role("button", name="Signer cette visite"))
        page.get_by_role("heading", name="C’est signé").wait_for()
        looks_right(page, axe)

    follow(staff.get_by_role("link", name="Voir si c’est signé"))
    staff.get_by_text("La personne a signé").wait_for()
    assert Cheque.objects.get().member_means == "qr:password"


def test_the_member_s_code_signs_on_the_counsellor_s_telephone(live_server, watched_page, context, axe, passport):
    page, cheque = watched_page, propose(passport, 14)
    page.set_viewport_size(PHONE)
    pins.choose(passport.member, CODE)
    bring_in(context, live_server.url, counsellor_of(passport).user)
    page.goto(live_server.url + reverse("cheque_to_sign", args=[cheque.reference]))
    follow(page.get_by_role("button", name="Ouvrir la page de son code"))
    looks_right(page, axe)
    page.get_by_label("Votre code de signature").fill("111 112")
    follow(page.get_by_role("button", name="Signer cette visite"))
    page.get_by_role("alert").first.wait_for()
    looks_right(page, axe)

    page.get_by_label("Votre code de signature").fill("480 927")
    follow(page.get_by_role("button", name="Signer cette visite"))

    page.get_by_role("heading", name="C’est signé").wait_for()
    looks_right(page, axe)
    assert Cheque.objects.get().member_means == "pin"


def test_the_page_of_one_s_code_asks_again_who_one_is(live_server, watched_page, context, axe, passport):
    page = watched_page
    page.set_viewport_size(PHONE)
    bring_in(context, live_server.url, passport.member.user)
    page.goto(live_server.url + reverse("signing_code"))
    page.get_by_label("Mot de passe").fill(PASSWORD)
    follow(page.get_by_role("button", name="Continuer"))
    looks_right(page, axe)
    page.get_by_label("Nouveau code").fill("111111")
    page.get_by_label("Le même, encore une fois").fill("111111")
    follow(page.get_by_role("button", name="Enregistrer ce code"))
    page.get_by_role("alert").first.wait_for()
    looks_right(page, axe)


def test_a_link_that_opens_nothing_says_what_to_do(live_server, page, axe, passport):
    page.goto(f"{live_server.url}/signer/inconnu/")

    page.get_by_role("heading", name="Ce lien ne s’ouvre pas").wait_for()
    looks_right(page, axe)
