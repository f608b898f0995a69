"""The site where no script runs: everything is still reached, read, sent."""

import pytest

from home.models import ContactMessage
from tests.browser.following import follow

pytestmark = pytest.mark.browser


@pytest.fixture
def browser_context_args(browser_context_args):
    return browser_context_args | {"java_script_enabled": False}


def test_the_menu_of_a_phone_opens(visit):
    page = visit("home", 360)
    menu = page.locator("details.menu")
    assert not menu.get_by_role("link", name="Guides").is_visible()

    menu.locator("summary").click()
    follow(menu.get_by_role("link", name="Guides"))

    assert page.get_by_role("heading", level=1).inner_text() == "Guides"


@pytest.mark.parametrize(
    ("name", "field", "choice", "shown"),
    [
        ("news list", "Thème", "insertion", "Une recyclerie cherche des personnes de métier"),
        ("guides", "Département", "93", "Préparer un entretien d’emploi"),
        ("schedule", "Public", "femmes", "Découvrir l’emploi dans l’ESS"),
    ],
)
def test_a_list_is_filtered(visit, name, field, choice, shown):
    page = visit(name)
    everything = page.locator("main .cover-link").count()

    page.get_by_label(field, exact=True).select_option(choice)
    follow(page.get_by_role("button", name="Filtrer"))

    left = page.locator("main .cover-link")
    assert 0 < left.count() < everything
    assert shown in left.first.inner_text()
    follow(page.get_by_role("link", name="Effacer les filtres"))
    assert page.locator("main .cover-link").count() == everything


def test_a_list_has_a_second_page(visit):
    page = visit("news list")
    first = page.locator("main .cover-link").first.inner_text()

    follow(page.get_by_role("link", name="Suivante"))

    assert page.locator("main .cover-link").first.inner_text() != first


def test_the_site_is_searched(visit):
    page = visit("home")

    follow(page.get_by_role("link", name="Rechercher"))
    page.locator("main").get_by_role("searchbox").fill("entretiens")
    with page.expect_navigation():
        page.locator("main").get_by_role("searchbox").press("Enter")

    assert page.locator(".result").get_by_role("link", name="Préparer un entretien d’emploi").is_visible()


def test_a_film_has_its_controls_its_words_and_its_file(visit):
    page = visit("video")
    video = page.locator("video")
    transcript = page.get_by_text("Ici, on tricote.")

    assert video.get_attribute("controls") is not None
    assert video.locator("track[kind=captions][srclang=fr]").count() == 1
    assert not transcript.is_visible()
    page.get_by_text("Lire ce qui est dit dans le film").click()
    assert transcript.is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger le film").click()
    assert download.value.suggested_filename.endswith(".mp4")


def test_a_message_is_sent(visit):
    page = visit("contact")
    page.get_by_label("Votre nom").fill("Nour")
    follow(page.get_by_role("button", name="Envoyer"))
    assert page.locator(".error-summary").is_visible()

    page.get_by_label("Votre message").fill("Bonjour, je cherche un emploi.")
    page.get_by_label("adresse e-mail").fill("nour@example.org")
    follow(page.get_by_role("button", name="Envoyer"))

    assert page.get_by_text("Message envoyé").is_visible()
    assert ContactMessage.objects.get().name == "Nour"
