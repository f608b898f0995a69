from http import HTTPStatus

import pytest
from django.urls import reverse

from tests.factories import make_admin, make_film, make_video, make_video_index
from tests.videos.forms import form_data
from videos.models import FeaturedVideo, VideoPage
from videos.publication import objections, refusal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"duration": 181}, "dure 3\N{NO-BREAK SPACE}min\N{NO-BREAK SPACE}01, plus de 3\N{NO-BREAK SPACE}min"),
        ({"captions": ""}, "n’a pas de sous-titres"),
        ({"transcript": "<p> </p>"}, "n’a pas de transcription"),
        ({"duration": 0}, "n’a pas de durée connue"),
    ],
)
def test_each_thing_that_a_film_lacks_is_named(fields, sentence):
    assert objections(make_film(**fields)) == [sentence]
    assert f"le film {sentence}." in refusal(make_film(**fields))


def test_all_that_a_film_lacks_is_said_at_once():
    film = make_film(duration=200, captions="", transcript="")

    assert "le film dure 3\N{NO-BREAK SPACE}min\N{NO-BREAK SPACE}20" in refusal(film)
    assert "n’a pas de sous-titres et n’a pas de transcription." in refusal(film)


def test_a_film_of_three_minutes_with_captions_and_transcript_is_ready():
    assert refusal(make_film(duration=180)) == ""


def create(client, film, **more):
    client.force_login(make_admin())
    url = reverse("wagtailadmin_pages:add", args=["videos", "videopage", make_video_index().pk])
    return client.post(url, form_data(film, **more))


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("action", ["action-publish", "action-submit"])
@pytest.mark.parametrize("planned", [{}, {"go_live_at": "2030-01-01 10:00"}])
def test_a_film_that_is_not_ready_is_not_published_planned_nor_submitted(client, action, planned):
    response = create(client, make_film(captions=""), **{action: "1"} | planned)

    assert response.status_code == HTTPStatus.OK
    assert "n’a pas de sous-titres" in response.content.decode()
    assert not VideoPage.objects.exists()


@pytest.mark.ignore_template_errors
def test_a_draft_is_always_saved(client):
    response = create(client, make_film(captions="", transcript="", duration=900))

    assert response.status_code == HTTPStatus.FOUND
    assert not VideoPage.objects.get().live


@pytest.mark.ignore_template_errors
def test_a_film_that_is_ready_is_published(client):
    create(client, make_film(), **{"action-publish": "1"})

    assert VideoPage.objects.get().live


@pytest.mark.ignore_template_errors
def test_a_list_publishes_no_film_that_is_not_ready(client):
    video = make_video(media=make_film(captions=""), live=False)
    client.force_login(make_admin())
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    for chosen, data in ((video.pk, {}), (video.get_parent().pk, {"include_descendants": "on"})):
        response = client.post(f"{url}?id={chosen}&next=/gestion/", data, follow=True)
        assert "n’a pas de sous-titres" in response.content.decode()
        assert not VideoPage.objects.get().live


@pytest.mark.ignore_template_errors
def test_editors_plan_the_months_and_see_those_without_a_company(client):
    video = make_video()
    client.force_login(make_admin())
    urls = FeaturedVideo.snippet_viewset

    client.post(reverse(urls.get_url_name("add")), {"month": "2026-12-24", "video": video.pk})
    again = client.post(reverse(urls.get_url_name("add")), {"month": "2026-12-25", "video": video.pk})
    listed = client.get(reverse(urls.get_url_name("list"))).content.decode()

    assert [f"{each.month}" for each in FeaturedVideo.objects.all()] == ["2026-12-01"]
    assert "Ce mois a déjà son entreprise." in again.content.decode()
    edit = reverse(urls.get_url_name("edit"), args=[FeaturedVideo.objects.get().pk])
    assert f'href="{edit}"' in listed
    assert "décembre 2026" in listed
    assert "Sans entreprise pour le moment" in listed
