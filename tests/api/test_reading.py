"""What the reading tier says of each thing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from actess.api import SitePages
from pages.api.library import MADE_IN_AN_ANSWER, SPECS
from pages.models import BasePage
from tests.factories import (
    make_contact,
    make_departement,
    make_figure,
    make_file,
    make_film,
    make_guide,
    make_home,
    make_news,
    make_picture,
    make_place,
    make_session,
    make_video,
)

pytestmark = pytest.mark.django_db

SITE = "http://localhost:8000"
# Columns that say how a page is kept, not what it says.
KEPT = {"page_ptr", "title", "summary", "easy_read"}
SAID_AS = {"document": "file", "media": "video"}


def read(client, path, status=200):
    response = client.get(f"/api/v2/{path}")
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/json"
    return response.json()


@pytest.mark.parametrize("kind", SitePages.page_types, ids=lambda kind: kind.label)
def test_every_field_of_a_type_is_said(kind):
    own = {field.name for field in kind.model._meta.local_fields + kind.model._meta.local_many_to_many} - KEPT

    assert {SAID_AS.get(name, name) for name in own} <= kind.fields.keys()


def test_every_type_of_page_can_be_read():
    types = {model for model in BasePage.__subclasses__() if not model._meta.abstract}

    assert {kind.model for kind in SitePages.page_types} == {
        model for model in types if model._meta.app_label in {"home", "news", "guides", "videos"}
    }


def test_a_list_has_a_few_fields_and_a_page_has_all(client):
    news = make_news(title="La ressourcerie recrute", tags=["Réemploi"], departements=[make_departement("93")])

    [item] = read(client, "pages/?type=news.NewsPage")["items"]
    page = read(client, f"pages/{news.pk}/")

    assert item["title"] == page["title"] == "La ressourcerie recrute"
    assert item["meta"]["html_url"] == f"{SITE}/actualites/la-ressourcerie-recrute/"
    assert item["meta"]["detail_url"] == f"{SITE}/api/v2/pages/{news.pk}/"
    assert "body" not in item
    assert page["tags"] == [{"name": "Réemploi", "slug": "reemploi"}]
    assert [departement["code"] for departement in page["departements"]] == ["93"]
    assert page["meta"]["parent"]["meta"]["html_url"] == f"{SITE}/actualites/"


def test_fields_are_chosen(client):
    make_news()

    [chosen] = read(client, "pages/?type=news.NewsPage&fields=_,title,slug")["items"]
    assert chosen == {"meta": {"slug": chosen["meta"]["slug"]}, "title": chosen["title"]}
    [everything] = read(client, "pages/?type=news.NewsPage&fields=*,-body")["items"]
    assert "published_on" in everything
    assert "body" not in everything


def test_a_picture_is_said_by_its_sizes(client):
    news = make_news(image=make_picture(size=(1600, 900), description="Une péniche.", credit="Ana"))

    image = read(client, f"pages/{news.pk}/")["image"]

    assert (image["alt"], image["credit"]) == ("Une péniche.", "Ana")
    assert {rendition["type"] for rendition in image["renditions"]} == {"image/avif", "image/webp", "image/jpeg"}
    assert {480, 960, 1440} <= {rendition["width"] for rendition in image["renditions"]}
    for rendition in image["renditions"]:
        assert rendition["height"] > 0
        assert client.get(rendition["url"].removeprefix(SITE)).status_code == 200


def test_a_list_of_new_pictures_says_what_sizes_there_are(client):
    for _ in range(MADE_IN_AN_ANSWER + 2):
        make_news(image=make_picture())

    images = [item["image"] for item in read(client, "pages/?type=news.NewsPage&fields=image")["items"]]

    lengths = [len(image["renditions"]) for image in images]
    assert sorted(lengths, reverse=True) == [len(SPECS["wide"])] * MADE_IN_AN_ANSWER + [1, 1]


def test_a_body_is_said_block_by_block(client):
    picture, film, file = make_picture(), make_film(), make_file(name="modele.pdf", page_count=3)
    decorated = {"image": picture, "caption": "Au bord de l’eau"}
    news = make_news(
        body=[
            ("text", "<p>Un texte.</p>"),
            ("picture", decorated),
            ("quote", {"text": "On a besoin de bras.", "author": "Inès, cheffe d’équipe"}),
            ("figure", {"figure": make_figure(value="40 %")}),
            ("file", {"document": file, "title": "Le modèle"}),
            ("film", {"media": film, "caption": ""}),
            ("note", {"title": "À savoir", "text": "<p>C’est gratuit.</p>"}),
            ("footnotes", {"items": ["Une source.", "Une autre."]}),
        ]
    )

    body = {block["type"]: block["value"] for block in read(client, f"pages/{news.pk}/")["body"]}

    assert list(body) == ["text", "picture", "quote", "figure", "file", "film", "note", "footnotes"]
    assert body["text"]["html"] == "<p>Un texte.</p>"
    assert body["picture"]["caption"] == "Au bord de l’eau"
    assert body["picture"]["renditions"]
    assert body["quote"]["author"] == "Inès, cheffe d’équipe"
    assert body["figure"]["value"] == "40 %"
    assert body["file"]["title"] == "Le modèle"
    assert (body["file"]["extension"], body["file"]["size"], body["file"]["pages"]) == ("pdf", file.file_size, 3)
    assert client.get(body["file"]["url"].removeprefix(SITE)).status_code == 200
    assert body["film"]["captions"][0]["url"].startswith(f"{SITE}/media/videos/")
    assert body["note"] == {"title": "À savoir", "html": "<p>C’est gratuit.</p>"}
    assert body["footnotes"] == {"items": ["Une source.", "Une autre."]}


def test_links_in_a_text_are_whole_addresses(client):
    guide, file, draft = make_guide(), make_file(), make_guide(live=False)
    html = (
        f'<p data-block-key="a1"><a linktype="page" id="{guide.pk}">le guide</a>'
        f'<a linktype="document" id="{file.pk}">le fichier</a><a href="/reunions/">les réunions</a>'
        f'<a href="https://example.org/?a=1&amp;b=2">ailleurs</a><a linktype="page" id="{draft.pk}">bientôt</a>'
        '<a href="javascript:alert(1)">non</a><a href="//example.org/">non plus</a></p>'
    )
    news = make_news(body=[("text", html)])

    [block] = read(client, f"pages/{news.pk}/")["body"]

    assert block["value"]["html"] == (
        f'<p><a href="{SITE}{guide.address}">le guide</a>'
        f'<a href="{SITE}/documents/{file.pk}/{file.filename}">le fichier</a>'
        f'<a href="{SITE}/reunions/">les réunions</a>'
        '<a href="https://example.org/?a=1&amp;b=2">ailleurs</a><a>bientôt</a><a>non</a><a>non plus</a></p>'
    )


def test_a_guide_gives_the_address_of_its_file(client):
    guide = make_guide()

    file = read(client, f"pages/{guide.pk}/")["file"]

    assert file["url"] == f"{SITE}{guide.address}fichier/"
    assert client.get(file["url"].removeprefix(SITE)).status_code == 200


def test_a_video_comes_with_captions_and_transcript(client):
    video = read(client, f"pages/{make_video(media=make_film(transcript='<p>Bonjour.</p>')).pk}/")["video"]

    assert video["transcript"] == "<p>Bonjour.</p>"
    for address in (video["url"], video["poster"], video["captions"][0]["url"]):
        assert client.get(address.removeprefix(SITE)).status_code == 200


def test_the_front_page_says_its_steps_and_partners(client):
    steps = [("step", {"title": "Appelez-nous", "text": "Nous répondons."})]
    partners = [("partners", [{"name": "Les Ateliers du Quai", "url": "https://example.org/quai"}])]
    home = make_home(steps=steps, partners=partners, figure=make_figure(), first_url="/reunions/")

    page = read(client, f"pages/{home.pk}/")

    assert page["steps"] == [{"title": "Appelez-nous", "text": "Nous répondons."}]
    assert page["partners"] == [{"name": "Les Ateliers du Quai", "url": "https://example.org/quai"}]
    assert page["figure"]["source"] == "Insee"
    assert page["first_url"] == f"{SITE}/reunions/"


def test_a_session_says_when_and_where(client):
    place = make_place(name="Maison du quai", directions="Sortez côté canal.")
    starts_at = datetime(2099, 1, 15, 13, tzinfo=UTC)
    session = make_session(starts_at=starts_at, place=place, programme="<p>Deux heures.</p>")

    [item] = read(client, "sessions/?fields=*")["items"]

    assert item["id"] == session.reference
    assert item["starts_at"] == "2099-01-15T14:00:00+01:00"
    assert item["place"]["name"] == "Maison du quai"
    assert item["place"]["accessible"] is True
    assert item["departement"]["code"] == "93"
    assert item["programme"] == "<p>Deux heures.</p>"
    assert client.get(item["meta"]["calendar_url"].removeprefix(SITE)).status_code == 200


def test_a_departement_is_found_by_its_code(client):
    make_departement("75")

    assert read(client, "departements/75/")["locative"] == "à Paris"
    assert read(client, "departements/")["meta"]["total_count"] == 1
    read(client, "departements/13/", status=404)


def test_a_page_is_found_by_its_address(client):
    news = make_news(title="Un poste")

    found = client.get("/api/v2/pages/find/?html_path=/actualites/un-poste/&fields=title")
    front = client.get("/api/v2/pages/find/?html_path=/")

    assert found.url == f"/api/v2/pages/{news.pk}/?fields=title"
    assert client.get(found.url).status_code == 200
    assert front.url == f"/api/v2/pages/{make_home().pk}/"
    assert client.get("/api/v2/pages/find/?html_path=/rien/").status_code == 404
    assert client.get(f"/api/v2/pages/find/?id={news.pk}").url == f"/api/v2/pages/{news.pk}/"


def test_sessions_are_those_to_come_unless_told(client):
    make_session(title="Bientôt")
    make_session(title="Avant", starts_in=timedelta(days=-7))

    def titles(query=""):
        return {item["title"] for item in read(client, f"sessions/{query}")["items"]}

    assert titles() == {"Bientôt"}
    assert titles("?when=past") == {"Avant"}
    assert titles("?when=all") == {"Bientôt", "Avant"}
    assert titles("?departement=75") == set()
    assert titles("?audience=femmes") == set()
    assert titles(f"?starts_after={timezone.localdate() + timedelta(days=30)}") == set()
    assert titles("?search=bientot") == {"Bientôt"}


def test_the_months_of_a_company_are_not_told_ahead(client):
    today = timezone.localdate()
    video = make_video(month=today)
    video.months.create(month=(today.replace(day=1) + timedelta(days=400)).replace(day=1))

    assert read(client, f"pages/{video.pk}/")["months"] == [f"{today:%Y-%m}"]


def test_the_contact_page_is_read_like_another(client):
    assert read(client, f"pages/{make_contact().pk}/")["thanks"]


def test_addresses_never_come_from_the_host_asked(client):
    make_news()

    text = client.get("/api/v2/pages/?fields=*", headers={"host": "127.0.0.1"}).content.decode()

    assert "127.0.0.1" not in text
    assert SITE in text
