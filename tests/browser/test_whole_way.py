"""From an invitation to a company that no longer sees anything, on a telephone: three people, each in their browser."""

import re
from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from candidates.models import Look
from tests.accounts.doors import PASSWORD
from tests.browser.following import follow
from tests.candidates.factories import make_sector
from tests.factories import make_departement, make_home
from tests.files import film
from tests.logins import bring_in, code_of
from tests.people import make_affiliation, make_counsellor, make_member, make_organisation, make_referent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 780}
HEADLINE = "Cuisinière, je cherche une cuisine collective"
ANSWERS = "async address => { const answer = await fetch(address); return answer.status; }"


@pytest.fixture
def someone(browser, live_server, browser_context_args):
    """`someone(user)` is a telephone of theirs; what any page of it does wrong fails the test."""
    contexts, problems = [], []

    def take(user=None):
        context = browser.new_context(**browser_context_args, viewport=PHONE)
        contexts.append(context)
        if user:
            bring_in(context, live_server.url, user)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"script: {error}"))
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        return page

    yield take

    for context in contexts:
        context.close()
    # Chromium says itself that an answer was a 404: it is what the end of the way expects.
    assert [problem for problem in problems if "404" not in str(problem)] == []


@pytest.fixture
def world():
    make_home()
    make_departement("93")
    make_sector()
    counsellor = make_counsellor()
    member = make_member(account=False, email="awa@example.org", born_on=date(1990, 5, 17))
    make_referent(member, counsellor)
    company = make_affiliation(organisation=make_organisation(name="La Recyclerie du canal"))
    return counsellor, member, company


@pytest.fixture
def clean(axe):
    """`clean(page)`: what it shows fits a telephone and has no accessibility finding."""

    def look(page):
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    return look


def press(page, name):
    follow(page.get_by_role("button", name=name).first)


def heading(page, words):
    page.get_by_role("heading", level=1, name=words).wait_for()


def invited(page, live_server, member):
    """The counsellor invites from the member's record; the link is in the mail."""
    page.goto(live_server.url + reverse("invite_member", args=[member.reference]))
    press(page, "Envoyer")
    [letter] = mail.outbox
    return re.search(r"https?://\S+(/invitation/\S+)", letter.body)[1]


def accept(page, address):
    page.goto(address)
    page.get_by_label("Mot de passe").first.fill(PASSWORD)
    press(page, "Créer mon compte")


def choose_second_factor(page, live_server):
    page.goto(live_server.url + reverse("mfa_activate_totp"))
    if page.get_by_role("button", name="Continuer").count():
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        press(page, "Continuer")
    page.get_by_label("Code").fill(code_of(page.locator(".secret").inner_text()))
    press(page, "Activer")
    heading(page, "Codes de secours")


def write_page(page, live_server):
    page.goto(live_server.url + reverse("my_page"))
    press(page, "Commencer ma page")
    page.goto(live_server.url + reverse("my_page_presentation"))
    page.get_by_label("Vous, en une phrase").fill(HEADLINE)
    page.get_by_label("Qui vous êtes").fill("J’ai cuisiné dix ans.")
    press(page, "Enregistrer et continuer")
    page.goto(live_server.url + reverse("my_page_search"))
    page.get_by_label("Alimentation durable").check()
    page.get_by_label("Seine-Saint-Denis").check()
    page.get_by_label("tout de suite").check()
    press(page, "Enregistrer et revenir")


def send_film(page, live_server):
    page.goto(live_server.url + reverse("my_page_video"))
    shot = {"name": "moi.mp4", "mimeType": "video/mp4", "buffer": film(seconds=3)}
    page.get_by_label("Votre vidéo").set_input_files(shot)
    page.get_by_role("button", name="Envoyer cette vidéo").click()
    page.get_by_text("À valider par le conseiller").wait_for(timeout=60_000)


def submit(page, live_server):
    page.goto(live_server.url + reverse("my_page_preview"))
    press(page, "Envoyer ma page à mon conseiller")


def approve(page, live_server):
    page.goto(live_server.url + reverse("candidate_reviews"))
    follow(page.get_by_role("link", name="Awa").first)
    press(page, "Valider cette vidéo")
    press(page, "Valider cette page")


def allow(page, live_server):
    page.goto(live_server.url + reverse("my_page_consents"))
    page.get_by_label("Qui peut voir votre page").select_option(label="La Recyclerie du canal")
    page.get_by_label("vidéo").first.check()
    press(page, "Donner cet accord")
    page.get_by_role("button", name="Retirer").first.wait_for()


def test_a_page_goes_the_whole_way_and_back(someone, live_server, world, clean):
    counsellor, member, company = world
    referent, awa, reader = someone(counsellor.user), someone(), someone(company.user)

    accept(awa, live_server.url + invited(referent, live_server, member))
    choose_second_factor(awa, live_server)
    awa.goto(live_server.url + reverse("space"))
    heading(awa, "Bonjour Awa")
    clean(awa)
    write_page(awa, live_server)
    send_film(awa, live_server)
    clean(awa)
    submit(awa, live_server)
    approve(referent, live_server)

    reader.goto(live_server.url + reverse("company_candidates"))
    assert reader.locator("main .panel a.cover-link").count() == 0
    allow(awa, live_server)
    clean(awa)
    reader.reload()
    reader.locator("main .panel a.cover-link").click()
    stable = live_server.url + reverse("candidate_page", args=[member.profile.reference])
    reader.goto(stable)
    reader.get_by_text(HEADLINE).first.wait_for()
    clean(reader)
    video = reader.locator("video")
    bytes_of = video.evaluate("video => video.currentSrc || video.querySelector('source').src")
    assert reader.evaluate(ANSWERS, bytes_of) == 200
    assert {look.what for look in Look.objects.filter(user=company.user)} >= {Look.What.PAGE, Look.What.VIDEO}

    awa.goto(live_server.url + reverse("my_page_looks"))
    awa.get_by_text("La Recyclerie du canal").first.wait_for()
    awa.goto(live_server.url + reverse("my_page_consents"))
    press(awa, "Retirer")

    assert reader.goto(stable).status == 404
    assert reader.evaluate(ANSWERS, bytes_of) == 404
    reader.goto(live_server.url + reverse("company_candidates"))
    assert reader.locator("main .panel a.cover-link").count() == 0
