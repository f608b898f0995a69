"""What the search finds, in which order, and what it never shows."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from events.models import InfoSession
from pages.models import SearchEntry
from pages.search.finding import find, results
from pages.search.words import terms
from tests.factories import (
    make_contact,
    make_departement,
    make_file,
    make_film,
    make_guide,
    make_news,
    make_page,
    make_place,
    make_session,
    make_video,
)

pytestmark = pytest.mark.django_db


def titles(question, **filters):
    found = find(terms(question), **filters)
    entries = SearchEntry.objects.in_bulk([key for key in found.order if isinstance(key, int)])
    return [entries[key].title if key in entries else key for key in found.order]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("emploi", "emplois"),
        ("travail", "travaux"),
        ("candidature", "candidatures"),
        ("coeur", "cœur"),
        ("l’emploi", "emploi"),
        ("emploi", "l'emploi"),
        ("métiers", "metiers"),
        ("travailler", "travail"),
        ("accompagnement", "accomp"),
    ],
)
def test_a_word_finds_its_other_forms_both_ways(written, asked):
    make_news(title="Une actualité", body=[("text", f"<p>On parle de {written} ici.</p>")])

    assert titles(asked) == ["Une actualité"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("emploi", "emplois"), ("travail", "travaux"), ("candidature", "candidatures"), ("coeur", "cœur")],
)
def test_a_plural_finds_the_singular_and_the_other_way_round(one, other):
    make_news(title="Un", summary=one)
    make_news(title="Deux", summary=other)

    assert set(titles(one)) == set(titles(other)) == {"Un", "Deux"}


def test_all_the_words_must_be_there():
    make_news(title="Un jardin", summary="Des légumes")
    make_news(title="Un atelier", summary="Des vélos")

    assert titles("jardin légumes") == ["Un jardin"]
    assert titles("jardin vélos") == []


def test_the_title_comes_first_then_frequency_then_the_latest():
    make_news(title="Rien hier", summary="Le maraîchage.", published_on=date(2026, 1, 1))
    make_news(title="Rien demain", summary="Le maraîchage.", published_on=date(2026, 2, 1))
    make_news(title="Beaucoup", summary="Maraîchage, maraîchage, maraîchage.", published_on=date(2025, 1, 1))
    make_news(title="Le maraîchage", published_on=date(2020, 1, 1))

    assert titles("maraichage") == ["Le maraîchage", "Beaucoup", "Rien demain", "Rien hier"]


def test_every_kind_of_thing_is_found_by_its_own_words():
    paris = make_departement("75")
    make_news(title="Une nouvelle", comment="<p>Notre <b>brocoli</b>.</p>", tags=["potager"])
    make_guide(title="Un guide", easy_read="<p>Le brocoli est vert.</p>", document=make_file())
    make_video(
        title="Une entreprise", media=make_film(transcript="<p>Nous cultivons le brocoli.</p>"), jobs="maraîcher"
    )
    make_page(title="Une page", body=[("note", {"title": "Note", "text": "<p>Un brocoli.</p>"})])
    contact = make_contact()
    contact.body = [("text", "<p>Venez au brocoli.</p>")]
    contact.save_revision().publish()
    make_session(title="Une réunion", place=make_place(name="Ferme du brocoli"))
    paris.intro = "<p>Paris et son brocoli.</p>"
    paris.save()

    assert set(titles("brocoli")) == {
        "Une nouvelle",
        "Un guide",
        "Une entreprise",
        "Une page",
        "Contact",
        "Une réunion",
        "75",
    }
    assert titles("potager") == ["Une nouvelle"]


def test_a_session_is_found_by_the_new_name_of_its_place():
    place = make_place(name="Ferme du brocoli", code="93")
    make_session(title="Une réunion", place=place)
    make_session(title="Une autre", place=make_place())

    place.name, place.departement = "Halle aux poireaux", make_departement("94")
    place.save()

    assert titles("brocoli") == []
    assert titles("poireaux") == ["Une réunion"]
    assert titles("poireaux", departement="94") == ["Une réunion"]


def test_a_departement_is_found_by_its_name_and_its_code_before_all():
    make_departement("93")
    make_news(title="Seine-Saint-Denis : du neuf")

    assert titles("seine saint denis") == ["93", "Seine-Saint-Denis : du neuf"]
    assert titles("93") == ["93"]


def test_the_address_of_an_online_meeting_is_not_searched():
    make_session(online_url="https://visio.example.org/secret-room")

    assert titles("secret") == []


def test_filters_keep_a_kind_and_a_departement():
    paris, essonne = make_departement("75"), make_departement("91")
    make_news(title="Vélo à Paris", departements=[paris])
    make_news(title="Vélo en Essonne", departements=[essonne, paris])
    make_guide(title="Guide du vélo")

    assert set(titles("vélo", kind="actualites")) == {"Vélo à Paris", "Vélo en Essonne"}
    assert titles("vélo", departement="91") == ["Vélo en Essonne"]
    assert titles("vélo", kind="guides", departement="75") == []


def test_counts_say_what_each_filter_would_leave():
    paris, essonne = make_departement("75"), make_departement("91")
    make_news(title="Vélo à Paris", departements=[paris])
    make_news(title="Vélo en Essonne", departements=[essonne, paris])
    make_guide(title="Guide du vélo", departements=[essonne])

    found = find(terms("vélo"), kind="actualites", departement="91")

    assert found.total == 1
    assert found.kinds == {"actualites": 1, "guides": 1}
    assert found.departements == {"75": 2, "91": 1}


def test_results_name_the_pages_in_order():
    second = make_news(title="Autre", summary="Le compost.")
    first = make_news(title="Le compost")
    make_session(title="Réunion compost")

    assert results(RequestFactory().get("/"), "compost", kind="actualites").pages == [first.pk, second.pk]


def test_a_draft_is_not_found_until_it_is_published():
    page = make_news(title="Brouillon", live=False)
    assert titles("brouillon") == []

    page.save_revision().publish()

    assert titles("brouillon") == ["Brouillon"]


def test_a_draft_of_a_published_page_stays_unknown():
    page = make_news(title="Connu")
    page.title = "Inconnu"
    page.save_revision()

    assert titles("inconnu") == []
    assert titles("connu") == ["Connu"]


def test_a_page_published_again_is_found_by_its_new_words_only():
    page = make_news(title="Avant")
    page.title = "Apres"
    page.save_revision().publish()

    assert titles("avant") == []
    assert titles("apres") == ["Apres"]


def hide_by_unpublishing(page):
    page.unpublish()


def hide_by_deleting(page):
    page.delete()


def hide_behind_our_back(page):
    Page.objects.filter(pk=page.pk).update(live=False)


def hide_by_expiry(page):
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


def hide_by_restriction(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def hide_by_restriction_above(page):
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize(
    "hide",
    [
        hide_by_unpublishing,
        hide_by_deleting,
        hide_behind_our_back,
        hide_by_expiry,
        hide_by_restriction,
        hide_by_restriction_above,
    ],
)
def test_what_is_not_public_any_more_is_not_found_at_the_next_request(client, hide):
    page = make_news(title="Secret de fabrication")
    assert "fabrication</mark>" in client.get("/recherche/", {"q": "fabrication"}).text

    hide(page)
    answer = client.get("/recherche/", {"q": "fabrication"}).text

    assert "fabrication</mark>" not in answer
    assert "Secret de" not in answer


def test_what_is_hidden_is_not_counted_either():
    hide_behind_our_back(make_news(title="Secret"))

    assert find(terms("secret")).kinds == {}


@pytest.mark.parametrize("publish_at", [None, timezone.now() + timedelta(hours=1)])
def test_a_session_not_published_is_not_found(publish_at):
    session = make_session(title="Atelier tricot")
    assert titles("tricot") == ["Atelier tricot"]

    InfoSession.objects.filter(pk=session.pk).update(publish_at=publish_at)

    assert titles("tricot") == []


def test_a_deleted_session_leaves_nothing_behind():
    make_session(title="Atelier tricot").delete()
    make_session(title="Atelier tricot")
    InfoSession.objects.all().delete()

    assert titles("tricot") == []
    call_command("update_search", verbosity=0)

    assert not SearchEntry.objects.exists()


def test_rebuilding_gives_back_what_was_lost_and_drops_what_is_gone():
    make_news(title="Retrouvée")
    make_session(title="Réunion retrouvée")
    gone = make_news(title="Partie")
    Page.objects.filter(pk=gone.pk).update(live=False)
    SearchEntry.objects.exclude(page=gone).delete()

    call_command("update_search", verbosity=0)

    assert set(titles("retrouvée")) == {"Retrouvée", "Réunion retrouvée"}
    assert SearchEntry.objects.count() == 2


def test_rebuilding_twice_changes_nothing():
    make_news(title="Une fois")
    make_session(title="Une fois encore")
    call_command("update_search", verbosity=0)
    call_command("update_search", verbosity=0)

    assert set(titles("fois")) == {"Une fois", "Une fois encore"}
