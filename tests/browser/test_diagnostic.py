"""A diagnostic on a phone, kept through a cut of the network, then a roadmap, an agreement, and the member."""

import pytest
from django.urls import reverse

from accompaniment.models import Answer, Diagnostic, LearningAgreement, Roadmap
from association.models import Sector
from tests.accompaniment.paths import (
    make_agreement,
    make_diagnostic,
    make_finished,
    make_followed,
    make_grid,
    make_roadmap,
)
from tests.browser.following import follow
from tests.logins import bring_in
from tests.people import make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
COLOUR_RULES = ["color-contrast", "link-in-text-block"]


@pytest.fixture
def phone(watched_page):
    watched_page.set_viewport_size(PHONE)
    watched_page.emulate_media(reduced_motion="reduce")
    return watched_page


@pytest.fixture
def console_free(page, live_server):
    """A failed request is told on the console: here it is what is looked at."""
    page.set_viewport_size(PHONE)
    page.emulate_media(reduced_motion="reduce")
    return page


def saved(page):
    page.get_by_text("Enregistré à").wait_for()


def test_from_the_interview_to_the_proposed_agreement(phone, live_server, axe, context):
    make_grid()
    for name in ("Logement", "Numérique", "Culture et sport"):
        Sector.objects.create(name=name)
    member, counsellor = make_followed(first_name="Nour", last_name="Belkacem")
    bring_in(context, live_server.url, counsellor.user)
    phone.goto(live_server.url + reverse("member_record", args=[member.reference]))
    follow(phone.get_by_role("button", name="Commencer le diagnostic"))

    phone.get_by_label("Logement").check()
    phone.get_by_label("Le métier ou le projet").fill("Cuisiner près de chez elle")
    saved(phone)
    assert axe(phone) == []
    assert Answer.objects.get(question__code="secteurs").text == "Logement"
    phone.get_by_label("La synthèse").fill("Prête à commencer en mars.")
    follow(phone.get_by_role("button", name="Terminer le diagnostic"))
    phone.get_by_text("terminé le").wait_for()
    assert axe(phone) == []

    follow(phone.get_by_role("link", name="Faire la feuille de route"))
    assert axe(phone) == []
    follow(phone.get_by_role("button", name="Commencer"))
    phone.get_by_label("L’objectif").fill("Un emploi en cuisine")
    phone.get_by_label("Retirer").first.check()
    assert axe(phone) == []
    follow(phone.get_by_role("button", name="Enregistrer", exact=True))
    phone.get_by_text("34 h prévues sur les 35 h").wait_for()
    assert axe(phone) == []

    follow(phone.get_by_role("button", name="Préparer le contrat"))
    assert axe(phone) == []
    follow(phone.get_by_role("button", name="Proposer à Nour"))
    phone.get_by_text("Il pourra être signé à partir du").wait_for()
    assert axe(phone) == []
    assert LearningAgreement.objects.get().content["lines"][0]["kind"] == "rv"
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_typed_while_the_network_is_away_is_kept_and_sent(console_free, live_server, context):
    phone = console_free
    diagnostic = make_diagnostic()
    bring_in(context, live_server.url, diagnostic.counsellor.user)
    phone.goto(live_server.url + reverse("diagnostic_write", args=[diagnostic.reference]))
    refused = []
    path = "**/reponses/**"
    phone.route(path, lambda route: (refused.append(route.request.post_data), route.abort("internetdisconnected")))
    phone.get_by_label("La motivation").fill("Aider")
    phone.get_by_text("le réseau est coupé").wait_for()
    assert not Answer.objects.exists()
    phone.get_by_label("La motivation").fill("Aider les autres")

    phone.unroute(path)
    saved(phone)
    phone.wait_for_function("document.querySelector('[name=\"v-motivation\"]').value.startsWith('2:')")

    assert refused
    answer = Answer.objects.get()
    # What may have arrived is sent again as it was, then what was typed since.
    assert (answer.text, answer.revision) == ("Aider les autres", 2)


def test_two_tabs_show_both_texts_and_lose_neither(console_free, live_server, context, axe):
    diagnostic = make_diagnostic()
    bring_in(context, live_server.url, diagnostic.counsellor.user)
    address = live_server.url + reverse("diagnostic_write", args=[diagnostic.reference])
    older, newer = console_free, context.new_page()
    for tab in (older, newer):
        tab.goto(address)
    newer.get_by_label("La motivation").fill("Aider")
    saved(newer)

    older.get_by_label("La motivation").fill("Apprendre")
    older.get_by_text("Voici l’autre texte").wait_for()
    assert axe(older) == []
    assert older.get_by_label("La motivation").input_value() == "Apprendre"
    assert Answer.objects.get().text == "Aider"
    older.get_by_role("button", name="Garder mon texte").click()
    saved(older)
    assert Answer.objects.get().text == "Apprendre"
    newer.get_by_label("La motivation").fill("Aider encore")
    newer.get_by_role("button", name="Prendre l’autre texte").click()
    assert newer.get_by_label("La motivation").input_value() == "Apprendre"
    newer.close()


def test_who_was_logged_out_is_told_and_what_is_typed_is_sent_once_they_are_back(console_free, live_server, context):
    diagnostic = make_diagnostic()
    bring_in(context, live_server.url, diagnostic.counsellor.user)
    page = console_free
    page.goto(live_server.url + reverse("diagnostic_write", args=[diagnostic.reference]))
    context.clear_cookies(name="sessionid")
    page.get_by_label("La motivation").fill("Aider")
    page.get_by_text("vous n’êtes plus connecté").wait_for()

    bring_in(context, live_server.url, diagnostic.counsellor.user)
    saved(page)

    assert Answer.objects.get().text == "Aider"


def test_the_member_reads_everything_on_their_phone_and_on_paper(phone, live_server, axe, context):
    member = make_member(first_name="Nour", last_name="Belkacem")
    answers = {"projet": "Cuisiner près de chez elle", "synthese": "Prête à commencer."}
    diagnostic = make_finished(member, answers=answers)
    lines = {"rv": [1] * 6, "candidature": [2] * 4, "metiers": [3, 3], "rencontre": [7], "entreprise": [4]}
    roadmap = make_roadmap(diagnostic=diagnostic, lines=lines)
    agreement = make_agreement(roadmap, state="propose")
    bring_in(context, live_server.url, member.user)
    pages = {
        "path": reverse("my_path"),
        "my-diagnostic": reverse("diagnostic", args=[diagnostic.reference]),
        "my-roadmap": reverse("roadmap", args=[roadmap.reference]),
        "my-agreement": reverse("agreement", args=[agreement.reference]),
    }
    found = []
    for name, path in pages.items():
        phone.goto(live_server.url + path)
        for scheme, rules in (("light", None), ("dark", COLOUR_RULES)):
            phone.emulate_media(color_scheme=scheme)
            found += [(name, scheme, *finding) for finding in axe(phone, rules)]
        phone.emulate_media(color_scheme="light")
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert found == []

    assert phone.get_by_text("Vous pourrez le signer à partir du").is_visible()
    phone.emulate_media(media="print")
    assert phone.get_by_text("Cuisiner").first.is_visible()
    assert not phone.get_by_role("link", name="Télécharger en PDF").is_visible()
    phone.emulate_media(media="screen")
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Télécharger en PDF").click()
    assert download.value.suggested_filename == f"contrat-pedagogique-{agreement.reference}.pdf"


def test_everything_is_written_without_a_script(browser, browser_context_args, live_server):
    diagnostic = make_diagnostic()
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    bring_in(context, live_server.url, diagnostic.counsellor.user)
    page = context.new_page()
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + reverse("diagnostic_write", args=[diagnostic.reference]))
    page.get_by_label("La motivation").fill("Aider")
    follow(page.get_by_role("button", name="Enregistrer", exact=True))
    follow(page.get_by_role("button", name="Terminer le diagnostic"))
    follow(page.get_by_role("link", name="Faire la feuille de route"))
    follow(page.get_by_role("button", name="Commencer"))
    follow(page.get_by_role("button", name="Enregistrer", exact=True))

    assert Diagnostic.objects.get().finished_at
    assert Roadmap.objects.get().lines.count() == 16
    context.close()
