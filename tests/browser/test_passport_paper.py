"""A visit without a telephone: a leaf that both signed by hand is recorded and copied, then somebody else sees it."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from passport import paper, visits
from passport.models import Cheque, PaperCheque
from tests.accounts.doors import PASSWORD
from tests.browser.following import follow
from tests.browser.looking import PHONE, looks_right
from tests.browser.test_passport_signing import telephone
from tests.factories import make_home
from tests.logins import bring_in
from tests.passport.factories import MEANS, at, counsellor_of, make_passport
from tests.passport.signing import with_password
from tests.people import make_counsellor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def passport():
    make_home()
    first = timezone.localdate() - timedelta(days=12)
    return make_passport(starts_on=first, now=at(first, 8))


@pytest.fixture
def page(watched_page):
    watched_page.set_viewport_size(PHONE)
    return watched_page


@pytest.fixture
def colleague(browser, browser_context_args, live_server):
    """Another telephone, of another counsellor."""
    with telephone(browser, browser_context_args, live_server.url) as page:
        bring_in(page.context, live_server.url, with_password(make_counsellor().user))
        yield page


def photograph():
    file = BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "JPEG")
    return file.getvalue()


def chosen(content, name):
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def show_who_one_is(page):
    page.get_by_label("Mot de passe").fill(PASSWORD)
    follow(page.get_by_role("button", name="Continuer"))


def record(page, passport, leaf):
    """The visit that this leaf tells of, in the site."""
    page.get_by_label("Numéro").fill(leaf.serial.lower())
    follow(page.get_by_role("button", name="Noter ce chèque"))
    follow(page.get_by_role("link", name=str(passport.member)))
    follow(page.get_by_role("link", name="Rendez-vous individuels"))
    page.get_by_label("Ce qui a été fait").fill("Relire le CV")
    follow(page.get_by_role("button", name="Continuer"))
    page.get_by_text(f"Chèque papier {leaf.serial}").wait_for()
    follow(page.get_by_role("button", name="Signer et proposer"))
    show_who_one_is(page)
    page.get_by_text("il manque sa copie").wait_for()


def send_the_copy(page, axe):
    """A file that is no picture first."""
    follow(page.get_by_role("link", name="Envoyer la copie"))
    page.get_by_label("Photo ou copie du chèque").set_input_files(chosen(b"not a picture", "copie.jpg"))
    follow(page.get_by_role("button", name="Envoyer la copie"))
    assert "ce n’est pas une image" in page.locator(".error-summary").inner_text()
    looks_right(page, axe)
    page.get_by_label("Photo ou copie du chèque").set_input_files(chosen(photograph(), "copie.jpg"))
    follow(page.get_by_role("button", name="Envoyer la copie"))
    page.get_by_text("la copie est là").wait_for()


def test_a_leaf_is_recorded_and_copied_by_one_and_seen_by_another(page, colleague, context, live_server, axe, passport):
    bring_in(context, live_server.url, with_password(counsellor_of(passport).user))
    page.goto(live_server.url + reverse("papers"))
    follow(page.get_by_role("button", name="Préparer un carnet"))
    page.get_by_text("est prêt\N{NO-BREAK SPACE}: imprimez-le").wait_for()
    leaf = PaperCheque.objects.earliest("serial")
    wrong = f"{leaf.serial[:-2]}99"
    page.get_by_label("Numéro").fill(wrong)
    follow(page.get_by_role("button", name="Noter ce chèque"))
    assert "Aucun chèque de vos carnets" in page.locator(".error-summary").inner_text()
    assert page.get_by_label("Numéro").input_value() == wrong
    looks_right(page, axe)

    record(page, passport, leaf)
    looks_right(page, axe)
    send_the_copy(page, axe)

    colleague.goto(live_server.url + reverse("papers"))
    follow(colleague.get_by_role("link", name="Le chèque d’Awa"))
    looks_right(colleague, axe)
    assert colleague.get_by_alt_text(f"Copie du chèque {leaf.serial}").evaluate("image => image.naturalWidth") == 60
    follow(colleague.get_by_role("button", name="Oui, la copie dit la même chose"))
    show_who_one_is(colleague)

    colleague.get_by_text("La visite compte\N{NO-BREAK SPACE}: vous avez vu sa copie.").wait_for()
    assert Cheque.objects.get().member_means == "papier:vu"


def test_a_member_confirms_what_they_signed_by_hand(page, context, live_server, axe, passport):
    counsellor = counsellor_of(passport)
    paper.print_booklet(counsellor, 6)
    said = visits.Said("rv", at(timezone.localdate() - timedelta(days=1)), 1, "Relire le CV")
    facts = {"counsellor": counsellor, "key": uuid4(), "means": MEANS}
    [cheque] = visits.propose(passport, said, paper=PaperCheque.objects.earliest("serial"), **facts)
    bring_in(context, live_server.url, with_password(passport.member.user))
    page.goto(live_server.url + reverse("my_cheque", args=[cheque.reference]))
    looks_right(page, axe)
    follow(page.get_by_role("link", name="Confirmer cette visite"))
    looks_right(page, axe)

    follow(page.get_by_role("button", name="Oui, j’ai signé cette visite"))
    show_who_one_is(page)

    page.get_by_text("La visite est confirmée").wait_for()
    assert Cheque.objects.get().member_means == "papier:confirme"
