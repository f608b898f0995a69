from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.utils import timezone

from tests.factories import make_departement, make_film, make_video, make_video_index
from videos.calendar import first_of, following

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def months_ago(number):
    month = first_of(timezone.localdate())
    for _ in range(number):
        month = first_of(month - timedelta(days=1))
    return month


def test_the_list_shows_the_company_of_the_month_first_and_none_of_the_planned(client):
    make_video(title="Avant", month=months_ago(1))
    make_video(title="Ce mois-ci", month=months_ago(0))
    make_video(title="Plus tard", month=following(months_ago(0)))

    page = text(client.get("/videos/"))

    assert page.index("Ce mois-ci") < page.index("Avant")
    assert "Plus tard" not in page


def test_videos_of_no_month_come_last(client):
    make_video(title="Sans mois")
    make_video(title="Ce mois-ci", month=months_ago(0))

    page = text(client.get("/videos/"))

    assert page.index("Ce mois-ci") < page.index("Sans mois")


def test_an_empty_list_says_that_a_video_will_come(client):
    make_video_index()

    assert "La première vidéo arrive bientôt" in text(client.get("/videos/"))


@pytest.mark.parametrize("number", ["0", "-1", "abc", "1000000000", "2"])
def test_a_page_that_does_not_exist_is_not_found(client, number):
    make_video()

    assert client.get(f"/videos/?page={number}").status_code == HTTPStatus.NOT_FOUND


def test_a_video_has_its_player_captions_transcript_and_the_facts_of_its_company(client):
    film = make_film(transcript="<p>Nous réparons des vélos.</p>")
    video = make_video(
        media=film,
        company="Le Guidon",
        status="SCIC",
        city="Saint-Aubin",
        departement=make_departement("93"),
        staff=1200,
        founded=2014,
        link="https://example.org/guidon",
        tags=["vélo"],
    )

    page = text(client.get(video.url))

    assert f'<source src="{film.url}" type="video/mp4">' in page
    assert 'preload="none"' in page
    assert f'poster="{film.poster_url}"' in page
    assert f'<track kind="captions" src="{film.captions_url}" srclang="fr" label="Français" default>' in page
    assert "Nous réparons des vélos." in page
    assert "<dd>Saint-Aubin, Seine-Saint-Denis</dd>" in page
    assert "<dd>1\N{NO-BREAK SPACE}200\N{NO-BREAK SPACE}personnes</dd>" in page
    assert 'href="https://example.org/guidon"' in page
    assert "vélo" in page


def test_a_film_whose_file_is_lost_still_has_a_page(client):
    video = make_video()
    video.media.file.storage.delete(video.media.file.name)

    assert client.get(video.url).status_code == HTTPStatus.OK


@pytest.mark.parametrize("videos", [3, 20])
def test_the_list_costs_the_same_whatever_its_length(client, django_assert_max_num_queries, videos):
    for number in range(videos):
        make_video(month=date(2026 - number // 12, 12 - number % 12, 1), quick=True)
    client.get("/videos/")

    with django_assert_max_num_queries(9):
        client.get("/videos/")


def test_a_video_costs_at_most_ten_queries(client, django_assert_max_num_queries):
    video = make_video(tags=["a", "b"], departement=make_departement("93"))
    client.get(video.url)

    with django_assert_max_num_queries(10):
        client.get(video.url)


def test_a_draft_is_previewed_as_it_will_be():
    video = make_video(title="Bientôt", live=False)

    shown = video.make_preview_request().render().content.decode()
    listed = make_video_index().make_preview_request().render().content.decode()

    assert "Bientôt" in shown
    assert "Bientôt" not in listed
