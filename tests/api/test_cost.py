"""What reading costs, and that what is kept is never stale."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from pages.api.library import SPECS
from pages.models import Picture
from tests.factories import (
    make_departement,
    make_figure,
    make_file,
    make_film,
    make_guide,
    make_news,
    make_picture,
    make_session,
    make_video,
)

pytestmark = pytest.mark.django_db

WARM = 6


def make_rich_news(number):
    picture = make_picture()
    link = make_news(title=f"Liée {number}", quick=True)
    return make_news(
        title=f"Riche {number}",
        image=picture,
        tags=["Vélo", f"Mot {number}"],
        departements=[make_departement("93"), make_departement("75")],
        body=[
            ("text", f'<p><a linktype="page" id="{link.pk}">lien</a></p>'),
            ("picture", {"image": picture, "caption": ""}),
            ("figure", {"figure": make_figure()}),
            ("file", {"document": make_file(), "title": ""}),
            ("film", {"media": make_film(), "caption": ""}),
        ],
    )


@pytest.mark.parametrize("items", [3, 12])
def test_a_list_of_pages_costs_the_same_whatever_its_length(client, django_assert_max_num_queries, items):
    for number in range(items):
        make_rich_news(number)

    for query in ("", "fields=*", "departement=93&tag=velo&fields=*", "search=riche&fields=*", "child_of=root"):
        address = f"/api/v2/pages/?limit=100&{query}"
        assert len(client.get(address).json()["items"]) >= (items if "root" not in query else 1)
        with django_assert_max_num_queries(WARM):
            client.get(address)


@pytest.mark.parametrize("items", [2, 5])
def test_a_list_that_nothing_is_kept_of_reads_everything_at_once(client, django_assert_num_queries, items):
    for number in range(items):
        make_rich_news(number)
    for picture in Picture.objects.all():
        picture.get_renditions(*SPECS["wide"])
    client.get("/api/v2/pages/?fields=*&limit=100")
    caches["local"].clear()

    # Four find the pages. The others read them by type, then each kind of thing that they point to, with its own.
    with django_assert_num_queries(19):
        client.get("/api/v2/pages/?fields=*&limit=100")


@pytest.mark.parametrize("items", [3, 12])
def test_a_list_of_sessions_costs_the_same_whatever_its_length(client, django_assert_max_num_queries, items):
    for _ in range(items):
        make_session()
    address = "/api/v2/sessions/?fields=*&limit=100"
    client.get(address)

    with django_assert_max_num_queries(WARM):
        assert len(client.get(address).json()["items"]) == items


def test_a_page_costs_little(client, django_assert_max_num_queries):
    news = make_rich_news(1)
    client.get(f"/api/v2/pages/{news.pk}/")

    with django_assert_max_num_queries(3):
        client.get(f"/api/v2/pages/{news.pk}/")


def test_a_publication_shows_at_the_next_request(client):
    picture = make_picture(description="Avant.")
    news = make_news(title="Avant", image=picture)
    address = f"/api/v2/pages/{news.pk}/"
    assert client.get(address).json()["image"]["alt"] == "Avant."

    Picture.objects.filter(pk=picture.pk).update(description="Après.")
    news.title = "Après"
    news.save_revision().publish()

    assert client.get(address).json()["image"]["alt"] == "Après."
    assert client.get(address).json()["title"] == "Après"


@pytest.mark.parametrize("path", ["pages/", "pages/?fields=*&order=title", "departements/", "sessions/"])
def test_who_has_the_answer_already_is_not_sent_it_again(client, path):
    make_news(departements=[make_departement("93")])
    make_session()
    first = client.get(f"/api/v2/{path}")

    again = client.get(f"/api/v2/{path}", headers={"if-none-match": first["ETag"]})
    other = client.get(f"/api/v2/{path}", headers={"if-none-match": '"other"'})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"
    assert other.status_code == 200
    assert first["Cache-Control"] == "no-cache"


def test_a_publication_changes_the_tag_of_an_answer(client):
    make_guide()
    before = client.get("/api/v2/pages/")["ETag"]

    make_video()

    assert client.get("/api/v2/pages/", headers={"if-none-match": before}).status_code == 200


def test_time_alone_changes_the_tag_of_a_list(client):
    news = make_news()
    before = client.get("/api/v2/pages/")["ETag"]
    state = news.__class__.objects.filter(pk=news.pk)

    state.update(expire_at=timezone.now() - timedelta(seconds=1))

    assert client.get("/api/v2/pages/", headers={"if-none-match": before}).status_code == 200


def test_head_is_answered_as_get(client):
    make_departement()

    response = client.head("/api/v2/departements/")

    assert response.status_code == 200
    assert response["ETag"] == client.get("/api/v2/departements/")["ETag"]
