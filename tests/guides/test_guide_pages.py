from datetime import date
from http import HTTPStatus

import pytest

from tests.factories import (
    make_departement,
    make_file,
    make_guide,
    make_guide_index,
    make_picture,
)

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_the_list_shows_the_guides_newest_first(client):
    make_guide(title="Ancien", edition_on=date(2025, 1, 1))
    make_guide(title="Récent", edition_on=date(2026, 1, 1))
    make_guide(title="Brouillon", live=False)

    page = text(client.get("/guides/"))

    assert page.index("Récent") < page.index("Ancien")
    assert "Brouillon" not in page
    assert "2\N{NO-BREAK SPACE}guides" in page


def test_the_list_is_filtered_by_topic_audience_and_departement(client):
    make_guide(title="Pour les jeunes", topic="droits", audience="jeunes", departements=[make_departement("93")])
    make_guide(title="Pour tout le monde", topic="metiers")

    for query in ("theme=droits", "public=jeunes", "departement=93", "theme=droits&public=jeunes&departement=93"):
        page = text(client.get(f"/guides/?{query}"))
        assert "Pour les jeunes" in page
        assert "Pour tout le monde" not in page
        assert "Effacer les filtres" in page


def test_each_choice_says_how_many_guides_it_would_leave(client):
    make_guide(topic="droits", audience="jeunes")
    make_guide(topic="droits")
    make_guide(topic="metiers")

    page = text(client.get("/guides/?public=jeunes"))

    assert "Droits (1)" in page
    assert "Métiers (0)" in page
    assert "Jeunes (1)" in page
    assert "Tous publics (2)" in page


def test_an_empty_choice_says_what_to_do_next(client):
    make_guide(topic="droits")

    page = text(client.get("/guides/?theme=formation"))

    assert "Aucun guide ne correspond à ces choix" in page
    assert "Voir tous les guides" in page


@pytest.mark.parametrize(
    "query",
    ["theme=inconnu", "public=x", "departement=99", "page=0", "page=-1", "page=abc", "page=1000000000", "page=2"],
)
def test_a_choice_that_names_nothing_is_not_found(client, query):
    make_guide()

    assert client.get(f"/guides/?{query}").status_code == HTTPStatus.NOT_FOUND


def test_a_guide_says_what_its_file_is(client):
    guide = make_guide(
        title="Écrire sa candidature",
        document=make_file(page_count=12, file_size=840_000),
        edition_on=date(2026, 9, 1),
        review_on=date(2026, 1, 1),
        easy_read="<p>Une lettre courte.</p>",
    )

    page = text(client.get(guide.url))

    assert "12\N{NO-BREAK SPACE}pages" in page
    assert "840\N{NO-BREAK SPACE}Ko" in page
    assert "édition de septembre 2026" in page
    assert "/guides/ecrire-sa-candidature/fichier/" in page
    assert "Une lettre courte." in page
    assert "relire" not in page


def test_a_guide_leads_to_those_on_the_same_topic(client):
    guide = make_guide(topic="droits", tags=["contrat"])
    make_guide(title="Même thème", topic="droits")
    make_guide(title="Même mot", topic="metiers", tags=["contrat"])
    make_guide(title="Autre chose", topic="formation")

    page = text(client.get(guide.url))

    assert "Même thème" in page
    assert "Même mot" in page
    assert "Autre chose" not in page


def test_a_guide_without_picture_shows_the_cover_of_its_file(client):
    cover = make_picture(description="Couverture du document « Droits »")
    guide = make_guide(document=make_file(cover=cover))

    assert "<picture>" in text(client.get(guide.url))
    assert "<picture>" in text(client.get("/guides/"))


@pytest.mark.parametrize("guides", [5, 50])
def test_the_list_costs_the_same_whatever_its_length(client, django_assert_max_num_queries, guides):
    make_guide_index()
    for _ in range(guides):
        make_guide(document=make_file(cover=make_picture()), quick=True)
    client.get("/guides/")

    with django_assert_max_num_queries(9):
        client.get("/guides/")


@pytest.mark.parametrize("guides", [5, 50])
def test_building_the_list_costs_the_same_whatever_its_length(client, django_assert_max_num_queries, guides):
    departement = make_departement("93")
    for _ in range(guides):
        make_guide(document=make_file(cover=make_picture()), departements=[departement], topic="droits", quick=True)
    client.get("/guides/")  # makes the sizes of the pictures

    with django_assert_max_num_queries(30):
        client.get("/guides/?theme=droits&departement=93")


def test_a_guide_costs_at_most_ten_queries(client, django_assert_max_num_queries):
    guide = make_guide(document=make_file(cover=make_picture()), tags=["droits"])
    for _ in range(5):
        make_guide()
    client.get(guide.url)

    with django_assert_max_num_queries(10):
        client.get(guide.url)


def test_a_draft_is_previewed_as_it_will_be():
    guide = make_guide(title="Bientôt", live=False)

    shown = guide.make_preview_request().render().content.decode()
    listed = make_guide_index().make_preview_request().render().content.decode()

    assert "Bientôt" in shown
    assert "Bientôt" not in listed
